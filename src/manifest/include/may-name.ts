import type { Position } from '../../model/diagnostic.ts'
import type { Json } from '../../model/json.ts'
import { matchesPattern } from '../../model/name-pattern.ts'
import type { Path } from '../finding.ts'
import { at, texts } from '../view.ts'
import { whoseOf } from './whose.ts'

/** Sections of what a file may name besides what it declares. */
export type Named = 'users' | 'groups' | 'permission_sets'

/** Patterns of the names that a file with this limit may name: those it may declare, and those it may refer to. Pure. */
export function namesWithin(only: Json, section: Named): readonly string[] {
  return [at(only, section), at(only, 'refer_to', section)].flatMap((list) => texts(list).map(([, one]) => one))
}

/** A file as far as it is limited, and what it says. */
interface LimitedPart {
  readonly file: string
  readonly value: Json
  readonly limit?: { readonly only: Json; readonly at: Position }
}

/** The file that has something and that may not name this there, because its limit does not reach so far; undefined where it may. Pure. */
export function barredFrom(
  { parts = [] }: { readonly parts?: readonly LimitedPart[] },
  path: Path,
  section: Named,
  name: string,
): { readonly file: string; readonly at: Position } | undefined {
  const part = parts[whoseOf(parts.map(({ value }) => value))(path).file]
  if (part?.limit === undefined) return undefined
  const { file, limit } = part
  return namesWithin(limit.only, section).some((one) => matchesPattern(one, name)) ? undefined : { file, at: limit.at }
}
