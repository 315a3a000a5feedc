import { address, nameOf, shownAddress } from '../../model/address.ts'
import type { JsonObject } from '../../model/json.ts'
import type { Unkept } from '../../model/keeping.ts'
import type { FieldChange } from '../../model/specs.ts'
import { cannotTake, objectAt, takeNamed } from '../shared/take-named.ts'
import type { Differing, Into, Taking } from '../taking.ts'
import { writtenUser } from './adopt.ts'
import { isKnownManager } from './enterprise.ts'

/** Live users, by attributes, or looked up only where another system keeps them. */
export const takeUsers: Taking<'user'> = withWholeRoles(
  takeNamed({ section: 'users', maps: ['address'], written: writtenUser, unsayable: strangeManager }),
)

// A manifest writes a role as a whole.
function withWholeRoles({ taken, ...rest }: Taking<'user'>): Taking<'user'> {
  return {
    ...rest,
    taken(things, into) {
      const whole = things.map((thing) => ({ ...thing, fields: thing.fields.map(withWholeRole) }))
      const value = taken(whole, into)
      refuseStrangers(things, value, into)
      return value
    },
  }
}

function refuseStrangers(things: readonly Differing<'user'>[], value: JsonObject, into: Into): void {
  const users = objectAt(value, 'users')
  for (const { address: at } of things) {
    const { manager } = objectAt(users, nameOf(at))
    if (typeof manager !== 'string' || manager === '' || Object.hasOwn(users, manager)) continue
    const missing = address('user', manager)
    throw cannotTake(
      at,
      `${into.loaded.file} does not declare ${shownAddress(missing)}, the manager`,
      `adopt them together: ${into.command([missing, at])}`,
    )
  }
}

function withWholeRole(change: FieldChange): FieldChange {
  return change.path.startsWith('roles.') ? { ...change, path: 'roles' } : change
}

function strangeManager({ address: at, desired, live, fields }: Differing<'user'>): Unkept | undefined {
  const manager = live?.spec.manager
  const isTold = desired !== undefined && fields.some(({ path }) => path === 'manager')
  if (!isTold || manager === undefined || isKnownManager(manager)) return undefined
  return {
    why: `the manager of ${shownAddress(at)} is no user of the directory, and a manifest names users`,
    instead: 'take manager out of the file, which leaves it as it is, or apply what the file says',
    ...(desired.at ? { at: desired.at } : {}),
  }
}
