import { kindNamed, kindNames } from '../kinds/index.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import type { Manifest } from '../manifest/types.ts'
import { type Address, shownAddress } from '../model/address.ts'
import { type Diagnostic, error, type Position } from '../model/diagnostic.ts'
import type { Facts } from '../model/facts.ts'
import type { BothStates, Entries } from '../model/state.ts'

/** A plan as it starts and ends, and the whole manifest, however little of it is carried out. */
interface Sides extends BothStates {
  readonly manifest: LoadedManifest
  readonly facts: Facts
}

/** Why a plan must not be applied, whatever it is allowed: something that the manifest protects would be gone, or could do less. Pure. */
export function againstProtection(sides: Sides): readonly Diagnostic[] {
  if (!protectsAnything(sides.manifest.manifest)) return []
  return kindNames.flatMap((kind) => {
    const desired: Entries = kindNamed(kind).desired(sides.manifest, sides.facts)
    return [...desired].flatMap(([at, entry]) => {
      const loss = entry.protect && kindNamed(kind).loses?.(at, entry, sides)
      return entry.protect && loss !== undefined ? [refusal(at, entry.protect, loss)] : []
    })
  })
}

function protectsAnything(manifest: Manifest): boolean {
  const { users = {}, groups = {}, permission_sets = {}, assignments = [] } = manifest
  const rows = [users, groups, permission_sets, assignments].flatMap((one): { protect?: boolean }[] =>
    Object.values(one),
  )
  return rows.some(({ protect }) => protect)
}

function refusal(thing: Address, at: Position, loss: string): Diagnostic {
  const message = `${shownAddress(thing)} is protected, and with this plan ${loss}`
  const hint = `leave it what it has, or take protect out of ${at.file}:${at.line} first; no flag overrides it`
  return error('protected', message, { at, hint })
}
