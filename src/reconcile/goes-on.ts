import { assignmentsOf, groupsOf } from '../access/known.ts'
import { questionsOfUsers } from '../access/questions.ts'
import { desiredState } from '../kinds/states.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import { assignmentAddress } from '../model/address.ts'
import type { Facts } from '../model/facts.ts'
import type { AssignmentSpec } from '../model/specs.ts'
import type { State } from '../model/state.ts'
import { listed } from '../text/list.ts'
import type { Planning } from './planning.ts'

/** What is known when a grant was made. */
interface Known {
  readonly live: State
  readonly facts: Facts
  /** The manifest without the rule of the grant. */
  readonly others: LoadedManifest
  /** The command that shows what the user has. */
  readonly look: string
}

/**
 * What gives a user the same when the grant has ended, as sentences: another rule, or a group. Also that it is not known, where groups were not
 * read. None where nothing does. Pure.
 */
export function goesOn(grant: AssignmentSpec, end: Date, { live, facts, others, look }: Known): readonly string[] {
  const { principal: user, permission_set: set, account } = grant
  const at = assignmentAddress({ set, principal: { type: 'user', name: user }, account })
  // At the end itself whatever ends with it is still in force.
  const rule = desiredState(others, { ...facts, now: new Date(end.getTime() + 1) }).assignment.get(at)
  const { through, isKnown } = groupsWith(grant, live)
  const place = rule?.at ? ` (${rule.at.file}:${rule.at.line})` : ''
  return [
    ...(rule ? [`Another rule gives it too and goes on${place}.`] : []),
    ...(through.length > 0 ? [`${user} has it through ${listed(through)} as well, which this does not end.`] : []),
    ...(isKnown ? [] : [`Whether ${user} has it through a group as well was not read: ${look} shows it.`]),
  ]
}

/** A plan after which it can be told what goes on for a user: what the user's groups hold is read too. */
export function tellingWhatGoesOn(user: string): Planning {
  return { asks: ({ live }) => questionsOfUsers(live, [user]) }
}

function groupsWith({ principal, permission_set, account }: AssignmentSpec, live: State) {
  const { groups, complete } = groupsOf(live, principal)
  const held = groups.map((name) => ({ name, ...assignmentsOf(live, { type: 'group', name }) }))
  const gives = (one: AssignmentSpec) => one.permission_set === permission_set && one.account === account
  const through = held.filter(({ assignments }) => assignments.some(gives))
  return {
    through: through.map(({ name }) => `group/${name}`),
    isKnown: complete && held.every((one) => one.complete || through.includes(one)),
  }
}
