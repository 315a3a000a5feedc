import { kindNamed, kindNames } from '../kinds/index.ts'
import type { Address } from '../model/address.ts'
import type { Operation } from '../model/operation.ts'

/**
 * When an operation may start. `revoke` comes first and ends somebody's access, whatever becomes of the rest; then comes `build`;
 * `local` writes the files of this machine, each once; `restrict` holds the updates that take rights away in Identity Center, with the
 * grants of what they change; `remove` holds the deletes. The last two start only when all since `build` succeeded.
 */
export type Phase = 'revoke' | 'build' | 'local' | 'restrict' | 'remove'

/** Phases in the order in which they run. */
export const phases: readonly Phase[] = ['revoke', 'build', 'local', 'restrict', 'remove']

/** The phase of each operation. What has to make room for a create, and what has to go before that can, runs with the creates. */
export function phasesOf(operations: readonly Operation[]): ReadonlyMap<Address, Phase> {
  const early = makingRoom(operations)
  const first = new Map(operations.map((operation) => [operation.address, phaseOf(operation, early)]))
  const later = (operation: Operation) => first.get(operation.address) === 'build' && waitsForLess(operation, first)
  return new Map(
    operations.map((operation) => [operation.address, later(operation) ? 'restrict' : phaseOf(operation, early)]),
  )
}

// Nobody is granted a set as it was when it is about to allow less; and what it loses may be what keeps the grant from working.
function waitsForLess({ verb, needs }: Operation, phase: ReadonlyMap<Address, Phase>): boolean {
  return verb !== 'delete' && needs.some((need) => phase.get(need) === 'restrict')
}

function phaseOf(operation: Operation, early: ReadonlySet<Address>): Phase {
  if (operation.urgent && !operation.first) return 'revoke'
  if (kindNamed(operation.kind).side === 'local') return 'local'
  if (early.has(operation.address) || !takesAway(operation)) return 'build'
  return operation.verb === 'delete' ? 'remove' : 'restrict'
}

function makingRoom(operations: readonly Operation[]): ReadonlySet<Address> {
  const early = new Set(operations.flatMap(({ follows }) => follows ?? []))
  for (const operation of operations)
    if (operation.verb === 'delete' && operation.needs.some((need) => early.has(need))) early.add(operation.address)
  return early
}

/** True for deletes and for updates that take rights away: they are held back until all other changes succeeded. */
export function takesAway(operation: Operation): boolean {
  return operation.verb === 'delete' || operation.restricts === true
}

/**
 * For each operation, those of its own phase that must end well before it starts: what it needs, or, for a delete, the deletes of
 * what needs it.
 */
export function dependencies(operations: readonly Operation[]): ReadonlyMap<Address, readonly Address[]> {
  const planned = new Map(operations.map((operation) => [operation.address, operation]))
  const waits = new Map<Address, Address[]>(operations.map(({ address, follows }) => [address, [...(follows ?? [])]]))
  const phase = phasesOf(operations)
  for (const operation of operations) {
    for (const need of operation.needs) {
      const other = planned.get(need)
      if (!other || phase.get(need) !== phase.get(operation.address)) continue
      if (operation.verb === 'delete' && other.verb === 'delete') waits.get(other.address)?.push(operation.address)
      if (operation.verb !== 'delete' && other.verb !== 'delete') waits.get(operation.address)?.push(other.address)
    }
  }
  return waits
}

/** Operations in the order in which they would run one by one: by phase, kind and name, deletes in reverse order of need. */
export function ordered(operations: readonly Operation[]): Operation[] {
  const phase = phasesOf(operations)
  const early = makingRoom(operations)
  const rank = ({ address }: Operation) => phases.indexOf(phase.get(address) ?? 'build')
  const first = ({ address }: Operation) => Number(!early.has(address))
  const sorted = [...operations].sort((a, b) => {
    return (
      rank(a) - rank(b) ||
      first(a) - first(b) ||
      Number(a.verb === 'delete') - Number(b.verb === 'delete') ||
      byKind(a, b) ||
      (a.address < b.address ? -1 : 1)
    )
  })
  return behindWhatTheyWaitFor(sorted)
}

// Things of one kind may need each other: a profile takes its credentials from another. A circle stays as it is, and is refused.
function behindWhatTheyWaitFor(sorted: readonly Operation[]): Operation[] {
  const planned = new Map(sorted.map((operation) => [operation.address, operation]))
  const waits = dependencies(sorted)
  const placed = new Set<Operation>()
  const seen = new Set<Operation>()
  const place = (operation: Operation) => {
    if (seen.has(operation)) return
    seen.add(operation)
    for (const address of waits.get(operation.address) ?? []) {
      const other = planned.get(address)
      if (other) place(other)
    }
    placed.add(operation)
  }
  for (const operation of sorted) place(operation)
  return [...placed]
}

// Kinds are listed in order of need, so ordering by kind is ordering by need.
function byKind(a: Operation, b: Operation): number {
  const rank = kindNames.indexOf(a.kind) - kindNames.indexOf(b.kind)
  return a.verb === 'delete' ? -rank : rank
}
