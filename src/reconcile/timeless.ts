import { desiredState, refinedDesired } from '../kinds/states.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import type { Address } from '../model/address.ts'
import { canonical, type Json } from '../model/json.ts'
import type { Operation } from '../model/operation.ts'
import type { Selection } from '../model/plan.ts'
import { diff, type PlanInput } from '../plan/diff.ts'

/** How a plan is about less than the whole manifest. */
export interface Narrowing {
  readonly user?: string
  readonly about?: (input: PlanInput) => PlanInput
}

/** A moment at which no `from` has come, no `until` has passed and no revocation is over. */
const beforeAll = new Date(0)

/** What would have to be changed, by address. */
export type Changes = ReadonlyMap<Address, Operation>

/** What would have to be changed had no `from` come yet, no `until` passed and no revocation ended. Pure. */
export function beforeAnyStart(input: PlanInput, planning: Narrowing, selection: Selection): Changes {
  return changesAt(beforeAll, input, planning, selection)
}

/** The same where every `from` has come. Pure. */
export function beforeAnyEnd(input: PlanInput, planning: Narrowing, selection: Selection): Changes {
  return changesAt(beforeAll, { ...input, manifest: withoutStarts(input.manifest) }, planning, selection)
}

/** True where an operation does nothing that the other would not do. */
export function doesNoMore(one: Operation, other: Operation): boolean {
  if (other.verb !== one.verb) return false
  const theirs = new Set(other.fields.map((field) => canonical(field as unknown as Json)))
  return one.fields.every((field) => theirs.has(canonical(field as unknown as Json)))
}

function changesAt(
  now: Date,
  input: PlanInput,
  { user, about = (same) => same }: Narrowing,
  selection: Selection,
): Changes {
  const { manifest, live } = input
  const facts = { ...input.facts, now }
  const allDesired = desiredState(manifest, facts)
  const all = user === undefined ? { allDesired, isWhole: Object.keys(selection).length === 0 } : {}
  const desired = refinedDesired(allDesired, { manifest, facts, live, ...all })
  const { operations } = diff(about({ ...input, facts, desired }))
  return new Map(operations.map((one) => [one.address, one]))
}

function withoutStarts(loaded: LoadedManifest): LoadedManifest {
  const { assignments } = loaded.manifest
  if (!assignments?.some(({ from }) => from !== undefined)) return loaded
  const rules = assignments.map(({ from: _from, ...rule }) => rule)
  return { ...loaded, manifest: { ...loaded.manifest, assignments: rules } }
}
