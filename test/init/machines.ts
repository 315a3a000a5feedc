import fc from 'fast-check'

/** A section of `~/.aws/config` as somebody wrote it. */
export interface WrittenSection {
  /** The whole header line. */
  readonly header: string
  /** What the section is called, for a comment that names it. */
  readonly name: string
  readonly lines: readonly string[]
  /** A comment line above the header. */
  readonly above?: string
}

/** What stands for a secret in these files; none of it may turn up anywhere else. */
export const secret = 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY'

/** The text of a config with these sections. */
export function configText(sections: readonly WrittenSection[], end = '\n'): string {
  const blocks = sections.map(({ above, header, lines }) => [...(above ? [above] : []), header, ...lines, ''])
  return blocks.flat().join(end)
}

const names = ['dev', 'prod', 'default', 'my dev', 'a.b', '0', 'no', 'prod/admin', '開発', "o'neil", 'x@y']
const sessions = ['corp', 'personal', 'my corp', 'gone']
const url = 'https://d-1234567890.awsapps.com/start'

function quoted(name: string): string {
  return /[\s'"]/.test(name) ? `"${name}"` : name
}

const signIn = [
  `sso_start_url = ${url}`,
  `sso_start_url = ${url}/#/`,
  'sso_start_url = https://my-company.awsapps.com/start',
  'sso_start_url = http://portal',
  `sso_start_url = ${url} # the portal`,
  'sso_start_url =',
  'sso_region = eu-west-1',
  'sso_region=eu-west-1',
  'SSO_Region = eu-west-1',
  'sso_region: us-east-1',
  'sso_region = eu-west-1 # home',
  'sso_registration_scopes = sso:account:access',
  'sso_registration_scope = sso:account:access',
]

const access = [
  ...sessions.map((name) => `sso_session = ${name}`),
  'sso_account_id = 111122223333',
  'sso_account_id = 012345678901',
  'sso_account_id = 0154011874',
  'sso_account_id = 1111-2222-3333',
  'sso_account_id =',
  'sso_role_name = AdministratorAccess',
  'sso_role_name = AWSReservedSSO_AdministratorAccess_0123456789abcdef',
  'sso_role_name = Read Only',
  'sso_role_name = 管理者',
]

const rest = [
  'region = eu-west-1',
  'region = ap-northeast-1 ; Tokyo',
  'region = "us-west-2"',
  'region =',
  'output = json',
  'output = JSON',
  's3 =\n    max_concurrent_requests = 20\n    region = us-east-1',
  'cli_pager =',
  '  [profile hidden]',
  'role_arn = arn:aws:iam::444455556666:role/Admin',
  'source_profile = base',
  'mfa_serial = arn:aws:iam::111122223333:mfa/me',
  'credential_process = granted credential-process --profile dev',
  'granted_sso_start_url = https://granted.awsapps.com/start',
  'granted_sso_region = us-west-2',
  'aws_access_key_id = AKIAIOSFODNN7EXAMPLE',
  `aws_secret_access_key = ${secret}`,
  `aws_session_token = ${secret}`,
  '# a comment',
  'x_principal_arn = arn:aws:sts::111122223333:assumed-role/Dev/me',
]

const keyOf = (line: string) => line.split(/[=:]/)[0]?.trim().toLowerCase()

const whole = (session: string, n: number) => [
  ...[`sso_session = ${session}`, `sso_account_id = ${n % 2 ? '111122223333' : '444455556666'}`],
  ...['sso_role_name = AdministratorAccess', 'region = eu-west-1'],
]

const profile: fc.Arbitrary<WrittenSection> = fc
  .record({
    name: fc.constantFrom(...names),
    style: fc.constantFrom('plain', 'plain', 'plain', 'quoted', 'bare', 'plural', 'capital', 'comment'),
    lines: fc.oneof(
      fc.tuple(fc.constantFrom('corp', 'personal'), fc.nat(3)).map(([session, n]) => whole(session, n)),
      fc.uniqueArray(fc.constantFrom(...access, ...signIn, ...rest), { maxLength: 8, selector: keyOf }),
      fc
        .uniqueArray(fc.constantFrom(...rest), { maxLength: 4, selector: keyOf })
        .map((more) => [
          ...whole('corp', 1).filter((line) => !more.some((one) => keyOf(one) === keyOf(line))),
          ...more,
        ]),
    ),
    mark: fc.constantFrom(undefined, undefined, undefined, undefined, 'sso-reconcile/other'),
  })
  .map(({ name, style, lines, mark }) => ({
    name,
    lines,
    header: headerOf(name, style),
    ...(mark ? { above: `# managed by ${mark}` } : {}),
  }))

function headerOf(name: string, style: string): string {
  if (style === 'bare' || (style === 'plain' && name === 'default')) return `[${name}]`
  if (style === 'quoted') return `[profile "${name}"]`
  if (style === 'plural') return `[profiles ${quoted(name)}]`
  if (style === 'capital') return `[Profile ${quoted(name)}]`
  return `[profile ${quoted(name)}]${style === 'comment' ? ' # mine' : ''}`
}

const session: fc.Arbitrary<WrittenSection> = fc
  .record({
    name: fc.constantFrom(...sessions.slice(0, 3)),
    lines: fc.oneof(
      fc.constant([`sso_start_url = ${url}`, 'sso_region = eu-west-1', 'sso_registration_scopes = sso:account:access']),
      fc.constant(['sso_start_url = https://my-company.awsapps.com/start/', 'sso_region = eu-west-1']),
      fc.uniqueArray(fc.constantFrom(...signIn), { maxLength: 4, selector: keyOf }),
    ),
  })
  .map(({ name, lines }) => ({ name, lines, header: `[sso-session ${quoted(name)}]` }))

const other: fc.Arbitrary<WrittenSection> = fc.constantFrom(
  { header: '[plugins]', name: '', lines: ['cli_legacy_plugin_path = /usr/lib/python3'] },
  { header: '[services local]', name: '', lines: ['s3 =', '  endpoint_url = http://localhost:4566'] },
  { header: '[sso default]', name: 'sso default', lines: [`sso_start_url = ${url}`, 'sso_region = us-east-2'] },
  { header: '[profile a b]', name: 'profile a b', lines: ['region = eu-west-1'] },
  { header: '[DEFAULT]', name: 'DEFAULT', lines: ['region = eu-west-1'] },
)

/** Configs in which no header comes twice, as the AWS CLI demands. */
export const configs: fc.Arbitrary<readonly WrittenSection[]> = fc
  .tuple(
    fc.uniqueArray(session, { maxLength: 3, selector: ({ header }) => header }),
    fc.uniqueArray(fc.oneof({ weight: 6, arbitrary: profile }, { weight: 1, arbitrary: other }), {
      maxLength: 7,
      selector: ({ header }) => header.replace(/ #.*/, ''),
    }),
  )
  .chain(([a, b]) => fc.shuffledSubarray([...a, ...b], { minLength: a.length + b.length }))
