import type { Diagnostic } from '../model/diagnostic.ts'
import type { Json } from '../model/json.ts'
import { fold, nearest } from '../text/near.ts'

/** Keys and indexes that lead from the top of a manifest to a value. */
export type Path = readonly (string | number)[]

/** A diagnostic that still says where by path; the loader turns the path into a position. */
export interface Finding extends Omit<Diagnostic, 'at' | 'hint'> {
  /** To find the nearest of thousands of names takes its time, and nobody reads thousands of hints: so it may be made when it is shown. */
  readonly hint?: string | (() => string)
  readonly path: Path
  /** What it is about besides, which may be in another file. */
  readonly other?: Path
  /** Which side of a mapping entry to point at. */
  readonly of: 'key' | 'value'
}

/** An error at the value that stands at `path`. */
export function atValue(path: Path, code: string, message: string, hint: string | (() => string)): Finding {
  return { severity: 'error', code, message, hint, path, of: 'value' }
}

/** An error at the key of the entry that stands at `path`. */
export function atKey(path: Path, code: string, message: string, hint: string | (() => string)): Finding {
  return { ...atValue(path, code, message, hint), of: 'key' }
}

/** The same finding as a warning. */
export function asWarning(finding: Finding): Finding {
  return { ...finding, severity: 'warning' }
}

/** What a finding says to do next. */
export function hintOf({ hint }: Pick<Finding, 'hint'>): string | undefined {
  return typeof hint === 'function' ? hint() : hint
}

const shown = 60

/** A value as a message quotes it: JSON, cut after 60 characters. */
export function quote(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length <= shown ? text : `${text.slice(0, shown - 1)}…`
}

/** A character as Unicode names it: `U+3164`. */
export function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** The last steps of a path as a message names them: `session_duration`, `members[0]`. */
export function label(path: Path): string {
  const name = path.findLastIndex((step) => typeof step === 'string')
  const indexes = path.slice(name + 1).map((step) => `[${step}]`)
  return `${name < 0 ? 'the manifest' : path[name]}${indexes.join('')}`
}

/** The candidate a person most likely meant by `name`; parts of words are forgiven too. */
export function meant(name: string, candidates: readonly string[]): string | undefined {
  const plain = fold(name)
  return (
    nearest(name, candidates) ?? (plain.length < 4 ? undefined : candidates.find((one) => fold(one).includes(plain)))
  )
}

/** A hint that names the nearest candidate, or lists what there is, or falls back to `otherwise`. */
export function didYouMean(name: string, candidates: readonly string[], otherwise: string): string {
  const best = meant(name, candidates)
  return best === undefined ? otherwise : `did you mean ${quote(best)}?`
}

/** `a, b and c`, shortened after eight; the first eight of `count` are enough. */
export function listed(names: readonly string[], count = names.length): string {
  if (count > 8) return `${names.slice(0, 8).join(', ')} and ${count - 8} more`
  const [last] = names.slice(-1)
  return names.length < 2 ? (last ?? 'none') : `${names.slice(0, -1).join(', ')} and ${last}`
}
