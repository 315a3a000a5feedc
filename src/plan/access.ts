import { grantWords, heldWords } from '../kinds/grant-words.ts'
import type { Facts } from '../model/facts.ts'
import type { AccessChange } from '../model/plan.ts'
import type { Entry, State } from '../model/state.ts'

/** Who gains and who loses what between two states: assignments, and groups that people join or leave. Pure. */
export function accessChange(before: State, after: State, facts: Facts): AccessChange {
  return { gained: grants(before, after, facts, 'get'), lost: grants(after, before, facts, 'lose') }
}

function grants(without: State, having: State, facts: Facts, does: 'get' | 'lose'): string[] {
  const sets = having['permission-set']
  const direct = [...having.assignment]
    .filter(([at]) => !without.assignment.has(at))
    .map(([, { spec }]) => grantWords(does, spec, having, sets, facts))
  const members = [...having.membership]
    .filter(([at]) => !without.membership.has(at))
    .flatMap(([, { spec }]) =>
      standing(without, having, spec.group).map(
        (grant) => `${spec.user} ${does}s ${heldWords(grant.spec, sets, facts)} through ${spec.group}`,
      ),
    )
  return [...direct, ...members].sort()
}

// What the group holds on both sides; what is new for the whole group is told as such.
function standing(without: State, having: State, group: string): Entry<'assignment'>[] {
  return [...having.assignment]
    .filter(
      ([at, { spec }]) => without.assignment.has(at) && spec.principal_type === 'group' && spec.principal === group,
    )
    .map(([, entry]) => entry)
}
