import { isObject, type Json } from '../../../../src/model/json.ts'
import type { TablesJson } from '../../../../src/sandbox/state/state.ts'
import type { PermissionSetRow } from '../../../../src/sandbox/state/tables.ts'
import { management } from './cloud.ts'

/** Who may do everything in the management account, worked out from the tables alone. */
export interface Entitled {
  /** Users with nothing known in their way. */
  readonly sure: ReadonlySet<string>
  /** Besides these, users with a boundary, a Deny, a condition or an older version of the set in their way. */
  readonly possible: ReadonlySet<string>
}

/** Users who may do everything in the management account. `revoked` are those that the manifest revokes. */
export function entitled(tables: TablesJson, revoked: readonly string[] = []): Entitled {
  const held = holders(tables).filter(({ enabled, account }) => enabled && account === management)
  const rated = held.map((one) => ({ ...one, level: levelOf(one.set, one.id) }))
  const possible = rated.filter(({ level, outdated }) => level !== 'none' || outdated)
  const sure = rated.filter(({ level, outdated, user }) => level === 'sure' && !outdated && !revoked.includes(user))
  return { sure: new Set(sure.map(({ user }) => user)), possible: new Set(possible.map(({ user }) => user)) }
}

/** True when a user holds a set in an account, directly or through a group. */
export function holds(tables: TablesJson, user: string, set: string, account: string): boolean {
  return holders(tables).some((one) => one.user === user && one.set.name === set && one.account === account)
}

/** Every user with every set in every account, groups resolved. */
function holders(tables: TablesJson) {
  const { users = {}, permissionSets = {}, provisions = {} } = tables
  return Object.values(tables.assignments ?? {}).flatMap(({ account, permissionSet, principalType, principal }) => {
    const set = permissionSets[permissionSet]
    const ids = principalType === 'USER' ? [principal] : membersOf(tables, principal)
    const there = Object.values(provisions).find(
      (one) => one.account === account && one.permissionSet === permissionSet,
    )
    return ids.flatMap((id) => {
      const user = users[id]
      if (!user || !set) return []
      const outdated = there !== undefined && there.version !== set.version
      return [{ id, user: user.UserName, enabled: user.UserStatus === 'ENABLED', set, account, outdated }]
    })
  })
}

function membersOf({ memberships = {} }: TablesJson, group: string): string[] {
  return Object.values(memberships)
    .filter(({ GroupId }) => GroupId === group)
    .map(({ UserId }) => UserId)
}

function levelOf(
  { managed, inline, boundary, customer }: PermissionSetRow,
  user: string,
): 'sure' | 'possible' | 'none' {
  const statements = inline === undefined ? [] : ((JSON.parse(inline) as { Statement: Json[] }).Statement ?? [])
  const allows = statements
    .filter(isObject)
    .some(({ Effect, Action, Resource }) => Effect === 'Allow' && Action === '*' && Resource === '*')
  const everything = allows || managed.some((arn) => arn.endsWith(':policy/AdministratorAccess'))
  const denies = statements.filter(isObject).filter(({ Effect }) => Effect === 'Deny')
  const denied = denies.some((one) => JSON.stringify(one).includes(user) && one.Action === '*')
  if (denied || !everything) return 'none'
  // A Deny of ours is about one user, who is not this one.
  const others = denies.filter(({ Sid }) => !String(Sid ?? '').startsWith('SsoReconcileRevoked'))
  return others.length > 0 || boundary || customer.length > 0 ? 'possible' : 'sure'
}
