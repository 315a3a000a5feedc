import { type Address, address, nameOf } from '../model/address.ts'
import type { Facts } from '../model/facts.ts'
import type { AccessChange } from '../model/plan.ts'
import type { AssignmentSpec } from '../model/specs.ts'
import type { State } from '../model/state.ts'
import { applicationGrants } from './application-grants.ts'
import { applicationsOf } from './applications.ts'
import { assignmentsOf, isThere } from './known.ts'
import { grantWords, heldWords } from './words.ts'

/** Who gains and who loses what between two states: assignments, and groups that people join or leave. Pure. */
export function accessChange(before: State, after: State, facts: Facts): AccessChange {
  const unread = applicationsUnread(before, after)
  return {
    gained: grants(before, after, facts, 'get'),
    lost: grants(after, before, facts, 'lose'),
    ...(unread.length > 0 ? { unread } : {}),
  }
}

// Whoever goes loses what nobody has seen, too.
function applicationsUnread(before: State, after: State): readonly string[] {
  return (['user', 'group'] as const).flatMap((type) =>
    [...before[type].keys()]
      .filter((at) => !after[type].has(at))
      .map(nameOf)
      .filter((name) => !applicationsOf(before, { type, name }).complete)
      .sort()
      .map((name) => `${type} ${name} may lose applications, which could not be read`),
  )
}

function grants(without: State, having: State, facts: Facts, does: 'get' | 'lose'): string[] {
  const direct = [...having.assignment]
    .filter(([at, { spec }]) => isHeld(having, at, spec) && !isHeld(without, at, spec))
    .map(([, { spec }]) => grantWords(does, spec, having, facts))
  const members = [...having.membership]
    .filter(([at]) => !without.membership.has(at))
    .flatMap(([, { spec }]) => joined(spec.user, spec.group, { without, having, facts, does }))
  return [...direct, ...members, ...applicationGrants(without, having, does)].sort()
}

// What outlives its user or group, in a closed account, is held by nobody.
function isHeld(state: State, at: Address, spec: AssignmentSpec): boolean {
  return state.assignment.has(at) && isThere(state, spec)
}

interface Sides {
  readonly without: State
  readonly having: State
  readonly facts: Facts
  readonly does: 'get' | 'lose'
}

// What the group holds on both sides; what is new for the whole group is told as such.
function joined(user: string, group: string, { without, having, facts, does }: Sides): string[] {
  const { assignments, complete } = assignmentsOf(having, { type: 'group', name: group })
  const kept = without.group.has(address('group', group))
    ? assignmentsOf(without, { type: 'group', name: group })
    : undefined
  const before = new Set(kept?.assignments.map(heldKey))
  const told = assignments
    .filter((spec) => before.has(heldKey(spec)))
    .map((spec) => `${user} ${does}s ${heldWords(spec, having, facts)} through ${group}`)
  return complete ? told : [...told, `${user} ${does}s the access of ${group}, which could not be read`]
}

function heldKey({ permission_set, account }: AssignmentSpec): string {
  return `${permission_set} ${account}`
}
