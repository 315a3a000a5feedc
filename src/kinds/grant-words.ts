import { address } from '../model/address.ts'
import type { Facts } from '../model/facts.ts'
import type { AssignmentSpec } from '../model/specs.ts'
import type { Entries, State } from '../model/state.ts'

/** "taro gets Billing (4h) on personal", "members of finance (2) lose Billing (4h) on personal". `state` knows the members. */
export function grantWords(
  does: 'get' | 'lose',
  spec: AssignmentSpec,
  state: State,
  sets: Entries<'permission-set'>,
  facts: Facts,
): string {
  const { principal_type, principal } = spec
  if (principal_type === 'user') return `${principal} ${does}s ${heldWords(spec, sets, facts)}`
  const members = [...state.membership.values()].filter((entry) => entry.spec.group === principal).length
  return `members of ${principal} (${members}) ${does} ${heldWords(spec, sets, facts)}`
}

/** What an assignment gives: "Billing (4h) on personal". */
export function heldWords(
  { permission_set, account }: AssignmentSpec,
  sets: Entries<'permission-set'>,
  facts: Facts,
): string {
  const duration = sets.get(address('permission-set', permission_set))?.spec.session_duration
  const label = facts.accounts.find(({ id }) => id === account)?.label ?? account
  return `${permission_set}${duration ? ` (${duration})` : ''} on ${label}`
}
