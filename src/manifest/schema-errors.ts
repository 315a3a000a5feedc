import type { ErrorObject } from 'ajv'
import validate from '../generated/validate.js'
import { isObject, type Json } from '../model/json.ts'
import { atKey, atValue, didYouMean, type Finding, hintOf, label, listed, type Path, quote } from './finding.ts'
import { wrongType } from './schema-types.ts'
import { describe, wrongText } from './schema-values.ts'
import { keys } from './view.ts'

/** Checks a manifest against the schema; one finding for each thing a person has to mend. */
export function schemaFindings(value: Json): readonly Finding[] {
  if (validate(value)) return []
  const found = (validate.errors ?? []).flatMap((one) => explain(one) ?? [])
  // A value can break several rules at once (pattern and length); the first sentence is enough.
  const bySubject = new Map<string, Finding>()
  for (const one of found) if (!bySubject.has(subject(one))) bySubject.set(subject(one), one)
  const once = [...bySubject.values()]
  const misspelt = new Set(once.flatMap(meantKey))
  return once.filter((one) => one.code !== 'key-missing' || !misspelt.has(missing(one.path, missingName(one))))
}

function subject(one: Finding): string {
  return JSON.stringify([one.path, one.of, one.code === 'key-missing' ? one.message : ''])
}

/** A key that is missing because it is misspelt needs one sentence, not two. */
function meantKey(unknown: Finding): readonly string[] {
  if (unknown.code !== 'key-unknown') return []
  const guess = /^did you mean (".*")\?$/.exec(hintOf(unknown) ?? '')?.[1]
  return guess === undefined ? [] : [missing(unknown.path.slice(0, -1), guess)]
}

function missingName({ message }: Finding): string {
  return JSON.stringify(/ has no (.*)$/s.exec(message)?.[1] ?? '')
}

function missing(path: Path, name: string): string {
  return JSON.stringify([path, name])
}

type Explain = (one: ErrorObject, path: Path) => Finding | undefined

/** Sentences by schema keyword; `if` and `propertyNames` only wrap errors that come by themselves. */
const byKeyword: Readonly<Record<string, Explain>> = {
  if: () => undefined,
  propertyNames: () => undefined,
  additionalProperties: unknownKey,
  required: missingKey,
  dependencies: dependentKey,
  type: wrongType,
  minItems: (one, path) => atValue(path, 'list-length', `${label(path)} is an empty list`, describe(one)),
  maxItems: (one, path) => tooMany(one, path, 'list-length'),
  minProperties: (one, path) => atValue(path, 'map-size', `${label(path)} is empty`, describe(one)),
  maxProperties: (one, path) =>
    one.schemaPath.includes('/then/') ? externalKeys(one, path) : tooMany(one, path, 'map-size'),
  // The schema's uniqueItems, as the generated validator knows it.
  distinctItems: repeatedItem,
  not: exclusiveKeys,
}

function explain(one: ErrorObject): Finding | undefined {
  const path = pathOf(one)
  const say = byKeyword[one.keyword]
  return say === undefined ? wrongText(one, path) : say(one, path)
}

/** The path of an error: a JSON pointer, and for errors of a key the key itself. */
function pathOf(one: ErrorObject): Path {
  const steps = one.instancePath.split('/').slice(1)
  const path = steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  const typed = path.map((step) => (/^\d{1,6}$/.test(step) ? Number(step) : step))
  return one.propertyName === undefined ? typed : [...typed, one.propertyName]
}

function unknownKey(one: ErrorObject, path: Path): Finding {
  const name = String(one.params.additionalProperty)
  const known = keys(one.parentSchema?.properties)
  const hint = didYouMean(name, known, `known keys: ${listed(known)}`)
  return atKey([...path, name], 'key-unknown', `unknown key ${quote(name)} in ${label(path)}`, hint)
}

function missingKey(one: ErrorObject, path: Path): Finding {
  const name = String(one.params.missingProperty)
  const sample = samples[name]
  const hint = sample === undefined ? `add ${name}` : `add ${name}: ${sample}`
  const external = one.schemaPath.includes('User/else/')
    ? ', or external: true if an identity provider manages the user'
    : ''
  return atKey(path, 'key-missing', `${label(path)} has no ${name}`, hint + external)
}

/** What to write for a key that is missing. */
const samples: Readonly<Record<string, string>> = {
  version: '1',
  identity_center: '{ region: eu-west-1 }; if a manifest includes this file, name that manifest with -f instead',
  region: 'eu-west-1, the region where Identity Center was enabled',
  given_name: 'Taro',
  family_name: 'Yamada',
  email: 'taro@example.com',
  account: 'management',
  accounts: '[management]',
  permission_set: 'AdministratorAccess',
  source: 'personal, the profile that assumes the role',
  role_arn: 'arn:aws:iam::444455556666:role/NAME',
  permission_sets: '[AdministratorAccess]',
  Statement: '[{ Effect: Allow, Action: …, Resource: … }]',
  Effect: 'Allow',
  sessions: '2026-11-22T10:00:00Z',
}

function dependentKey(one: ErrorObject, path: Path): Finding {
  const { property, missingProperty } = one.params
  const message = `${label(path)} has ${property} but no ${missingProperty}`
  return atKey([...path, String(property)], 'key-missing', message, `add ${missingProperty}, or remove ${property}`)
}

/** The schema says `not` of keys that exclude each other, and of nothing else. */
function exclusiveKeys(one: ErrorObject, path: Path): Finding {
  const both: string[] = one.parentSchema?.not.required
  const message = `${label(path)} has both ${listed(both)}; expected one of them`
  return atKey([...path, both.at(-1) ?? ''], 'keys-exclusive', message, describe(one))
}

function externalKeys(one: ErrorObject, path: Path): Finding {
  const others = keys(isObject(one.data) ? one.data : {}).filter((key) => key !== 'external' && key !== 'protect')
  const message = `${label(path)} is external, so ${listed(others)} would be ignored`
  return atKey([...path, others[0] ?? 'external'], 'external-keys', message, 'remove the other keys, or external')
}

function tooMany(one: ErrorObject, path: Path, code: string): Finding {
  const limit = Number(one.params.limit)
  const message =
    limit === 1 && isObject(one.data)
      ? `${label(path)} has several keys; expected one of: ${listed(keys(one.data))}`
      : `${label(path)} has more than ${limit === 1 ? 'one entry' : `${limit} entries`}`
  return atValue(path, code, message, describe(one))
}

function repeatedItem(one: ErrorObject, path: Path): Finding {
  const later = Math.max(Number(one.params.i), Number(one.params.j))
  const item: Json = Array.isArray(one.data) ? one.data[later] : null
  return atValue(
    [...path, later],
    'list-duplicate',
    `${quote(item)} is listed twice in ${label(path)}`,
    'remove one of the two',
  )
}
