/** A row of the table: sections of the two files, variables, and who each tool is by what AWS documents and tools do. */
export interface Row {
  readonly config?: string
  readonly credentials?: string
  readonly env?: Readonly<Record<string, string>>
  readonly profile?: string
}

const session = `
[sso-session corp]
sso_start_url = https://d-1234567890.awsapps.com/start
sso_region = eu-west-1
sso_registration_scopes = sso:account:access
`
const sso = 'sso_session = corp\nsso_account_id = 111122223333\nsso_role_name = ReadOnly\n'
const legacy =
  'sso_start_url = https://d-1234567890.awsapps.com/start\nsso_region = eu-west-1\nsso_account_id = 111122223333\nsso_role_name = Old\n'
const role = 'role_arn = arn:aws:iam::444455556666:role/Admin\n'
const token = 'web_identity_token_file = @HOME@/token\n'
const process = 'credential_process = /bin/sh @HOME@/process.sh\n'
const login = 'login_session = arn:aws:iam::111122223333:user/noah\n'
const inConfig = 'aws_access_key_id = AKIACONFIG1\naws_secret_access_key = x\n'
const inCredentials = 'aws_access_key_id = AKIACREDENTIALS1\naws_secret_access_key = x\n'
const base = `[profile base]\n${inConfig}`
const environmentKeys = { AWS_ACCESS_KEY_ID: 'AKIAENVIRONMENT1', AWS_SECRET_ACCESS_KEY: 'x' }
const environmentRole = {
  AWS_WEB_IDENTITY_TOKEN_FILE: '@HOME@/token',
  AWS_ROLE_ARN: 'arn:aws:iam::777788889999:role/Pipeline',
}
const prod = { AWS_PROFILE: 'prod' }
const containerRole = { AWS_CONTAINER_CREDENTIALS_FULL_URI: '@CLOUD@/container' }

/** The profile `prod` with these keys, beside the session. */
function section(...keys: readonly string[]): string {
  return `${session}[profile prod]\n${keys.join('')}`
}

/** Situations by what is in them. */
export const rows: Readonly<Record<string, Row>> = {
  'a sign-in': { config: section(sso), env: prod },
  'a sign-in of the older form': { config: section(legacy), env: prod },
  'a sign-in, named explicitly': { config: section(sso), profile: 'prod' },
  'a sign-in as the default': { config: `${session}[default]\n${sso}` },
  'a sign-in and a role through keys': { config: section(sso, role, 'source_profile = base\n') + base, env: prod },
  'a sign-in and a role without a source': { config: section(sso, role), env: prod },
  'a sign-in and a role with two sources': {
    config: section(sso, role, 'source_profile = base\ncredential_source = Environment\n') + base,
    env: prod,
  },
  'a sign-in and a role through a missing profile': {
    config: section(sso, role, 'source_profile = gone\n'),
    env: prod,
  },
  'a sign-in and a role through itself': { config: section(sso, role, 'source_profile = prod\n'), env: prod },
  'a sign-in, keys and a role through itself': {
    config: section(sso, inConfig, role, 'source_profile = prod\n'),
    env: prod,
  },
  'keys and a role through itself': { config: section(inConfig, role, 'source_profile = prod\n'), env: prod },
  'a sign-in and a role of the environment': {
    config: section(sso, role, 'credential_source = Environment\n'),
    env: { ...prod, ...environmentKeys },
  },
  'a role of the environment, named explicitly': {
    config: section(role, 'credential_source = Environment\n'),
    env: environmentKeys,
    profile: 'prod',
  },
  'a role of an environment without keys': {
    config: section(sso, role, 'credential_source = Environment\n'),
    env: prod,
  },
  'a role of the container': {
    config: section(sso, role, 'credential_source = EcsContainer\n'),
    env: { ...prod, ...containerRole },
  },
  'a role of a container that is none': { config: section(role, 'credential_source = EcsContainer\n'), env: prod },
  'a role of the instance': { config: section(sso, role, 'credential_source = Ec2InstanceMetadata\n'), env: prod },
  'a role of an unknown source': { config: section(sso, role, 'credential_source = Elsewhere\n'), env: prod },
  'a sign-in and a role with a token': { config: section(sso, role, token), env: prod },
  'a sign-in, a role with a token and a source': {
    config: section(sso, role, token, 'source_profile = base\n') + base,
    env: prod,
  },
  'a sign-in and a token without a role': { config: section(sso, token), env: prod },
  'a role with a token alone': { config: section(role, token), env: prod },
  'a sign-in and a program': { config: section(sso, process), env: prod },
  'a program alone': { config: section(process), env: prod },
  'a sign-in and a console login': { config: section(sso, login), env: prod },
  'a console login alone': { config: section(login), env: prod },
  'a console login and a program': { config: section(login, process), env: prod },
  'a console login and keys in the config file': { config: section(login, inConfig), env: prod },
  'a console login and keys in the credentials file': {
    config: section(login),
    credentials: `[prod]\n${inCredentials}`,
    env: prod,
  },
  'a sign-in and keys in the config file': { config: section(sso, inConfig), env: prod },
  'a sign-in and keys in the credentials file': {
    config: section(sso),
    credentials: `[prod]\n${inCredentials}`,
    env: prod,
  },
  'a sign-in and half a key in the credentials file': {
    config: section(sso),
    credentials: '[prod]\naws_access_key_id = AKIACREDENTIALS1\n',
    env: prod,
  },
  'half a key in the credentials file': {
    credentials: '[prod]\naws_access_key_id = AKIACREDENTIALS1\n',
    env: { ...prod, AWS_EC2_METADATA_DISABLED: 'true' },
  },
  'a key in one file, its secret in the other': {
    config: section('aws_access_key_id = AKIACONFIG1\n'),
    credentials: '[prod]\naws_secret_access_key = x\n',
    env: prod,
  },
  'keys in both files': {
    config: section(inConfig),
    credentials: `[prod]\n${inCredentials}`,
    env: prod,
  },
  'a program and keys in the config file': { config: section(process, inConfig), env: prod },
  'a program and keys in the credentials file': {
    config: section(process),
    credentials: `[prod]\n${inCredentials}`,
    env: prod,
  },
  'a sign-in, and a role in the credentials file': {
    config: section(sso) + base,
    credentials: `[prod]\n${role}source_profile = base\n`,
    env: prod,
  },
  'a sign-in, and a program in the credentials file': {
    config: section(sso),
    credentials: `[prod]\n${process}`,
    env: prod,
  },
  'a sign-in in the credentials file alone': { config: session, credentials: `[prod]\n${sso}`, env: prod },
  'another account in the credentials file': {
    config: section(sso),
    credentials: '[prod]\nsso_account_id = 999900001111\n',
    env: prod,
  },
  'a section of the credentials file with the word profile': {
    config: section(sso),
    credentials: `[profile prod]\n${inCredentials}`,
    env: prod,
  },
  'a role through a sign-in': {
    config: `${session}[profile base]\n${sso}[profile prod]\n${role}source_profile = base\n`,
    env: prod,
  },
  'a role through a sign-in with keys beside it': {
    config: `${session}[profile base]\n${sso}${inConfig}[profile prod]\n${role}source_profile = base\n`,
    env: prod,
  },
  'a role through two more': {
    config: `${session}[profile base]\n${sso}[profile middle]\n${role.replace('Admin', 'Middle')}source_profile = base\n[profile prod]\n${role}source_profile = middle\n`,
    env: prod,
  },
  'a role through one that has keys too': {
    config: `${base}[profile middle]\n${role.replace('Admin', 'Middle')}source_profile = base\naws_access_key_id = AKIACONFIG2\naws_secret_access_key = x\n[profile prod]\n${role}source_profile = middle\n`,
    env: prod,
  },
  'a role through a circle': {
    config: `${session}[profile other]\n${role}source_profile = prod\n[profile prod]\n${role}source_profile = other\n`,
    env: { ...prod, AWS_EC2_METADATA_DISABLED: 'true' },
  },
  'a role through a profile of a token': {
    config: `[profile base]\n${role.replace('Admin', 'Token')}${token}[profile prod]\n${role}source_profile = base\n`,
    env: prod,
  },
  'a role through a program': {
    config: `[profile base]\n${process}[profile prod]\n${role}source_profile = base\n`,
    env: prod,
  },
  'a role through keys of the credentials file': {
    config: `[profile prod]\n${role}source_profile = base\n`,
    credentials: `[base]\n${inCredentials}`,
    env: prod,
  },
  'a role that asks for a code': {
    config: `${base}[profile prod]\n${role}source_profile = base\nmfa_serial = arn:aws:iam::111122223333:mfa/noah\n`,
    env: prod,
  },
  'a role through a profile that names a source alone': {
    config: `[profile base]\ncredential_source = Environment\n[profile prod]\n${role}source_profile = base\n`,
    env: { ...prod, ...environmentKeys },
  },
  'keys in the environment': { config: `${session}[default]\n${sso}`, env: environmentKeys },
  'keys in the environment and AWS_PROFILE': { config: section(sso), env: { ...prod, ...environmentKeys } },
  'keys in the environment and a profile named explicitly': {
    config: section(sso),
    env: environmentKeys,
    profile: 'prod',
  },
  'half a key in the environment': {
    config: `${session}[default]\n${sso}`,
    env: { AWS_ACCESS_KEY_ID: 'AKIAENVIRONMENT1' },
  },
  'a role of a pipeline': { config: `${session}[default]\n${sso}`, env: environmentRole },
  'a role of a pipeline and AWS_PROFILE': { config: section(sso), env: { ...prod, ...environmentRole } },
  'a role of a pipeline and a profile named explicitly': {
    config: section(sso),
    env: environmentRole,
    profile: 'prod',
  },
  'half a role of a pipeline, the rest in the profile': {
    config: section(role, token.replace('token', 'elsewhere')),
    env: { ...prod, AWS_WEB_IDENTITY_TOKEN_FILE: '@HOME@/token' },
  },
  'AWS_DEFAULT_PROFILE and AWS_PROFILE': {
    config: `${section(sso)}[profile other]\n${inConfig}`,
    env: { ...prod, AWS_DEFAULT_PROFILE: 'other' },
  },
  'a profile that is not there': {
    config: section(sso),
    env: { AWS_PROFILE: 'gone', AWS_EC2_METADATA_DISABLED: 'true' },
  },
  'an empty AWS_PROFILE': { config: `${session}[default]\n${sso}`, env: { AWS_PROFILE: '' } },
  'nothing at all, in a container': { env: containerRole },
  'nothing at all, on an instance': {},
  'nothing at all, where there is no instance': { env: { AWS_EC2_METADATA_DISABLED: 'true' } },
  'a profile without credentials, on an instance': { config: section('region = eu-west-1\n'), env: prod },
  'a session that is not there': {
    config: '[profile prod]\nsso_session = gone\nsso_account_id = 111122223333\nsso_role_name = ReadOnly\n',
    env: prod,
  },
  'a sign-in without an account': { config: section('sso_session = corp\nsso_role_name = ReadOnly\n'), env: prod },
  'a session alone': { config: section('sso_session = corp\n'), env: { ...prod, AWS_EC2_METADATA_DISABLED: 'true' } },
  'a sign-in that contradicts its session': { config: section(sso, 'sso_region = us-east-1\n'), env: prod },
  'a sign-in that repeats its session': { config: section(sso, 'sso_region = eu-west-1\n'), env: prod },
  'a session without a Region': {
    config: `[sso-session corp]\nsso_start_url = https://d-1234567890.awsapps.com/start\n[profile prod]\n${sso}`,
    env: prod,
  },
  'a section without the word profile': {
    config: `${session}[prod]\n${sso}`,
    env: { ...prod, AWS_EC2_METADATA_DISABLED: 'true' },
  },
  'default written twice': { config: `${session}[default]\n${sso}[profile default]\n${inConfig}` },
  'default written twice, the other way round': { config: `${session}[profile default]\n${inConfig}[default]\n${sso}` },
  'a name in quotes': { config: `${session}[profile "prod"]\n${sso}`, env: prod },
  'a name with two spaces before it': {
    config: `${session}[profile  prod]\n${sso}`,
    env: { ...prod, AWS_EC2_METADATA_DISABLED: 'true' },
  },
  'a key with a colon': {
    config: `${section(sso)}${role.replace(' =', ':')}source_profile: base\n${base}`,
    env: prod,
  },
  'a key in capitals': {
    config: `${section(sso)}Role_Arn = arn:aws:iam::444455556666:role/Admin\nSource_Profile = base\n${base}`,
    env: prod,
  },
  'a role in a block': {
    config: section(sso, 's3 =\n  role_arn = arn:aws:iam::444455556666:role/Admin\n  source_profile = base\n') + base,
    env: prod,
  },
  'a comment behind a value': { config: section(sso.replace('ReadOnly', 'ReadOnly # mine')), env: prod },
  'a line that cannot be read': { config: `${section(sso)}what is this\n`, env: prod },
  'a key twice': { config: section(sso, 'sso_role_name = Other\n'), env: prod },
  'keys for everybody': { config: `[DEFAULT]\n${role}source_profile = base\n${section(sso)}${base}`, env: prod },
}
