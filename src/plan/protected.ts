import { kindNamed, kindNames } from '../kinds/index.ts'
import { type Address, shownAddress } from '../model/address.ts'
import { type Diagnostic, error, type Position } from '../model/diagnostic.ts'
import type { Facts } from '../model/facts.ts'
import type { Entries, State } from '../model/state.ts'

/** A plan as it starts and ends, and what the manifest asks for. */
interface Sides {
  readonly desired: State
  readonly live: State
  readonly end: State
  readonly facts: Facts
}

/** Why a plan must not be applied, whatever it is allowed: something that the manifest protects would be gone, or could do less. Pure. */
export function againstProtection(sides: Sides): readonly Diagnostic[] {
  return kindNames.flatMap((kind) => {
    const desired: Entries = sides.desired[kind]
    return [...desired].flatMap(([at, entry]) => {
      const loss = entry.protect && kindNamed(kind).loses?.(at, entry, sides)
      return entry.protect && loss !== undefined ? [refusal(at, entry.protect, loss)] : []
    })
  })
}

function refusal(thing: Address, at: Position, loss: string): Diagnostic {
  const message = `${shownAddress(thing)} is protected, and with this plan ${loss}`
  const hint = `keep what it has (the changes are in the plan), or take the protection out of ${at.file}:${at.line}; no flag overrides it`
  return error('protected', message, { at, hint })
}
