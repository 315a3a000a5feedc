import { secret } from './machines.ts'

/** A config as people have it, and what becomes of it. `PORTAL` is the start URL of the Identity Center that is asked. */
export interface RealConfig {
  readonly config: string
  readonly credentials?: string
  /** Profiles that are declared, without a look at AWS and with one. */
  readonly declared: readonly string[]
  /** The same with a look at AWS, where that knows more. */
  readonly online?: readonly string[]
  /** What the comments say of what is left out. */
  readonly says?: readonly RegExp[]
  readonly saysOnline?: readonly RegExp[]
  /** Region of identity_center; eu-west-1 where nothing is said. */
  readonly region?: string
  /** True for a file that the AWS CLI cannot read, so that plan says that first. */
  readonly broken?: true
}

const corp =
  '[sso-session corp]\nsso_start_url = PORTAL\nsso_region = eu-west-1\nsso_registration_scopes = sso:account:access\n'
const access = (account = '111122223333', role = 'AdministratorAccess') =>
  `sso_account_id = ${account}\nsso_role_name = ${role}\n`
const profile = (name: string, rest = access()) => `[profile ${name}]\nsso_session = corp\n${rest}`
const legacy = (name: string, url = 'PORTAL', region = 'eu-west-1') =>
  `[profile ${name}]\nsso_start_url = ${url}\nsso_region = ${region}\n${access()}`

/** Modelled on what people show in public reports about the AWS CLI and the tools around it, with names and numbers of our own. */
export const realConfigs: Readonly<Record<string, RealConfig>> = {
  'what aws configure sso writes': {
    config: `${profile('AdministratorAccess-111122223333', `${access()}region = eu-west-1\noutput = json\n`)}${corp}`,
    declared: ['AdministratorAccess-111122223333'],
  },
  'nothing at all': { config: '', declared: [] },
  'only comments': { config: '# nothing yet\n; really\n', declared: [] },
  'an account id without its leading zero': {
    config: corp + profile('a') + profile('b', access('12345678901')) + profile('c', access('0154011874')),
    declared: ['a'],
    says: [/profile b: .*11 digits.*leading zero/, /profile c: .*10 digits; account ids have 12/],
  },
  'an account id with hyphens, one in words and one that is empty': {
    config:
      corp + profile('a', access('1111-2222-3333')) + profile('b', access('<account>')) + profile('c', access('')),
    declared: [],
    says: [
      /profile a: .*1111-2222-3333 is not a 12-digit account id/,
      /profile b: .*<account>/,
      /profile c: .*has no account/,
    ],
  },
  'profiles of the old form alone': {
    config: legacy('dev') + legacy('prod'),
    declared: [],
    says: [/profile dev: it has the old form.*it adds sso_session/, /profile prod: it has the old form/],
  },
  'profiles of the old form beside a session': {
    config: corp + profile('a') + legacy('dev') + legacy('other', 'https://d-9999999999.awsapps.com/start'),
    declared: ['a'],
    says: [/profile dev: it has the old form/, /profile other: it signs in at https:\/\/d-9999999999/],
  },
  'the old form with a comment behind the Region': {
    config: legacy('dev', 'PORTAL', 'eu-west-1 # the region Identity Center is in'),
    declared: [],
    says: [/profile dev: it has the old form/],
  },
  'a section without the word profile': {
    config: `${corp}${profile('a')}[dev]\nsso_session = corp\n${access()}`,
    declared: ['a'],
    says: [/\[dev\] on line \d+: AWS tools do not treat it as a profile.*\[profile dev\]/],
  },
  'the word profile in capitals, and in the plural': {
    config: `${corp}${profile('a')}[Profile dev]\nregion = eu-west-1\n[profiles prod]\nsso_session = corp\n${access()}`,
    declared: ['a'],
    says: [
      /\[Profile dev\] on line \d+.*write \[profile dev\]/,
      /profile prod: only the AWS CLI reads \[profiles prod\].*change it to \[profile prod\]/,
    ],
  },
  'a name with a space, quoted and not': {
    config: `${corp}${profile('a')}${profile('"my dev"')}${profile('my prod', 'region = eu-west-1\n')}`,
    declared: ['a'],
    says: [/profile my dev: its name has a space/, /\[profile my prod\] on line \d+.*\[profile my-prod\]/],
  },
  'a session with a space in its name': {
    config: `[sso-session "My Company"]\nsso_start_url = PORTAL\nsso_region = eu-west-1\n[profile a]\nsso_session = My Company\n${access()}`,
    declared: [],
    says: [/profile a: its sso-session My Company was left out/, /sso-session My Company: its name has a space/],
  },
  'a customised start URL, and a profile outside the organization': {
    config: `[sso-session corp]\nsso_start_url = https://my-company.awsapps.com/start\nsso_region = eu-west-1\n${profile('a')}${profile('partner', access('999988887777'))}`,
    declared: ['a', 'partner'],
    online: ['a'],
    saysOnline: [/profile partner: account 999988887777 is not in this organization/],
  },
  'a session without scopes, or with the key misspelt': {
    config: `[sso-session corp]\nsso_start_url = PORTAL\nsso_region = eu-west-1\nsso_registration_scope = sso:account:access\n${profile('a')}`,
    declared: ['a'],
  },
  'scopes of a developer tool': {
    config: `${corp.replace('sso:account:access', 'sso:account:access,codewhisperer:completions')}${profile('a')}`,
    declared: ['a'],
  },
  'the start URL as the browser shows it': {
    config: `${corp.replace('PORTAL', 'PORTAL/#/')}${profile('a')}`,
    declared: ['a'],
  },
  'a role that is assumed from a session profile': {
    config: `${corp}${profile('base')}[profile deploy]\nrole_arn = arn:aws:iam::444455556666:role/Deploy\nsource_profile = base\n`,
    declared: ['base'],
    says: [/profile deploy: AWS tools resolve it to the role Deploy in 444455556666 through profile base/],
  },
  'role_arn beside the keys of a session': {
    config: `${corp}${profile('a')}${profile('b', `${access()}role_arn = arn:aws:iam::444455556666:role/OrganizationAccountAccessRole\nsource_profile = a\n`)}`,
    declared: ['a'],
    says: [
      /profile b: AWS tools resolve it to the role OrganizationAccountAccessRole in 444455556666 through profile a/,
    ],
  },
  'Granted with a credential process and a session': {
    config: `[sso-session corp]\nsso_region    = eu-west-1\nsso_start_url = PORTAL\n[profile example]\nsso_session = corp\ngranted_sso_account_id = 111122223333\ngranted_sso_role_name  = AdministratorAccess\nregion                 = ap-southeast-2\ncredential_process     = granted credential-process --profile example\n`,
    declared: [],
    says: [/profile example: AWS tools resolve it to the output of credential_process/],
  },
  'Granted alone, as it generates profiles': {
    config: `[profile Prod/Developer]\ngranted_sso_start_url      = https://corp.awsapps.com/start/\ngranted_sso_region         = eu-west-1\ngranted_sso_account_id     = 111122223333\ngranted_sso_role_name      = Developer\ncommon_fate_generated_from = aws-sso\ncredential_process         = granted credential-process --auto-login --profile Prod/Developer\n`,
    declared: [],
    says: [/profile Prod\/Developer: AWS tools resolve it to the output of credential_process/],
  },
  'aws-sso-cli': {
    config: `# BEGIN_AWS_SSO_CLI\n\n[profile Main:AdministratorAccess]\ncredential_process = /usr/local/bin/aws-sso -u open -S "Default" process --arn arn:aws:iam::111122223333:role/AdministratorAccess\n\n# END_AWS_SSO_CLI\n`,
    declared: [],
    says: [/profile Main:AdministratorAccess: AWS tools resolve it to the output of credential_process/],
  },
  'aws-sso-util': {
    config: `[profile dev]\nsso_start_url = PORTAL\nsso_region = eu-west-1\n${access()}region = us-east-2\ncredential_process = aws-sso-util credential-process --profile dev\nsso_auto_populated = true\n`,
    declared: [],
    says: [/profile dev: the SDK for JavaScript resolves it to the output of credential_process/],
  },
  'aws-vault': {
    config: `[default]\nregion = eu-west-2\n[profile mfa]\nmfa_serial = arn:aws:iam::111122223333:mfa/me\n[profile admin]\ninclude_profile = mfa\nsource_profile = mfa\nrole_arn = arn:aws:iam::111122223333:role/admin\n`,
    declared: [],
    says: [
      /profile default: it does not sign in/,
      /profile mfa: it does not sign in/,
      /profile admin: it does not sign in/,
    ],
  },
  saml2aws: {
    config: '[profile saml]\nregion = eu-west-1\n',
    credentials: `[saml]\naws_access_key_id = ASIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${secret}\naws_session_token = ${secret}\nx_principal_arn = arn:aws:sts::111122223333:assumed-role/Dev/me\n`,
    declared: [],
    says: [
      /profile saml: AWS tools resolve it to the access keys in the credentials file \(line 2 of the credentials file\)/,
    ],
  },
  'yawsso, which copies role credentials into the credentials file': {
    config: corp + profile('dev') + profile('prod'),
    credentials: `[dev]\naws_access_key_id = ASIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${secret}\naws_session_token = ${secret}\n`,
    declared: ['prod'],
    says: [/profile dev: the SDK for JavaScript resolves it to the access keys in the credentials file/],
  },
  'access keys beside a session in the config itself': {
    config: `${corp}${profile('a')}${profile('b', `${access()}aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${secret}\n`)}`,
    declared: ['a'],
    says: [/profile b: the SDK for JavaScript resolves it to the access keys in the config file/],
  },
  'aws login': {
    config: `${corp}${profile('a')}[profile bootstrap]\nlogin_session = arn:aws:iam::111122223333:root\nregion = eu-west-1\n`,
    declared: ['a'],
    says: [/profile bootstrap: AWS tools resolve it to the console login/],
  },
  'several sessions of several portals': {
    config: `${corp}${profile('a')}${profile('b')}[sso-session client]\nsso_start_url = https://client.awsapps.com/start\nsso_region = eu-west-1\n[profile client]\nsso_session = client\n${access('999988887777')}`,
    declared: ['a', 'b'],
    says: [/profile client: its sso-session client was left out/, /sso-session client: /],
  },
  'two sessions of one portal': {
    config: `${corp}${profile('a')}${profile('b')}[sso-session corp-2]\nsso_start_url = PORTAL/\nsso_region = eu-west-1\n[profile c]\nsso_session = corp-2\n${access()}`,
    declared: ['a', 'b'],
    says: [
      /profile c: its sso-session corp-2 was left out/,
      /sso-session corp-2: a manifest has one session, here corp/,
    ],
  },
  'a session that nobody wrote': {
    config: `${corp}${profile('a')}[profile b]\nsso_session = my-sso\n${access()}`,
    declared: ['a'],
    says: [/profile b: there is no \[sso-session my-sso\]/],
  },
  'a session without a start URL': {
    config: `[sso-session corp]\nsso_region = eu-west-1\n${profile('a')}`,
    declared: [],
    says: [/sso-session corp: it has no sso_start_url/, /profile a: its sso-session corp was left out/],
  },
  'default under both headers': {
    config: `${corp}${profile('a')}[default]\nregion = eu-west-1\n[profile default]\nsso_session = corp\n${access()}`,
    declared: ['a'],
    says: [/profile default: it appears twice, as \[default\] on line \d+ and \[profile default\] on line \d+/],
  },
  'default as a session profile': {
    config: `${corp}[default]\nsso_session = corp\n${access()}region = eu-west-1\noutput =\n`,
    declared: ['default'],
  },
  'written by a Windows editor': {
    config: (corp + profile('a') + profile('b', access('0154011874'))).replaceAll('\n', '\r\n'),
    declared: ['a'],
    says: [/profile b: .*10 digits/],
  },
  'nested blocks and services': {
    config: `${corp}${profile('a', `${access()}s3 =\n    max_concurrent_requests = 20\n    region = us-east-1\nservices = local\n`)}[services local]\ns3 =\n  endpoint_url = http://localhost:4566\n`,
    declared: ['a'],
  },
  'profiles that another manifest manages': {
    config: `${corp}${profile('a')}# managed by sso-reconcile/team\n${profile('b')}`,
    declared: ['a'],
    says: [/profile b: it is managed by another manifest \(sso-reconcile\/team\)/],
  },
  'profiles without role or account': {
    config: `${corp}${profile('a')}${profile('b', 'sso_account_id = 111122223333\n')}${profile('token', '')}`,
    declared: ['a'],
    says: [/profile b: it has no role/, /profile token: it has no account/],
  },
  'the IAM role in place of the permission set': {
    config: `${corp}${profile('a')}${profile('b', access('111122223333', 'AWSReservedSSO_AdministratorAccess_0123456789abcdef'))}`,
    declared: ['a'],
    says: [/profile b: .*write the name of the permission set, AdministratorAccess/],
  },
  'a permission set that is not there any more': {
    config: `${corp}${profile('a')}${profile('b', access('111122223333', 'Gone'))}`,
    declared: ['a', 'b'],
    online: ['a'],
    saysOnline: [/profile b: there is no permission set Gone/],
  },
  'a key twice in a section': {
    config: `${corp}${profile('a', `${access()}region = eu-west-1\nregion = us-east-1\n`)}`,
    declared: [],
    says: [
      /\[sso-session corp\] on line 1: the AWS CLI cannot read the file \(line \d+: key "region"/,
      /\[profile a\] on line \d+: the AWS CLI cannot read/,
    ],
    broken: true,
  },
  'a section twice': {
    config: `${corp}${profile('a')}${profile('a')}`,
    declared: [],
    says: [/\[profile a\] on line \d+: the AWS CLI cannot read the file/],
    broken: true,
  },
  'comments behind values': {
    config: `${corp}${profile('a', `${access()}region = eu-central-1 # Frankfurt\noutput = json ; always\n`)}`,
    declared: ['a'],
    says: [/profile a, region: /, /profile a, output: /],
  },
  'a session profile that repeats the portal': {
    config: `${corp}${profile('a', `sso_start_url = PORTAL\nsso_region = eu-west-1\n${access()}`)}${profile('b', `sso_region = us-east-1\n${access()}`)}`,
    declared: ['a'],
    says: [/profile b: its sso_region differs from its session/],
  },
  'an indented header': {
    config: `${corp}${profile('a', `${access()}region = eu-west-1\n`)}  [profile b]\n  sso_session = corp\n`,
    declared: ['a'],
    says: [/\[profile b\] on line \d+: it is indented/],
  },
  'keys for every section': {
    config: `[DEFAULT]\nregion = eu-west-1\n${corp}${profile('a')}${profile('b', `${access()}region = us-east-1\n`)}`,
    declared: ['a'],
    says: [/\[DEFAULT\] on line 1/, /profile b: the AWS CLI rejects it: region differs from the sso-session/],
  },
  'Control Tower': {
    config: `${corp}${profile('AWSAdministratorAccess-111122223333', access('111122223333', 'AWSAdministratorAccess'))}`,
    declared: ['AWSAdministratorAccess-111122223333'],
  },
  GovCloud: {
    config: `[profile gov]\nsso_start_url  = https://start.us-gov-home.awsapps.com/directory/d-1234567890\nsso_region     = us-gov-west-1\n${access()}region         = us-gov-west-1\n`,
    declared: [],
    region: 'us-gov-west-1',
    says: [/profile gov: it has the old form/],
  },
  China: {
    config: `[sso-session cn]\nsso_start_url = https://start.home.awsapps.cn/directory/d-1234567890\nsso_region = cn-north-1\n[profile cn]\nsso_session = cn\n${access()}`,
    declared: ['cn'],
    online: [],
    saysOnline: [/sso-session cn: its sso_region is cn-north-1, not eu-west-1/],
    region: 'cn-north-1',
  },
  'an additional Region of the portal': {
    config: `[sso-session away]\nsso_start_url = https://ssoins-0123456789abcdef.portal.us-west-2.app.aws\nsso_region = us-west-2\n[profile a]\nsso_session = away\n${access()}`,
    declared: ['a'],
    online: [],
    region: 'us-west-2',
    saysOnline: [
      /sso-session away: its sso_region is us-west-2, not eu-west-1/,
      /profile a: its sso-session away was left out/,
    ],
  },
  'names that mean something to YAML': {
    config: corp + ['no', '12', '~', 'a:b', '@x', '%y', '-', 'null'].map((name) => profile(name)).join(''),
    declared: ['12', '@x', 'a:b', 'no', 'null', '%y'],
    says: [/profile ~: /, /profile -: its name begins with -/],
  },
  'names that mean something to JavaScript': {
    config: corp + ['constructor', 'toString'].map((name) => profile(name)).join(''),
    declared: ['constructor', 'toString'],
  },
  'a name because of which the SDK for JavaScript drops the file': {
    config: corp + ['__proto__', 'a'].map((name) => profile(name)).join(''),
    declared: [],
    says: [/profile __proto__: /, /profile a: the SDK for JavaScript cannot see it in this file/],
  },
  'a stand-in for AWS behind the login': {
    config: `${corp}${profile('a')}${profile('b', `${access()}endpoint_url = http://localhost:4566\n`)}${profile('c', `${access()}services = stand-in\n`)}[services stand-in]\nsts =\n  endpoint_url = http://localhost:4566\n`,
    declared: ['a'],
    says: [
      /profile b: it checks its identity at http:\/\/localhost:4566 instead of AWS \(endpoint_url, line \d+\)/,
      /profile c: it checks its identity at http:\/\/localhost:4566 instead of AWS \(services/,
    ],
  },
  'two people with one portal': {
    config: `${corp}${corp.replace('corp', 'second')}${profile('a')}${profile('b').replace('corp', 'second')}`,
    declared: ['a'],
    says: [/profile b: its sso-session second was left out/, /sso-session second: a manifest has one session/],
  },
  'a tool with keys of its own beside the session': {
    config: `${corp}${profile('a')}${profile('b', 'granted_sso_account_id = 111122223333\ngranted_sso_role_name = AdministratorAccess\ncredential_process = granted credential-process --profile b\n')}`,
    declared: ['a'],
    says: [/profile b: AWS tools resolve it to the output of credential_process/],
  },
}
