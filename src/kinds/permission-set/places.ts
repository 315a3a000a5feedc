import { type Facts, isActive } from '../../model/facts.ts'
import { oncePer } from '../../model/once.ts'
import type { Entries, State } from '../../model/state.ts'

/** Accounts in which a set is assigned and that can be changed: there AWS provisions it. Pure. */
export function activePlaces(set: string, { assignment }: Pick<State, 'assignment'>, facts: Facts): readonly string[] {
  return [...(placesOf(assignment).get(set) ?? [])].filter((id) => isActive(id, facts)).sort()
}

/** Accounts by set, listed once for each state: every change asks. */
const placesOf = oncePer((assignments: Entries<'assignment'>) => {
  const places = new Map<string, Set<string>>()
  for (const { spec } of assignments.values()) {
    const known = places.get(spec.permission_set) ?? new Set()
    places.set(spec.permission_set, known.add(spec.account))
  }
  return places
})
