import { desiredState, refinedDesired } from '../kinds/states.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import { shownAddress } from '../model/address.ts'
import { mayBeOff } from '../model/aws-time.ts'
import { type Diagnostic, error } from '../model/diagnostic.ts'
import { canonical, type Json } from '../model/json.ts'
import type { Operation } from '../model/operation.ts'
import type { Plan } from '../model/plan.ts'
import { diff, type PlanInput } from '../plan/diff.ts'
import { clockFix, clockUnknownFix, clockWords } from '../text/time.ts'

/** How a plan is about less than the whole manifest. */
interface Narrowing {
  readonly user?: string
  readonly about?: (input: PlanInput) => PlanInput
}

/** A moment at which no `until` has passed and no revocation is over; `from` is left out for it. */
const beforeAll = new Date(0)

/**
 * Why what takes something away because of the time must not be done: AWS's clock and this machine's are too far apart, or nobody knows. What
 * a plan does at any time is not concerned. Pure.
 */
export function timedRefusals(
  { operations, selection }: Pick<Plan, 'operations' | 'selection'>,
  input: PlanInput,
  planning: Narrowing,
): readonly Diagnostic[] {
  const { time } = input.facts
  const isWhole = Object.keys(selection).length === 0
  if (!time || !mayBeOff(time)) return []
  const always = new Map(diff(timeless(input, planning, isWhole)).operations.map((one) => [one.address, one]))
  const why = 'ahead' in time ? clockWords(time.ahead) : `AWS's time is not known: ${time.unknown}`
  const hint = 'ahead' in time ? `${clockFix}; then run this again` : clockUnknownFix
  return operations
    .filter((one) => one.verb !== 'create' && !isSame(one, always.get(one.address)))
    .map(({ address, verb, reason, at }) =>
      error('clock-decides', `${verb} ${shownAddress(address)} depends on the time (${reason}), and ${why}`, {
        hint,
        ...(at ? { at } : {}),
      }),
    )
}

/** The same sides, as they would be if time had not passed. */
function timeless(input: PlanInput, { user, about = (same) => same }: Narrowing, isWhole: boolean): PlanInput {
  const { live } = input
  const manifest = withoutStarts(input.manifest)
  const facts = { ...input.facts, now: beforeAll }
  const allDesired = desiredState(manifest, facts)
  const all = user === undefined ? { allDesired, isWhole } : {}
  return about({ ...input, manifest, facts, desired: refinedDesired(allDesired, { manifest, facts, live, ...all }) })
}

function withoutStarts(loaded: LoadedManifest): LoadedManifest {
  const { assignments } = loaded.manifest
  if (!assignments?.some(({ from }) => from !== undefined)) return loaded
  const rules = assignments.map(({ from: _from, ...rule }) => rule)
  return { ...loaded, manifest: { ...loaded.manifest, assignments: rules } }
}

/** True where an operation does nothing that the other would not do. */
function isSame(one: Operation, other: Operation | undefined): boolean {
  if (other?.verb !== one.verb) return false
  const theirs = new Set(other.fields.map((field) => canonical(field as unknown as Json)))
  return one.fields.every((field) => theirs.has(canonical(field as unknown as Json)))
}
