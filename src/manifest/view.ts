import { isObject, type Json } from '../model/json.ts'

/**
 * Reading access to a manifest that may still be wrong: the wrong shape reads as empty, so that reference errors can be
 * reported together with the schema errors that name the wrong shape.
 */

/** Entries of an object, none for anything else. */
export function entries(value: Json | undefined): readonly (readonly [string, Json])[] {
  return isObject(value) ? Object.entries(value) : []
}

/** Keys of an object, none for anything else. */
export function keys(value: Json | undefined): readonly string[] {
  return isObject(value) ? Object.keys(value) : []
}

/** Items of a list with their indexes, none for anything else. */
export function items(value: Json | undefined): readonly (readonly [number, Json])[] {
  return Array.isArray(value) ? value.map((item: Json, index) => [index, item] as const) : []
}

/** The texts in a list with their indexes. */
export function texts(value: Json | undefined): readonly (readonly [number, string])[] {
  const found: (readonly [number, string])[] = []
  // Every rule of a manifest comes by here a dozen times.
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) if (typeof item === 'string') found.push([index, item])
  return found
}

/** The value below some keys and indexes, undefined where there is none. */
export function at(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  let inner = value
  for (const step of path) {
    if (Array.isArray(inner)) inner = typeof step === 'number' ? inner[step] : undefined
    else inner = isObject(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined
  }
  return inner
}

/** The text below some keys, undefined where there is none. */
export function textAt(value: Json | undefined, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path)
  return typeof found === 'string' ? found : undefined
}
