import type { ErrorObject } from 'ajv'
import { isObject, type Json } from '../model/json.ts'
import { numericProblem } from './account-id.ts'
import { atKey, atValue, didYouMean, type Finding, label, listed, type Path, quote } from './finding.ts'

/** A sentence about a text that breaks a rule of the schema. */
interface Sentence {
  readonly code: string
  readonly message: string
  readonly hint: string
}

type Say = (text: string, name: string) => Sentence

/** Sentences of their own, by the title of the schema that is broken. */
const byTitle: Readonly<Record<string, Say>> = {
  Duration: (text, name) => ({
    code: 'duration',
    message: `${name}: ${quote(text)} is not a duration`,
    hint: 'write hours or minutes, from 1h to 12h, for example 8h or 90m',
  }),
  'AWS account id': (text, name) =>
    numericProblem(text) ?? {
      code: 'account-id',
      message: `${name}: ${quote(text)} is not an account id`,
      hint: 'write twelve digits in quotes, for example "111122223333"',
    },
  'Account nickname': (text) => ({
    code: 'nickname',
    message: `${quote(text)} cannot be a nickname of an account`,
    hint: 'use letters, digits and _ @ + . % : / -; "all" and twelve digits have a meaning of their own',
  }),
  'User name': (text) => nameSentence('user', text, 'user names have 1 to 128 characters and no white space'),
  'Group name': (text) => nameSentence('group', text, 'group names have 1 to 1024 characters'),
  'E-mail address': (text, name) => ({
    code: 'email',
    message: `${name}: ${quote(text)} is not an e-mail address`,
    hint: 'write one address, for example taro@example.com',
  }),
  Description: (text, name) => ({
    code: 'latin-1',
    message: `${name} ${text === '' ? 'is empty' : latin1Problem(text, 700)}`,
    hint: 'leave the key out, or use 1 to 700 Latin-1 characters: plain quotes, plain hyphens, no emoji',
  }),
  Setting: setting,
  'Setting value': setting,
  'Setting key': (text) => ({
    code: 'setting-key',
    message: `${quote(text)} cannot be set under settings`,
    hint: 'use the lower-case name of a setting; sign-in keys and credentials are not settings',
  }),
  'Tag key': (text) => ({
    code: 'tag-key',
    message: `${quote(text)} cannot be a tag key`,
    hint: 'use 1 to 128 letters, digits, spaces and _ . : / = + - @; aws: and managed-by are taken',
  }),
  'Name template': (text, name) => ({
    code: 'name-template',
    message: `${name}: ${quote(text)} is not a template of profile names`,
    hint: 'use letters, digits, _ @ + . % : / - and {account}, {account_id}, {permission_set}',
  }),
}

function setting(text: string, name: string): Sentence {
  const message = `${name}: ${quote(text)} would be read differently by different programs`
  const hint = 'write one line without outer spaces, and without # or ; behind a space'
  return { code: 'setting', message, hint }
}

function nameSentence(kind: string, text: string, rule: string): Sentence {
  const reserved = text === 'Administrator' || text === 'AWSAdministrators'
  return reserved
    ? {
        code: 'name-reserved',
        message: `the ${kind} name ${quote(text)} is reserved by AWS`,
        hint: 'choose another name',
      }
    : { code: 'name', message: `${quote(text)} cannot be a ${kind} name`, hint: rule }
}

/** What keeps a text from being Latin-1 text of a limited length. */
export function latin1Problem(text: string, limit: number): string {
  const character = /[^\t\n\r\u0020-\u007E\u00A1-\u00FF]/u.exec(text)?.[0]
  if (character === undefined) return `has ${[...text].length} characters; at most ${limit} are allowed`
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return `holds ${quote(character)} (U+${code}), which AWS does not accept here`
}

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
  const title = String(one.parentSchema?.title ?? 'value').replace(/^[A-Z](?=[a-z ])/, (first) => first.toLowerCase())
  return { code: `${slug(title)}`, message: `${name}${quote(value)} is not a valid ${title}`, hint: describe(one) }
}

function unknownVersion(value: Json): Sentence {
  const hint = 'write version: 1, or install the release of sso-reconcile that this file was written for'
  return { code: 'version', message: `version ${quote(value)} of the manifest is not known here`, hint }
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

/** A finding about a value of the wrong type. */
export function wrongType(one: ErrorObject, path: Path): Finding {
  const expected: readonly string[] = [one.params.type].flat()
  const { data } = one
  if (path.length === 0)
    return atValue(path, 'manifest', `a manifest is a map of keys, found ${found(data)}`, 'start with version: 1')
  if (data === null) return atValue(path, 'value-empty', `${label(path)} is empty`, whenEmpty(expected, one))
  const message = `${label(path)}: expected ${expected.map((type) => names[type] ?? type).join(' or ')}, found ${found(data)}`
  return atValue(path, 'value-type', message, whenWrong(expected, data, one))
}

const names: Readonly<Record<string, string>> = {
  string: 'text',
  object: 'a map',
  array: 'a list',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
}

function found(data: unknown): string {
  if (Array.isArray(data)) return 'a list'
  if (isObject(data)) return 'a map'
  if (typeof data === 'string') return `the text ${quote(data)}`
  return typeof data === 'number' ? `the number ${data}` : `${data}`
}

function whenEmpty(expected: readonly string[], one: ErrorObject): string {
  if (expected.includes('array')) return 'write [] for an empty list, or remove the key'
  if (expected[0] === 'object') return 'write {} for an empty map, or remove the key'
  return describe(one)
}

function whenWrong(expected: readonly string[], data: unknown, one: ErrorObject): string {
  if (one.parentSchema?.title === 'Duration') return 'write hours or minutes, from 1h to 12h, for example 8h or 90m'
  if (expected.includes('string') && typeof data !== 'object') return `put it in quotes: "${data}"`
  if (expected.includes('array') && typeof data === 'string') return `write a list: [${data}]`
  if (expected.includes('boolean') && typeof data === 'string') return 'write true or false, without quotes'
  return describe(one)
}
