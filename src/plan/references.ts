import { kindNamed } from '../kinds/index.ts'
import { type Address, kindOf } from '../model/address.ts'
import type { Operation } from '../model/operation.ts'
import type { References } from '../model/plan.ts'
import { entryAt, type State } from '../model/state.ts'

/**
 * What AWS calls the things that operations change, need or are about, as far as they exist: a name can pass to another thing after a plan
 * was reviewed, and then it means something else. Pure.
 */
export function referencesOf(operations: readonly Operation[], live: State): References {
  const all = new Set(operations.flatMap(thingsOf))
  const known = [...all].sort().flatMap((at): [Address, string][] => {
    const ref = hasName(at) ? entryAt(live, at)?.ref : undefined
    return ref ? [[at, ref]] : []
  })
  return Object.fromEntries(known)
}

/** What address and name mean in the second of two plans, where that is something else than in the first, each as a sentence. Pure. */
export function passedOn(then: References, now: References): readonly (readonly [Address, string, string])[] {
  return (Object.entries(now) as [Address, string][]).flatMap(([at, ref]) => {
    const before = then[at]
    return before === undefined || before === ref ? [] : [[at, before, ref] as const]
  })
}

/** What exists and a change is about without waiting for it. */
function concernsOf({ kind, before, after }: Operation): readonly Address[] {
  const spec = after ?? before
  return spec ? (kindNamed(kind).concerns?.(spec) ?? []) : []
}

function thingsOf(operation: Operation): readonly Address[] {
  const { address, needs, replaces } = operation
  return [address, ...needs, ...(replaces ? [replaces] : []), ...concernsOf(operation)]
}

// What says all that it holds means the same when it has been made once more.
function hasName(at: Address): boolean {
  const { side, addressSays } = kindNamed(kindOf(at))
  return side === 'cloud' && addressSays === 'name'
}
