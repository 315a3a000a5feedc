import { isObject, type Json, type JsonObject } from './json.ts'

/** What a person explicitly allows beyond what is safe. A plan is made with them, and is another plan without. */
export interface Allowances {
  /** Deletes the person has counted. */
  readonly maxDeletes?: number
  /** Taking away the last administrator, or one's own access. */
  readonly allowLockout?: boolean
  /** Settings of profiles that run programs, or send requests and credentials elsewhere. */
  readonly allowPrograms?: boolean
}

/** Each allowance, as a plan's document calls it and as a command does. */
const named = [
  ['maxDeletes', 'max_deletes', '--max-deletes'],
  ['allowLockout', 'allow_lockout', '--allow-lockout'],
  ['allowPrograms', 'allow_programs', '--allow-programs'],
] as const

/** The allowances that were given, as a plan's document holds them; for none an empty object. Pure. */
export function allowancesJson(allow: Allowances): JsonObject {
  return Object.fromEntries(
    named.flatMap(([name, key]): [string, Json][] => {
      const value = allow[name]
      // Whoever allows any number of deletes has counted none.
      return value === undefined || value === false || value === Number.POSITIVE_INFINITY ? [] : [[key, value]]
    }),
  )
}

/** The allowances of a plan's document; undefined where something in it is none. Pure. */
export function readAllowances(document: Json | undefined): Allowances | undefined {
  if (document === undefined) return {}
  if (!isObject(document)) return undefined
  const known: Readonly<Record<string, Json>> = Object.fromEntries(
    named.flatMap(([name, key]): [string, Json][] => {
      const value = document[key]
      const isCount = typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
      return (name === 'maxDeletes' ? isCount : value === true) ? [[name, value ?? null]] : []
    }),
  )
  return Object.keys(known).length === Object.keys(document).length ? known : undefined
}

/** The flags that give the same allowances, each as its words. Pure. */
export function allowanceFlags(allow: Allowances): readonly (readonly string[])[] {
  const given = allowancesJson(allow)
  return named.flatMap(([, key, flag]) => {
    const value = given[key]
    if (value === undefined) return []
    return [value === true ? [flag] : [flag, String(value)]]
  })
}
