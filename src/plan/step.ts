import { kindNamed, kindNames } from '../kinds/index.ts'
import { type Address, kindOf, shownAddress } from '../model/address.ts'
import { type Coverage, together } from '../model/coverage.ts'
import type { Operation } from '../model/operation.ts'
import type { KindName } from '../model/specs.ts'
import { type Entries, entryAt, type State, withEntry } from '../model/state.ts'
import { listed } from '../text/list.ts'

/** The state after an operation, and what speaks against running it in the state before. */
export interface StepResult {
  readonly state: State
  /** Sentences; an operation with any must not run. */
  readonly problems: readonly string[]
}

/** Runs one operation on a state, as data. Pure. */
export function step(state: State, operation: Operation): StepResult {
  const { address: at, verb, after } = operation
  const existing = entryAt(state, at)
  if (verb === 'delete')
    return {
      state: withEntry(state, at, undefined),
      problems: existing ? stillNeeded(state, at) : [`${shownAddress(at)} no longer exists`],
    }
  const missing = operation.needs.filter((needed) => !entryAt(state, needed))
  const problems = missing.map((needed) => `it needs ${needed}, which does not exist`)
  if (verb === 'create' && existing) problems.push(`${shownAddress(at)} already exists`)
  if (verb === 'update' && !existing) problems.push(`${shownAddress(at)} no longer exists`)
  const next = after ? withEntry(state, at, { ...existing, spec: after }) : state
  return { state: existing ? next : { ...next, covers: covering(next.covers, at) }, problems }
}

/** The coverage with something that has only just been made: nothing of it can have gone unread. */
function covering(covers: Coverage, at: Address): Coverage {
  const fresh = kindNamed(kindOf(at)).coversNew?.(at)
  return fresh ? together([covers, fresh]) : covers
}

/** Kinds whose things have to go before one of a kind can, as they cannot be without it. */
const dependants: ReadonlyMap<KindName, readonly KindName[]> = new Map(
  kindNames.map((name) => [
    name,
    kindNames.filter((other) => {
      const { after, outlives = [] } = kindNamed(other)
      return after.includes(name) && !outlives.includes(name)
    }),
  ]),
)

function stillNeeded(state: State, at: Address): string[] {
  const users = (dependants.get(kindOf(at)) ?? []).flatMap((name) => {
    const kind = kindNamed(name)
    const entries: Entries = state[name]
    return [...entries]
      .filter(([other, entry]) => !entry.inert && kind.needs(other, entry.spec).includes(at))
      .map(([other]) => other)
      .sort()
  })
  return users.length === 0 ? [] : [`${listed(users.map(shownAddress))} still need${users.length === 1 ? 's' : ''} it`]
}
