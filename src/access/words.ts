import { address } from '../model/address.ts'
import { accountLabel, type Facts } from '../model/facts.ts'
import type { AssignmentSpec } from '../model/specs.ts'
import type { State } from '../model/state.ts'
import { isAdministrative } from '../policies/everything.ts'
import { plural } from '../text/count.ts'
import { applicationsHeld } from './applications.ts'
import { assignmentsOf, countWords } from './known.ts'
import { policiesIn } from './policies.ts'

/** "taro gets Billing (4h) on personal", "members of finance (2) lose Billing (4h) on personal": as the state has it. Pure. */
export function grantWords(does: 'get' | 'lose', spec: AssignmentSpec, state: State, facts: Facts): string {
  const { principal_type, principal } = spec
  const held = heldWords(spec, state, facts)
  return principal_type === 'user'
    ? `${principal} ${does}s ${held}`
    : `members of ${principal} (${countWords(state, principal)}) ${does} ${held}`
}

/** The same, and that it is as administrator where the set allows everything: what a reviewer has to see at once. Pure. */
export function effectWords(does: 'get' | 'lose', spec: AssignmentSpec, state: State, facts: Facts): string {
  return grantWords(does, spec, state, facts) + asAdministrator(spec, state)
}

/** What the members of a group hold through it: "Admin (8h) on dev as administrator", "3 grants, 1 as administrator"; empty for nothing. Pure. */
export function heldByMembers(group: string, state: State, facts: Facts): string {
  return [grantsHeld(group, state, facts), applicationsHeld(group, state)].filter(Boolean).join(' and ')
}

function grantsHeld(group: string, state: State, facts: Facts): string {
  const { assignments, complete } = assignmentsOf(state, { type: 'group', name: group })
  const [only, second] = assignments
  if (!complete) return 'grants that were not read'
  if (only && !second) return heldWords(only, state, facts) + asAdministrator(only, state)
  const administrative = assignments.filter((spec) => asAdministrator(spec, state) !== '').length
  const some = administrative > 0 ? `, ${administrative} as administrator` : ''
  return assignments.length === 0 ? '' : `${plural(assignments.length, 'grant')}${some}`
}

function asAdministrator({ permission_set }: AssignmentSpec, state: State): string {
  return isAdministrative(policiesIn(state, permission_set)) ? ' as administrator' : ''
}

function setIn(state: State, name: string) {
  return state['permission-set'].get(address('permission-set', name))?.spec
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
