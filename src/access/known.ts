import { type Address, address, principalAddress } from '../model/address.ts'
import { covers } from '../model/coverage.ts'
import type { AssignmentSpec, Principal } from '../model/specs.ts'
import type { State } from '../model/state.ts'
import { assignmentsByPrincipal, groupsByUser, usersByGroup } from './lookup.ts'

/** Who is in a group, as far as it was read. */
export interface Members {
  /** User names; the id of a member who no longer exists. */
  readonly users: readonly string[]
  /** False when others may be in it. */
  readonly complete: boolean
}

/** The members of a group by its name. What does not exist has none that could have gone unread. */
export function membersOf(state: State, group: string): Members {
  const at = address('group', group)
  return {
    users: usersByGroup(state.membership).get(group) ?? [],
    complete: covers(state.covers.members, at) || !state.group.has(at),
  }
}

/** How many members a group has, in words. */
export function countWords(state: State, group: string): string {
  const { users, complete } = membersOf(state, group)
  return complete ? String(users.length) : 'members unknown'
}

/** The groups of a user by name, and whether they are all. */
export function groupsOf(
  state: State,
  user: string,
): { readonly groups: readonly string[]; readonly complete: boolean } {
  const at = address('user', user)
  const { memberships, members } = state.covers
  return {
    groups: groupsByUser(state.membership).get(user) ?? [],
    complete: covers(memberships, at) || members === 'all' || !state.user.has(at),
  }
}

/** The assignments of a principal, and whether they are all. */
export function assignmentsOf(
  state: State,
  principal: Principal,
): { readonly assignments: readonly AssignmentSpec[]; readonly complete: boolean } {
  const at = principalAddress(principal)
  return {
    assignments: assignmentsByPrincipal(state.assignment).get(`${principal.type} ${principal.name}`) ?? [],
    complete: assignmentsRead(state, { principal: at }) || !state[principal.type].has(at),
  }
}

/** True when every assignment of a principal, of a set or in an account was read. */
export function assignmentsRead(
  { covers: { principals, sets, accounts } }: State,
  about: { readonly principal?: Address; readonly set?: Address; readonly account?: string },
): boolean {
  if (principals === 'all' || sets === 'all' || accounts === 'all') return true
  const { principal, set, account } = about
  return Boolean(
    (principal && principals.has(principal)) || (set && sets.has(set)) || (account && accounts.has(account)),
  )
}

/** False for the user or group of an assignment that no longer exists: nobody has what was assigned to it. Pure. */
export function isThere(
  state: State,
  { principal_type, principal }: Pick<AssignmentSpec, 'principal_type' | 'principal'>,
): boolean {
  return state[principal_type].has(address(principal_type, principal))
}
