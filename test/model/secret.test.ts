import { describe, expect, it } from 'vitest'
import { secretLook } from '../../src/model/secret.ts'
import { nestedKeyProblem, settingKeyProblem } from '../../src/model/setting.ts'
import { hidden, masked } from '../../src/report/mask.ts'

// Put together here, so that no scanner of repositories takes them for real.
const made = (prefix: string, rest: string) => `${prefix}${rest}`
const letters = 'abcdefghijklmnopqrst'

/** What programs are given to sign in with, as their makers shape it. */
const values = [
  made('AKIA', 'IOSFODNN7EXAMPLE'),
  made('ghp_', letters),
  made('glpat-', letters),
  made('glrt-', letters),
  made('gldt-', letters),
  made('sk_live_', letters),
  made('rk_test_', letters),
  made('hvs.', `${letters}0`),
  made('SG.', `${letters}.${letters}`),
  made('hf_', letters),
  made('shpat_', '0123456789abcdef0123456789abcdef'),
  made('xapp-', `1-${letters}`),
  made('AIza', letters),
  made(letters, `.atlasv1.${letters}`),
  made('aBc8Q~', `${letters}.${letters}`),
  made('eyJhbGciOiJIUzI1NiJ9', '.eyJzdWIiOiIxIn0.abc'),
  made('Bearer ', letters),
  made('Basic ', 'dXNlcjpwYXNzd29yZA=='),
  made('https://hooks.slack.com', '/services/T000/B000/abcdefgh'),
  made('https://discord.com', '/api/webhooks/1/abcdefgh'),
]

describe('a value that its maker shaped as a secret', () => {
  it.each(values)('%s is one, whatever the variable is called and wherever it stands', (value) => {
    expect(secretLook('SSO_X', value)).toBe('has a value that looks like a secret')
    expect(secretLook('SSO_X', `one ${value} two`)).toBeDefined()
    expect(masked(`x ${value} y`)).toContain(hidden)
    expect(masked(`x ${value} y`)).not.toContain(value.slice(8, 18))
  })

  it.each([
    'https://user:word@example.com/',
    `https://${letters}@example.com/`,
    '0123456789abcdef0123456789abcdef',
    'abcd2efg3hij4klm5nop6qrs7tuv2wxy3zab4cde5fgh6ijk7lmn',
    'aGVsbG8gd29ybGQgaGVsbG8gd29ybGQgaGVsbG8g\nd29ybGQK',
    'one, "aGVsbG8gd29ybGQgaGVsbG8gd29ybGQgaGVsbG8g"',
  ])('%s alone is one', (value) => {
    expect(secretLook('SSO_X', value)).toBeDefined()
  })

  it.each([
    '',
    'taro@example.com',
    '111122223333',
    'https://d-1234567890.awsapps.com/start',
    'https://ssoins-1234567890abcdef.portal.eu-west-1.app.aws',
    'arn:aws:iam::111122223333:role/path/AdministratorAccess1',
    'ssoins-1234567890abcdef',
    '12345678-1234-1234-1234-123456789012',
    'global-administrators-of-everything',
    'eu-central-1',
    'the-basic-plan of 2026',
    '山田太郎',
  ])('%s is none', (value) => {
    expect(secretLook('SSO_X', value)).toBeUndefined()
  })
})

it.each(['SSO_PASS', 'DB_PW', 'SSO_PIN', 'OTP', 'SSO_JWT', 'SLACK_WEBHOOK', 'BEARER'])(
  'the name %s is that of a secret',
  (name) => {
    expect(secretLook(name)).toBe('is a secret, judging by its name')
  },
)

it.each(['SSO_EMAIL', 'SSO_PASSPORT', 'SSO_SPIN', 'COMPANY_DOMAIN', 'SSO_SESSION', 'PWD'])(
  'the name %s is not',
  (name) => {
    expect(secretLook(name)).toBeUndefined()
  },
)

it.each([
  'API_KEY',
  'APIKEY',
  'DB_PASSWORD',
  'PASSPHRASE',
  'MY_TOKEN',
  'CLIENT_SECRET',
  'ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_CREDENTIALS',
])('the name %s means the same in a variable, a key of a profile and a line of a file', (name) => {
  expect(secretLook(name)).toBe('is a secret, judging by its name')
  expect(settingKeyProblem(`x_${name.toLowerCase()}`)?.message).toContain('may be a secret')
  expect(nestedKeyProblem(name)?.message).toContain('may be a secret')
  expect(nestedKeyProblem(name.toLowerCase())?.message).toContain('may be a secret')
  expect(masked(`export ${name}=word`)).toBe(`export ${name}=${hidden}`)
})
