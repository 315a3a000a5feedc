import { shownAddress } from '../../model/address.ts'
import type { Unkept } from '../../model/keeping.ts'
import type { FieldChange } from '../../model/specs.ts'
import { takeNamed } from '../shared/take-named.ts'
import type { Differing, Taking } from '../taking.ts'
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
    taken: (things, into) =>
      taken(
        things.map((thing) => ({ ...thing, fields: thing.fields.map(withWholeRole) })),
        into,
      ),
  }
}

function withWholeRole(change: FieldChange): FieldChange {
  return change.path.startsWith('roles.') ? { ...change, path: 'roles' } : change
}

function strangeManager({ address, desired, live, fields }: Differing<'user'>): Unkept | undefined {
  const manager = live?.spec.manager
  const isTold = desired !== undefined && fields.some(({ path }) => path === 'manager')
  if (!isTold || manager === undefined || isKnownManager(manager)) return undefined
  return {
    why: `the manager of ${shownAddress(address)} is no user of the directory, and a manifest names users`,
    instead: 'take manager out of the file, which leaves it as it is, or apply what the file says',
    ...(desired.at ? { at: desired.at } : {}),
  }
}
