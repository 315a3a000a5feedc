import { kindNamed } from '../kinds/index.ts'
import { type Address, type KindName, kindOf } from '../model/address.ts'
import { withNew } from '../model/coverage.ts'
import type { Operation } from '../model/operation.ts'
import { type Entries, entryAt, type State, withEntry } from '../model/state.ts'

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
      problems: existing ? stillNeeded(state, at) : [`${at} does not exist any more`],
    }
  const missing = operation.needs.filter((needed) => !entryAt(state, needed))
  const problems = missing.map((needed) => `it needs ${needed}, which does not exist`)
  if (verb === 'create' && existing) problems.push(`${at} exists already`)
  if (verb === 'update' && !existing) problems.push(`${at} does not exist any more`)
  const next = after ? withEntry(state, at, { ...existing, spec: after }) : state
  return { state: existing ? next : { ...next, covers: withNew(next.covers, at) }, problems }
}

// A set goes after its assignments, a user after memberships and assignments. A profile names a session it can outlive.
const dependants: Partial<Record<KindName, readonly KindName[]>> = {
  user: ['membership', 'assignment'],
  group: ['membership', 'assignment'],
  'permission-set': ['assignment'],
  'sso-session': ['profile'],
}

function stillNeeded(state: State, at: Address): string[] {
  const users = (dependants[kindOf(at)] ?? []).flatMap((name) => {
    const entries: Entries = state[name]
    return [...entries]
      .filter(([, entry]) => !entry.inert)
      .filter(([other, entry]) =>
        kindNamed(name)
          .needs(other, entry.spec as never)
          .includes(at),
      )
      .map(([other]) => other)
      .sort()
  })
  if (users.length === 0) return []
  const more = users.length > 3 ? ` and ${users.length - 3} more` : ''
  return [`${users.slice(0, 3).join(', ')}${more} still need${users.length === 1 ? 's' : ''} it`]
}
