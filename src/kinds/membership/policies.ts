import { assignmentsOf } from '../../access/known.ts'
import { policiesIn } from '../../access/policies.ts'
import type { MembershipSpec } from '../../model/specs.ts'
import type { State } from '../../model/state.ts'
import type { Policies } from '../../policies/decide.ts'

/** What decides what the members of a group may do, by permission set; grants that were not read are a policy without a text. Pure. */
export function policiesOfMembers({ group }: MembershipSpec, state: State): readonly Policies[] {
  const { assignments, complete } = assignmentsOf(state, { type: 'group', name: group })
  const sets = new Set(assignments.map(({ permission_set }) => permission_set))
  const known = [...sets].sort().map((set) => policiesIn(state, set))
  return complete ? known : [...known, { identity: [{ name: `the grants of ${group}` }] }]
}
