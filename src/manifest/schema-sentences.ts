import { configValueProblem, nestedKeyProblem, type SettingProblem, settingKeyProblem } from '../model/setting.ts'
import { numericProblem } from './account-id.ts'
import { codePoint, quote } from './finding.ts'

/** A sentence about a text that breaks a rule of the schema. */
export interface Sentence {
  readonly code: string
  readonly message: string
  readonly hint: string
}

export type Say = (text: string, name: string) => Sentence

/** Sentences of their own, by the title of the schema that is broken. */
export const byTitle: Readonly<Record<string, Say>> = {
  Duration: (text, name) => ({
    code: 'duration',
    message: `${name}: ${quote(text)} is not a duration`,
    hint: 'write hours or minutes, from 1h to 12h, for example 8h or 90m',
  }),
  'AWS account id': (text, name) =>
    numericProblem(text) ?? {
      code: 'account-id',
      message: `${name}: ${quote(text)} is not an account id`,
      hint: 'write 12 digits in quotes, for example "111122223333"',
    },
  'Account nickname': (text) => ({
    code: 'nickname',
    message: `${quote(text)} cannot be an account nickname`,
    hint: 'use letters, digits and _ @ + . % : / -; "all" and 12-digit numbers are reserved',
  }),
  'User name': (text) => nameSentence('user', text, 'use 1 to 128 characters without white space'),
  Manager: (text) => nameSentence('user', text, 'write the user name of a user who is declared under users'),
  'Group name': (text) => nameSentence('group', text, 'use 1 to 1024 characters'),
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
  'Setting key': (text) => settingKey(settingKeyProblem(text)),
  'Nested setting key': (text) => settingKey(nestedKeyProblem(text)),
  'Tag key': (text) => ({
    code: 'tag-key',
    message: `${quote(text)} cannot be a tag key`,
    hint: 'use 1 to 128 letters, digits, spaces and _ . : / = + - @; aws: and managed-by are reserved',
  }),
  // Source: NameType in the API model of UpdateInstance.
  'Instance name': (text, name) => ({
    code: 'instance-name',
    message: text === '' ? `${name} is empty` : `${name}: ${quote(text)} cannot be the name of an instance`,
    hint: 'use 1 to 255 characters: letters from a to z and A to Z, digits and _ + = , . @ -, no spaces; or leave the key out',
  }),
  // Source: IAM User Guide, "Rules for tagging in IAM and AWS STS".
  'Attribute key': (text) => ({
    code: 'attribute-key',
    message: `${quote(text)} cannot be the key of a session tag`,
    hint: 'use 1 to 128 letters, digits, spaces and _ . : / = + - @; aws: at the start is reserved by AWS',
  }),
  'Profile name': (text) => ({
    code: 'profile-name',
    message: `${quote(text)} is not a valid profile name`,
    hint: nameHint(text),
  }),
  'Name template': (text, name) => ({
    code: 'name-template',
    message: `${name}: ${quote(text)} is not a valid template for profile names`,
    hint: 'use letters, digits, _ @ + . % : / - and {account}, {account_id}, {permission_set}, and no leading -',
  }),
}

/** What to write, where the schema's description explains rather than instructs. */
export const hints: Readonly<Record<string, string>> = {
  'AWS access portal URL': 'write the whole address, for example https://d-1234567890.awsapps.com/start',
  'Issuer URL': 'write the whole address with https, for example https://example.okta.com',
  'AWS region': 'write a region code, for example eu-west-1',
  Instance: 'write the instance id, for example ssoins-1234567890abcdef',
  Region: 'write a region code, for example eu-west-1',
  'Required text': 'write 1 to 1024 characters',
  'Role ARN': 'write the whole ARN of an IAM role, for example arn:aws:iam::444455556666:role/Deploy',
  'Role session duration': 'write 15m to 60m, or 1h: AWS limits role chaining to one hour',
  Revocation: 'write a time, for example 2026-11-22T10:00:00Z',
  Time: 'write a time, for example 2026-11-22T10:00:00Z',
  Until: 'write a day or a time, for example 2026-12-31 or 2026-12-31T18:00:00+09:00',
}

function nameHint(text: string): string {
  const bare = text.replace(/^-+/, '')
  if (text.startsWith('-') && /^[A-Za-z0-9_@+.%:/-]+$/.test(bare))
    return `commands read a name that begins with - as an option; did you mean ${bare}?`
  return 'use 1 to 256 letters, digits and _ @ + . % : / -, and no leading -'
}

function setting(text: string, name: string): Sentence {
  const message = `${name}: ${quote(text)} ${configValueProblem(text)}`
  const hint = 'change the value: AWS tools would read it differently, and AWS config files have no quoting'
  return { code: 'setting', message, hint }
}

function settingKey(problem: SettingProblem | undefined): Sentence {
  if (!problem) throw new Error('the pattern of the schema and the rules of settings differ')
  return { code: 'setting-key', ...problem }
}

function nameSentence(kind: string, text: string, rule: string): Sentence {
  const reserved = text === 'Administrator' || text === 'AWSAdministrators'
  return reserved
    ? {
        code: 'name-reserved',
        message: `the ${kind} name ${quote(text)} is reserved by AWS`,
        hint: 'choose another name',
      }
    : { code: 'name', message: `${quote(text)} cannot be a ${kind} name${strangeIn(text)}`, hint: rule }
}

/** Which character AWS does not take in names and texts; most of them are seen nowhere, so that the text alone does not tell what is wrong with it. */
export function strangeIn(text: string): string {
  const character = /[^\p{L}\p{M}\p{S}\p{N}\p{P}\s]/u.exec(text)?.[0]
  return character === undefined ? '' : `: it contains ${codePoint(character)}, which AWS does not accept there`
}

/** What keeps a text from being Latin-1 text of a limited length. */
function latin1Problem(text: string, limit: number): string {
  const character = /[^\t\n\r\u0020-\u007E\u00A1-\u00FF]/u.exec(text)?.[0]
  if (character === undefined) return `has ${[...text].length} characters; at most ${limit} are allowed`
  return `contains ${quote(character)} (${codePoint(character)}), which AWS does not accept here`
}
