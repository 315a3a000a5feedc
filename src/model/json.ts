/** Any value JSON can hold. Specs, field values and saved plans consist of nothing else. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject

/** A JSON object; an absent value is an absent key, never `undefined`. */
export type JsonObject = { readonly [key: string]: Json }

/** JSON text with object keys sorted at every depth: equal values give equal text, whatever order they came in. */
export function canonical(value: Json): string {
  return JSON.stringify(value, (_key, inner: Json) => (isObject(inner) ? sortKeys(inner) : inner))
}

/** True for a JSON object, false for arrays, scalars and null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value of a key that comes from outside; undefined for keys that every object inherits, such as `toString`. */
export function ownValue<T>(values: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return values && Object.hasOwn(values, key) ? values[key] : undefined
}

function sortKeys(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Members that have a value. */
export function present(members: { readonly [key: string]: Json | undefined }): JsonObject {
  return keeping(members, (value) => value !== undefined)
}

/** Members that hold something: no empty text, list or object, and no null. */
export function filled(members: { readonly [key: string]: Json | undefined }): JsonObject {
  return keeping(members, (value) => value !== undefined && value !== '' && !isEmpty(value))
}

function keeping(
  members: { readonly [key: string]: Json | undefined },
  keeps: (value: Json | undefined) => boolean,
): JsonObject {
  const kept = Object.entries(members).filter((entry): entry is [string, Json] => keeps(entry[1]))
  return Object.fromEntries(kept)
}

function isEmpty(value: Json): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0)
}
