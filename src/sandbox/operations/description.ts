import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import type { Choices } from '../faults/choices.ts'

/** A description as it is kept. What is nothing but white space counts as left out where white space is cut off. */
export function keptDescription({ descriptions }: Choices, given: string | undefined): string | undefined {
  const kept = descriptions === 'trimmed' ? given?.trim() : given
  return kept === '' ? undefined : kept
}

/** Attributes of a user as they are kept. What is nothing but white space counts as left out where white space is cut off. */
export function keptTexts({ userTexts }: Choices, given: JsonObject): JsonObject {
  return userTexts === 'trimmed' ? trimmedIn(given) : given
}

function trimmedIn(given: JsonObject): JsonObject {
  const kept = Object.entries(given).map(([key, value]): [string, Json] => [key, trimmed(value)])
  return Object.fromEntries(kept.filter(([, value]) => value !== ''))
}

function trimmed(value: Json): Json {
  if (typeof value === 'string') return value.trim()
  if (Array.isArray(value)) return value.map((one: Json) => trimmed(one))
  return isObject(value) ? trimmedIn(value) : value
}
