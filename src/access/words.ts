import { address } from '../model/address.ts'
import { accountLabel, type Facts } from '../model/facts.ts'
import type { AssignmentSpec } from '../model/specs.ts'
import type { State } from '../model/state.ts'
import { reachOf } from '../policies/rights.ts'
import { membersOf } from './known.ts'

/**
 * "taro gets Billing (4h) on personal", "members of finance (2) lose Billing (4h) on personal": as the state has it, with a word about sets
 * that allow everything. Pure.
 */
export function grantWords(does: 'get' | 'lose', spec: AssignmentSpec, state: State, facts: Facts): string {
  const { principal_type, principal } = spec
  const held = heldWords(spec, state, facts) + (isAdministrative(spec, state) ? ' as administrator' : '')
  return principal_type === 'user'
    ? `${principal} ${does}s ${held}`
    : `members of ${principal} (${countWords(state, principal)}) ${does} ${held}`
}

function isAdministrative({ permission_set }: AssignmentSpec, state: State): boolean {
  const { everything, bounded } = reachOf(setIn(state, permission_set) ?? {})
  return everything && !bounded
}

function setIn(state: State, name: string) {
  return state['permission-set'].get(address('permission-set', name))?.spec
}

function countWords(state: State, group: string): string {
  const { users, complete } = membersOf(state, group)
  return complete ? String(users.length) : 'members unknown'
}

/** What an assignment gives: "Billing (4h) on personal". Pure. */
export function heldWords(
  { permission_set, account }: Pick<AssignmentSpec, 'permission_set' | 'account'>,
  state: State,
  facts: Facts,
): string {
  const duration = setIn(state, permission_set)?.session_duration
  return `${permission_set}${duration ? ` (${duration})` : ''} on ${accountLabel(account, facts)}`
}
