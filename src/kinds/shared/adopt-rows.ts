import { address } from '../../model/address.ts'
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import type { Operation } from '../../model/operation.ts'
import type { KindName } from '../../model/specs.ts'
import type { Entry } from '../../model/state.ts'
import type { Note, Objection, Part, Refused, Verdicts } from '../adoption.ts'

/** A thing of a section that maps names to things, as it is written, or what is said where it is not. */
export interface Row {
  readonly name?: string
  readonly value?: JsonObject
  readonly why?: string | undefined
  readonly left?: readonly string[]
}

/** A section from its rows, with a comment above each that says why it is not written in full. */
export function draftedRows(section: string, rows: readonly Row[]): Part<JsonObject> {
  const kept = rows.flatMap(({ name, value, why }) => (name === undefined || !value ? [] : [{ name, value, why }]))
  const notes: Note[] = kept.flatMap(({ name, value, why }) =>
    why
      ? [{ path: [section, name], text: `${name}: ${why}${value.external ? '; looked up, never changed' : ''}` }]
      : [],
  )
  return {
    value: Object.fromEntries(kept.map(({ name, value }) => [name, value])),
    notes,
    left: rows.flatMap(({ left = [] }) => left),
  }
}

/** What could not be said about a thing: keys that a verdict keeps out, and what only the console can change. */
export function remarks(at: string, { disabled }: Entry, verdicts: Verdicts): Row {
  const keys = [...verdicts].filter(([key]) => key.startsWith(`${at}#`))
  const left = keys.map(([key, { why }]) => `${key.replace('#', ', ').replace('/', ' ')}: ${why}`)
  return {
    left: [...left, ...(disabled ? [`${at.replace('/', ' ')} is disabled; only the console can change that`] : [])],
  }
}

/** What to do about something in such a section that the manifest's own rules refuse. `spares` tells keys that may be left out. */
export function refusedRow(
  kind: KindName,
  { path: [, name, key], of, why }: Refused,
  spares: (key: string) => boolean,
): readonly Objection[] {
  if (name === undefined) return []
  const at = address(kind, name)
  if (key !== undefined && spares(key)) return [{ about: `${at}#${key}`, treatment: 'without', why }]
  return [{ about: at, treatment: key === undefined && of === 'key' ? 'out' : 'external', why }]
}

/** A thing that the next plan would change is only looked up; one that it would create or delete is left out. */
export function whatIsPlanned({ address: at, verb }: Operation): Omit<Objection, 'why'> {
  return { about: at, treatment: verb === 'update' ? 'external' : 'out' }
}

/** Things in a section of a manifest. */
export function sectionSize(section: Json | undefined): number {
  if (Array.isArray(section)) return section.length
  return isObject(section) ? Object.keys(section).length : 0
}

/** True for a section in which something is looked up only. */
export function holdsExternal(section: Json): boolean {
  const rows = isObject(section) ? Object.values(section) : []
  return rows.some((row) => isObject(row) && row.external === true)
}
