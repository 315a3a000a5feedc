import { canonical, isObject, type Json, type JsonObject } from '../model/json.ts'
import type { FieldChange } from '../model/specs.ts'
import type { Entry } from '../model/state.ts'
import type { Kind } from './kind.ts'

/** What of a kind decides how two specs differ. */
export type Compared = Pick<Kind, 'maps' | 'same'>

/**
 * The spec a thing should end up with. Where left out means unmanaged, live values stay; fills only take empty places; a text without
 * anything to see clears. A name that is nothing but white space is a name all the same: what an address says in full has nothing to clear.
 */
export function desiredSpec(
  { complete, addressSays }: Pick<Kind, 'complete' | 'addressSays'>,
  live: JsonObject | undefined,
  desired: Entry,
): JsonObject {
  if (addressSays === 'everything') return desired.spec
  const kept = complete ? {} : (live ?? {})
  const merged: JsonObject = { ...desired.fills, ...kept, ...desired.spec }
  // What the manifest says comes first, in its own order.
  const keys = new Set([...Object.keys(desired.spec), ...Object.keys(merged)])
  // An empty value that is there without being asked for is a value too, such as the AWS CLI's cli_pager.
  // A block such as `s3` that is cleared takes its properties along.
  const cleared = new Set([...keys].filter((key) => isBlank(desired.spec[key])))
  const stays = [...keys].filter(
    (key) => !cleared.has(key) && !(key.includes('.') && cleared.has(key.split('.')[0] ?? '')),
  )
  return withKept(Object.fromEntries(stays.map((key) => [key, merged[key] ?? ''])), live, desired.keep ?? [])
}

// What AWS makes of white space is documented nowhere, and there is nothing to see in it.
function isBlank(value: Json | undefined): boolean {
  return typeof value === 'string' && value.trim() === ''
}

// What is kept is what is live; of a new thing nothing is, and it gets what the manifest says or AWS's default.
function withKept(after: JsonObject, live: JsonObject | undefined, keep: readonly string[]): JsonObject {
  if (!live) return after
  const others = Object.entries(after).filter(([key]) => !keep.includes(key))
  return {
    ...Object.fromEntries(others),
    ...Object.fromEntries(Object.entries(live).filter(([key]) => keep.includes(key))),
  }
}

/** Fields in which two specs differ, in the order of the second. */
export function fieldChanges(before: JsonObject, after: JsonObject, kind: Compared): FieldChange[] {
  // Most things are as they should be.
  if (isSame(before, after)) return []
  const was = flatten(before, kind)
  const will = flatten(after, kind)
  const paths = new Set([...will.keys(), ...was.keys()])
  return [...paths].flatMap((path) => {
    const [a, b] = [was.get(path), will.get(path)]
    if (a === b) return []
    const equal = a !== undefined && b !== undefined && (kind.same?.(path, a, b) ?? canonical(a) === canonical(b))
    return equal ? [] : [change(path, a, b)]
  })
}

function isSame(before: JsonObject, after: JsonObject): boolean {
  const keys = Object.keys(before)
  return keys.length === Object.keys(after).length && keys.every((key) => before[key] === after[key])
}

function change(path: string, before: Json | undefined, after: Json | undefined): FieldChange {
  return { path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }
}

function flatten(spec: JsonObject, { maps = [] }: Compared): Map<string, Json> {
  const flat = Object.entries(spec).flatMap(([key, value]): [string, Json][] =>
    maps.includes(key) && isObject(value)
      ? Object.entries(value).map(([inner, one]): [string, Json] => [`${key}.${inner}`, one])
      : [[key, value]],
  )
  return new Map(flat)
}
