import fc from 'fast-check'
import type { Row } from './rows.ts'

const lines = [
  'sso_session = corp',
  'sso_account_id = 111122223333',
  'sso_role_name = ReadOnly',
  'sso_start_url = https://d-1234567890.awsapps.com/start',
  'sso_region = eu-west-1',
  'role_arn = arn:aws:iam::444455556666:role/Admin',
  'source_profile = base',
  'source_profile = prod',
  'credential_source = Environment',
  'web_identity_token_file = @HOME@/token',
  'credential_process = /bin/sh @HOME@/process.sh',
  'login_session = arn:aws:iam::111122223333:user/noah',
  'aws_access_key_id = AKIA@FILE@1',
  'aws_secret_access_key = x',
  'aws_session_token = x',
  'region = eu-west-1',
]

const variables: readonly (readonly [string, string])[] = [
  ['AWS_ACCESS_KEY_ID', 'AKIAENVIRONMENT1'],
  ['AWS_SECRET_ACCESS_KEY', 'x'],
  ['AWS_PROFILE', 'prod'],
  ['AWS_DEFAULT_PROFILE', 'base'],
  ['AWS_WEB_IDENTITY_TOKEN_FILE', '@HOME@/token'],
  ['AWS_ROLE_ARN', 'arn:aws:iam::777788889999:role/Pipeline'],
  ['AWS_CONTAINER_CREDENTIALS_FULL_URI', '@CLOUD@/container'],
  ['AWS_EC2_METADATA_DISABLED', 'true'],
]

const session = `[sso-session corp]
sso_start_url = https://d-1234567890.awsapps.com/start
sso_region = eu-west-1
`

/** Rows thrown together from all that decides who one is; the same ones in every run. */
export function mixtures(count: number): readonly (readonly [string, Row])[] {
  return fc.sample(row, { numRuns: count, seed: 11 }).map((one) => [JSON.stringify(one), one])
}

/** A part of a list: each of it stands in so many of ten cases. */
function some<T>(list: readonly T[], often: number): fc.Arbitrary<T[]> {
  const each = list.map((one) => fc.integer({ min: 1, max: 10 }).map((draw) => (draw <= often ? [one] : [])))
  return fc.tuple(...each).map((chosen) => chosen.flat())
}

function keys(file: string): fc.Arbitrary<string> {
  return some(lines, 3).map((chosen) => {
    // A key twice makes the whole file unreadable for one of the two, which has a row of its own.
    const unique = new Map(chosen.map((line) => [line.split(' ')[0], line.replace('@FILE@', file)]))
    return [...unique.values()].join('\n')
  })
}

const row: fc.Arbitrary<Row> = fc
  .record({
    own: keys('CONFIG'),
    base: keys('CONFIG'),
    plain: keys('CONFIG'),
    stored: fc.option(fc.tuple(keys('CREDENTIALS'), keys('CREDENTIALS'))),
    env: some(variables, 3),
    isExplicit: fc.boolean(),
  })
  .map(({ own, base, plain, stored, env, isExplicit }) => ({
    config: `${session}[profile prod]\n${own}\n[profile base]\n${base}\n[default]\n${plain}\n`,
    ...(stored ? { credentials: `[prod]\n${stored[0]}\n[base]\n${stored[1]}\n` } : {}),
    env: Object.fromEntries(env),
    ...(isExplicit ? { profile: 'prod' } : {}),
  }))
