import { address } from '../model/address.ts'
import type { Caller } from '../model/facts.ts'
import type { State } from '../model/state.ts'
import type { Claim } from './claims.ts'
import { assignmentsRead, groupsOf, membersOf } from './known.ts'
import { assignmentsByAccount } from './lookup.ts'

/** The permission set and the user behind a role of Identity Center. */
export interface ReservedRole {
  readonly set: string
  readonly user: string
}

/**
 * Permission set and user behind a role of Identity Center, `AWSReservedSSO_SET_16hex/user`; undefined for other callers.
 * The form is well known and in no documentation that was read.
 */
export function reservedRole(caller: Caller | undefined): ReservedRole | undefined {
  const match = /:assumed-role\/AWSReservedSSO_([^/]+)_[0-9a-f]{16}\/([^/]+)$/.exec(caller?.arn ?? '')
  return match?.[1] && match[2] ? { set: match[1], user: match[2] } : undefined
}

/** The ways in which the caller got the role it is using, or may have got it; none when it uses no role of Identity Center. Pure. */
export function callerClaims(state: State, caller: Caller | undefined): readonly Claim[] {
  const role = reservedRole(caller)
  if (!role || !caller) return []
  const assignments = assignmentsByAccount(state.assignment).get(caller.account) ?? []
  const held = assignments.filter(({ permission_set }) => permission_set === role.set)
  const seen = held.flatMap(({ principal_type, principal }): Claim[] => {
    if (principal_type === 'user') return principal === role.user ? [claim(role, 'direct', true)] : []
    const { users, complete } = membersOf(state, principal)
    if (users.includes(role.user)) return [claim(role, principal, true)]
    return complete ? [] : [claim(role, principal, false)]
  })
  return [...seen, ...unread(state, caller.account, role)]
}

function unread(state: State, account: string, role: ReservedRole): Claim[] {
  const set = address('permission-set', role.set)
  const groups = groupsOf(state, role.user).groups.map((name) => ['group', name] as const)
  return [['user', role.user] as const, ...groups]
    .filter(([type, name]) => state[type].has(address(type, name)))
    .filter(([type, name]) => !assignmentsRead(state, { principal: address(type, name), set, account }))
    .map(([type, name]) => claim(role, type === 'user' ? 'direct' : name, false))
}

function claim({ set }: ReservedRole, who: string, sure: boolean): Claim {
  return { who, set, sure }
}
