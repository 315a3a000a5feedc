import { kindNamed, kindNames } from '../kinds/index.ts'
import { type Address, kindOf } from '../model/address.ts'
import { asWarning, type Diagnostic } from '../model/diagnostic.ts'
import type { Operation } from '../model/operation.ts'
import type { Entries, State } from '../model/state.ts'
import type { PlanInput } from './diff.ts'

/**
 * Live things about which programs disagree: errors where the plan would change them or something it desires relies on them, else only
 * told. `targets` are the addresses that the plan is restricted to; none where it is not. Pure.
 */
export function oddities(
  { desired, live, selected }: PlanInput,
  operations: readonly Operation[],
  targets: readonly string[],
): Diagnostic[] {
  const odd = kindNames
    .filter((name) => selected.has(name))
    .flatMap((name) =>
      [...(live[name] as Entries)].flatMap(([at, entry]) => (entry.odd ? [{ at, odd: entry.odd }] : [])),
    )
  if (odd.length === 0) return []
  const changed = operations.map((operation) => operation.address)
  const concerned = new Set([...changed, ...relied(desired, targets.length > 0 ? [...targets, ...changed] : undefined)])
  return odd.map((one) => (concerned.has(one.at) ? one.odd : asWarning(one.odd)))
}

/** Desired things, or those of them that are named, and whatever they need. */
function relied(desired: State, named?: readonly string[]): Address[] {
  return kindNames.flatMap((name) =>
    [...(desired[name] as Entries)]
      .filter(([at]) => named?.includes(at) ?? true)
      .flatMap(([at, { spec }]) => [at, ...kindNamed(kindOf(at)).needs(at, spec, desired)]),
  )
}
