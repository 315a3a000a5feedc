import { assignmentsByPrincipal, membershipsByUser, placeOf } from '../state/indexes.ts'
import type { State } from '../state/state.ts'
import type { AccountRow, UserRow } from '../state/tables.ts'
import { roleName } from './credentials.ts'

/** A role a user may take through the portal. */
export interface Role {
  readonly account: AccountRow
  readonly permissionSet: string
  /** Name of the IAM role: `AWSReservedSSO_SET_` and 16 digits. */
  readonly roleName: string
  readonly sessionDuration: string
}

/** Roles of a user in active accounts, direct or through groups, by account and set. */
export function rolesOf(state: State, user: UserRow): readonly Role[] {
  const groups = state.find(membershipsByUser, user.UserId).map(({ GroupId }) => GroupId)
  const granted = [user.UserId, ...groups].flatMap((id) => state.find(assignmentsByPrincipal, id))
  const places = new Set(granted.map(placeOf))
  return [...places].sort().flatMap((place) => roleAt(state, place))
}

function roleAt(state: State, place: string): readonly Role[] {
  const provision = state.rows('provisions').get(place)
  const account = provision && state.rows('accounts').get(provision.account)
  const set = provision && state.rows('permissionSets').get(provision.permissionSet)
  if (!set || account?.state !== 'ACTIVE') return []
  const { role, sessionDuration } = provision
  return [{ account, permissionSet: set.name, roleName: roleName(set.name, role), sessionDuration }]
}

/** Users who may sign in, by name. */
export function signInUsers(state: State): readonly UserRow[] {
  const enabled = [...state.rows('users').values()].filter(({ UserStatus }) => UserStatus === 'ENABLED')
  return enabled.sort((a, b) => (a.UserName < b.UserName ? -1 : 1))
}
