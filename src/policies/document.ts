import { canonical, isObject, type Json, type JsonObject } from '../model/json.ts'

/**
 * True when two policy documents mean the same to IAM: the order of keys and of list members is free, a scalar equals a list
 * of one, and a single statement may stand without a list. The order of statements is kept as a difference, because people read it.
 */
export function samePolicy(a: Json, b: Json): boolean {
  return canonical(normalised(a)) === canonical(normalised(b))
}

/** A policy document from its text, with its numbers as `policyNumber` keeps them. Throws a SyntaxError for what is not JSON. */
export function parsePolicy(text: string): Json {
  // A number as a key is no JSON, and would be once it is quoted.
  JSON.parse(text)
  return JSON.parse(text.replace(/"(?:[^"\\]|\\.)*"|[-\d][\d.eE+-]*/g, kept))
}

function kept(token: string): string {
  return token.startsWith('"') ? token : JSON.stringify(policyNumber(token))
}

/**
 * A number of a policy from its JSON text: as a number where JavaScript writes it back as it was, else as the text (digits above
 * 2^53, `1.0`, `1e400`), so that a policy says what its author wrote. IAM reads a number in quotes like one without (IAM User
 * Guide, "Grammar of the IAM JSON policy language").
 */
export function policyNumber(text: string): number | string {
  const value = Number(text)
  return String(value) === text ? value : text
}

/** Actions and resources of each Allow or Deny statement, as lists. */
export function statements(policy: Json): readonly JsonObject[] {
  return isObject(policy) ? asList(policy.Statement ?? []).filter(isObject) : []
}

/** A scalar as a list of one. */
export function asList(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [value]
}

/** A policy in one fixed form, for showing what differs: keys and list members sorted, lists of one as scalars. */
export function readablePolicy(policy: Json): Json {
  return JSON.parse(canonical(collapsed(normalised(policy))))
}

function collapsed(value: Json): Json {
  if (Array.isArray(value)) {
    const items = value.map(collapsed)
    return items.length === 1 && typeof items[0] === 'string' ? items[0] : items
  }
  return isObject(value) ? mapValues(value, collapsed) : value
}

function normalised(value: Json): Json {
  if (!isObject(value)) return value
  return { ...value, Statement: statements(value).map(normalStatement) }
}

function normalStatement(statement: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(statement).map(([key, value]) => [
      key,
      key === 'Condition' ? normalCondition(value) : sortedList(value),
    ]),
  )
}

/** The Condition of a statement as text that is equal for conditions that mean the same. */
export function canonicalCondition(condition: Json): string {
  return canonical(normalCondition(condition))
}

// Condition: operator -> key -> value or values.
function normalCondition(condition: Json): Json {
  if (!isObject(condition)) return condition
  return mapValues(condition, (keys) => (isObject(keys) ? mapValues(keys, sortedList) : keys))
}

// IAM reads "true" and true alike in conditions.
function sortedList(value: Json): Json {
  if (isObject(value)) return mapValues(value, sortedList)
  return [...new Set(asList(value).map(String))].sort()
}

function mapValues(object: JsonObject, map: (value: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]))
}
