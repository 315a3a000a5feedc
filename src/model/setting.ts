import { isSecretName, secretWord } from './secret.ts'

/**
 * Keys and values of a section of `~/.aws/config`: the one list of what the manifest takes and what the editor writes. The patterns
 * are also in `schema/sso.schema.json`, for editors; a test holds the two together.
 */

/** Keys by which AWS tools choose who one is, beside those that begin with `sso_` or `aws_`. */
const identity = [
  'credential_process',
  'credential_source',
  'duration_seconds',
  'external_id',
  'login_session',
  'mfa_serial',
  'role_arn',
  'role_session_name',
  'source_profile',
  'web_identity_token_file',
] as const

/** Keys that a profile of the manifest has a place for. */
const placed = ['region', 'output'] as const

const own = new RegExp(`^(?:${identity.join('|')}|aws_.*|sso_.*)$`)
const name = /^[a-z][a-z0-9_-]*$/
const nestedName = /^[A-Za-z_][A-Za-z0-9_.-]*$/

/** What is wrong with a value, in the order asked. AWS tools disagree about each of them, or read another file. */
const badValue: readonly (readonly [RegExp, string])[] = [
  [/[\r\n]/, 'has a line break'],
  [/(?!\t)\p{Cc}|[\u2028\u2029]|\p{Surrogate}/u, 'has a control character'],
  [/^\s|\s$/, 'starts or ends with white space'],
  [/(^|\s)[#;]/, 'has a # or ; that some AWS tools read as a comment'],
]

/** What a key or value may not be, and what to do instead. */
export interface SettingProblem {
  readonly message: string
  readonly hint: string
}

/** The pattern of keys under `settings`. */
export const settingKeyPattern = `^(?!(?:${[...placed, ...identity].join('|')})$|(?:aws|sso)_|.*(?:${secretWord}))[a-z][a-z0-9_-]*$`
/** The pattern of keys within a block such as `s3`. */
export const nestedKeyPattern = `^(?!__proto__$|.*(?:${inAnyCase(secretWord)}))[A-Za-z_][A-Za-z0-9_.-]*$`
/** The pattern of values; an empty one removes the key. */
export const settingValuePattern =
  '^(?![\\s#;])(?!.*\\s[#;])(?:\\t|[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\ud800-\\udfff])*(?<!\\s)$'

/** True for a key as AWS writes keys; `s3.max_queue_size` is a property of a block. */
export function isConfigKey(key: string): boolean {
  const [block = '', ...rest] = key.split('.')
  const property = rest.join('.')
  return name.test(block) && (rest.length === 0 || (nestedName.test(property) && property !== '__proto__'))
}

/** True for a key whose value must never reach a plan, a log or an error; it is not even read. */
export function mayBeSecret(key: string): boolean {
  return isSecretName(key)
}

/** Why a key cannot be set under `settings`; undefined where it can. */
export function settingKeyProblem(key: string): SettingProblem | undefined {
  if (own.test(key))
    return {
      message: `${key} cannot be set under settings: it determines the identity of the profile`,
      hint: 'remove it; account, permission_set and local.sso_session determine the identity',
    }
  if ((placed as readonly string[]).includes(key))
    return {
      message: `${key} cannot be set under settings: it has its own key`,
      hint: `write ${key}: next to settings`,
    }
  if (key.includes('.'))
    return {
      message: `${JSON.stringify(key)} cannot be set under settings: write a block of ~/.aws/config as a map`,
      hint: `write ${key.slice(0, key.indexOf('.'))}: { ${key.slice(key.indexOf('.') + 1)}: … }`,
    }
  return mayBeSecret(key) ? secretKey(key) : spelling(key, name.test(key))
}

/** Why a key cannot be set within a block; undefined where it can. */
export function nestedKeyProblem(key: string): SettingProblem | undefined {
  return mayBeSecret(key) ? secretKey(key) : spelling(key, nestedName.test(key) && key !== '__proto__')
}

// Patterns of JSON Schema have no flags.
function inAnyCase(pattern: string): string {
  return pattern.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`)
}

function secretKey(key: string): SettingProblem {
  return {
    message: `${JSON.stringify(key)} cannot be set under settings: its value may be a secret and is never read`,
    hint: 'set it in ~/.aws/config: keys that the manifest does not set stay as they are',
  }
}

function spelling(key: string, isRight: boolean): SettingProblem | undefined {
  if (isRight) return undefined
  return {
    message: `${JSON.stringify(key)} cannot be set under settings: it is not a key of ~/.aws/config`,
    hint: 'use lower-case letters, digits, _ and -, starting with a letter, as in cli_pager',
  }
}

/** What is wrong with a value, as the end of a sentence about it; undefined where every AWS tool reads it alike. */
export function configValueProblem(value: string): string | undefined {
  return badValue.find(([pattern]) => pattern.test(value))?.[1]
}
