import { ignored } from '../kinds/ignore.ts'
import { kindNames } from '../kinds/index.ts'
import type { Differing } from '../kinds/taking.ts'
import type { Address } from '../model/address.ts'
import { error, Refusal } from '../model/diagnostic.ts'
import type { Operation } from '../model/operation.ts'
import { entryAt } from '../model/state.ts'
import { addressesMeant } from '../plan/addresses.ts'
import type { PlanInput } from '../plan/diff.ts'
import { nothingSuch } from '../plan/nothing-such.ts'

/** What addresses stand for, given a plan. */
export interface Chosen {
  /** Those of which live and declared differ, or that are live and nowhere in the manifest. */
  readonly differing: readonly Differing[]
  /** Those that are as the manifest says, or that it leaves alone already. */
  readonly settled: readonly Address[]
}

/**
 * What a person's words name. Throws a Refusal for words that name nothing. With `declaredToo`, what the manifest declares is never settled.
 * Pure.
 */
export function chosen(
  words: readonly string[],
  operations: readonly Operation[],
  input: PlanInput,
  declaredToo = false,
): Chosen {
  const { desired, live } = input
  const meant = addressesMeant(words, input)
  const isKnown = (at: string): at is Address =>
    kindNames.some((kind) => at.startsWith(`${kind}/`)) &&
    (entryAt(desired, at as Address) ?? entryAt(live, at as Address)) !== undefined
  const unknown = meant.filter((at) => !isKnown(at))
  if (unknown.length > 0) throw new Refusal(unknown.map((at) => error('address-unknown', ...nothingSuch(at, input))))
  const all = [...new Set(meant)].filter(isKnown)
  const planned = new Map(operations.map((one) => [one.address, one]))
  const isOpen = (at: Address) =>
    planned.has(at) || isStranger(at, input) || (declaredToo && entryAt(desired, at) !== undefined)
  return {
    differing: all.filter(isOpen).map((address) => ({
      address,
      desired: entryAt(desired, address),
      live: entryAt(live, address),
      fields: planned.get(address)?.fields ?? [],
    })),
    settled: all.filter((at) => !isOpen(at)),
  }
}

/** True for a live thing that the manifest neither declares nor ignores. */
function isStranger(at: Address, { desired, live, manifest }: PlanInput): boolean {
  const there = entryAt(live, at)
  return there !== undefined && entryAt(desired, at) === undefined && !ignored(at, there, manifest)
}
