import type { ErrorObject } from 'ajv'
import { isObject, type Json } from '../model/json.ts'
import { atKey, atValue, didYouMean, type Finding, label, listed, type Path, quote } from './finding.ts'
import { byTitle, hints, type Sentence, strangeIn } from './schema-sentences.ts'

/** A finding about a text, number or key that breaks a rule other than its type. */
export function wrongText(one: ErrorObject, path: Path): Finding {
  const isKey = one.propertyName !== undefined
  const value = (isKey ? one.propertyName : one.data) as Json
  const say = typeof value === 'string' ? byTitle[String(one.parentSchema?.title)] : undefined
  const { code, message, hint } = say?.(String(value), label(path)) ?? general(one, value, path)
  return (isKey ? atKey : atValue)(path, code, message, hint)
}

function general(one: ErrorObject, value: Json, path: Path): Sentence {
  if (one.keyword === 'const' && label(path) === 'version') return unknownVersion(value)
  if (one.keyword === 'enum') return oneOf(one, value, path)
  const name = one.propertyName === undefined ? `${label(path)}: ` : ''
  const written = String(one.parentSchema?.title ?? 'value')
  const hint = hints[written] ?? describe(one)
  if (value === '' && one.propertyName === undefined)
    return { code: 'value-empty', message: `${label(path)} is empty`, hint }
  const title = written.replace(/^[A-Z](?=[a-z ])/, (first) => first.toLowerCase())
  const strange = / text$/.test(written) && typeof value === 'string' ? strangeIn(value) : ''
  return { code: `${slug(title)}`, message: `${name}${quote(value)} is not a valid ${title}${strange}`, hint }
}

function unknownVersion(value: Json): Sentence {
  const hint = 'write version: 1, or install the sso-reconcile release that this file was written for'
  return { code: 'version', message: `manifest version ${quote(value)} is not supported`, hint }
}

function oneOf(one: ErrorObject, value: Json, path: Path): Sentence {
  const allowed: string[] = one.params.allowedValues.map(String).filter((text: string) => text !== '')
  const hint = didYouMean(String(value), allowed, `write ${listed(allowed)}`)
  return { code: 'choice', message: `${label(path)}: ${quote(value)} is not one of ${listed(allowed)}`, hint }
}

function slug(title: string): string {
  return title.toLowerCase().replace(/[^a-z0-9]+/g, '-')
}

/** What the schema says about a value, with an example: the hint where no better one is known. */
export function describe(one: ErrorObject): string {
  const text = String(one.parentSchema?.description ?? 'see the schema').replace(/\.(?: [A-Z].*)?$/, '')
  const example: Json | undefined = one.parentSchema?.examples?.[0]
  const lower = text.replace(/^[A-Z](?=[a-z ])/, (first) => first.toLowerCase())
  return example === undefined ? lower : `${lower}; for example ${plain(example)}`
}

function plain(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(plain).join(', ')}]`
  if (!isObject(value)) return typeof value === 'string' && !/^\d+$|^$/.test(value) ? value : JSON.stringify(value)
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${key}: ${plain(inner)}`)
    .join(', ')} }`
}
