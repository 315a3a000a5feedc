import { mkdtempSync, writeFileSync } from 'node:fs'
import { devNull, tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { childAs } from '../../src/login/run-as.ts'
import { type Cloud, startCloud } from '../local/identity/support/cloud.ts'
import { loginsIn } from '../local/identity/support/home.ts'
import { askBotocore, askSdk, botocoreMissing, type Situation } from '../local/identity/support/judges.ts'
import { removedAtEnd } from '../support/at-end.ts'

const config = `[sso-session corp]
sso_start_url = https://d-1234567890.awsapps.com/start
sso_region = eu-west-1
[profile base]
aws_access_key_id = AKIACONFIG1
aws_secret_access_key = x
[profile prod]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = ReadOnly
`
const role = 'role_arn = arn:aws:iam::444455556666:role/Admin\n'
const keys = 'aws_access_key_id = AKIACREDENTIALS1\naws_secret_access_key = x\n'

/** What stands beside the profile, and what has to be left out for it. */
interface Beside {
  readonly config?: string
  readonly credentials?: string
  readonly env?: Readonly<Record<string, string>>
  readonly left: readonly string[]
}

const rivals: Readonly<Record<string, Beside>> = {
  nothing: { left: [] },
  'keys in the environment': {
    env: { AWS_ACCESS_KEY_ID: 'AKIAENVIRONMENT1', AWS_SECRET_ACCESS_KEY: 'x' },
    left: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
  },
  'the role of a pipeline': {
    env: { AWS_ROLE_ARN: 'arn:aws:iam::777788889999:role/Pipeline', AWS_WEB_IDENTITY_TOKEN_FILE: '@HOME@/token' },
    left: ['AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE'],
  },
  'another default profile': { env: { AWS_DEFAULT_PROFILE: 'base' }, left: ['AWS_DEFAULT_PROFILE'] },
  'another profile': { env: { AWS_PROFILE: 'base' }, left: [] },
  'keys in the credentials file': { credentials: `[prod]\n${keys}`, left: ['credentials (it has a section [prod])'] },
  'a role in the credentials file': {
    credentials: `[prod]\n${role}source_profile = base\n`,
    left: ['credentials (it has a section [prod])'],
  },
  'a program in the credentials file': {
    credentials: '[prod]\ncredential_process = /bin/sh @HOME@/process.sh\n',
    left: ['credentials (it has a section [prod])'],
  },
  'a credentials file that cannot be read': {
    credentials: 'what is this\n',
    left: ['credentials (it has a section [prod])'],
  },
  'a role of a container': {
    env: { AWS_CONTAINER_CREDENTIALS_FULL_URI: '@CLOUD@/container' },
    left: [],
  },
}

const refused: Readonly<Record<string, readonly [Beside['config'], RegExp]>> = {
  'a role in the section': [`${role}source_profile = base\n`, /resolve profile prod to the role Admin in 444455556666/],
  'a program in the section': [
    'credential_process = x\n',
    /SDK for JavaScript resolves profile prod to the output of credential_process/,
  ],
  'keys in the section': [
    'aws_access_key_id = AKIACONFIG1\naws_secret_access_key = x\n',
    /SDK for JavaScript resolves profile prod to the access keys in the config file/,
  ],
}

describe('a command run as a profile', () => {
  const home = removedAtEnd(mkdtempSync(join(tmpdir(), 'run-as-')))
  let cloud: Cloud
  beforeAll(async () => {
    cloud = await startCloud()
    loginsIn(home)
  })

  it.each(Object.entries(rivals))('is that profile with %s', async (name, { credentials = '', env = {}, left }) => {
    const real = (text: string) => text.replaceAll('@HOME@', home).replaceAll('@CLOUD@', cloud.url)
    const place = (file: string, text: string) => {
      const path = join(home, `${file}-${name.replaceAll(' ', '-')}`)
      writeFileSync(path, real(text))
      return path
    }
    const files = { config: place('config', config), credentials: place('credentials', credentials) }
    const variables = Object.fromEntries(Object.entries(env).map(([key, value]) => [key, real(value)]))
    const child = childAs(
      'prod',
      {
        config: { path: 'config', text: config },
        credentials: { path: 'credentials', text: real(credentials) },
      },
      variables,
    )
    if ('refusal' in child) throw new Error(child.refusal.message)
    expect(child.left).toEqual(left)
    const own = Object.entries(child.env).filter((one): one is [string, string] => one[1] !== undefined)
    const situation: Situation = {
      ...files,
      ...(child.env.AWS_SHARED_CREDENTIALS_FILE ? { credentials: devNull } : {}),
      env: {
        AWS_REGION: 'eu-west-1',
        AWS_DEFAULT_REGION: 'eu-west-1',
        AWS_ENDPOINT_URL: cloud.url,
        AWS_EC2_METADATA_SERVICE_ENDPOINT: cloud.url,
        ...Object.fromEntries(own),
      },
    }
    const [sdk] = await askSdk(home, [situation])
    expect(cloud.who(sdk ?? '')).toBe('sso 111122223333 ReadOnly')
    if (botocoreMissing) return
    const [botocore] = await askBotocore(home, [situation])
    expect(cloud.who(botocore ?? '')).toBe('sso 111122223333 ReadOnly')
  })

  it.each(Object.entries(refused))('is not run with %s', (_name, [more, message]) => {
    const files = {
      config: { path: 'config', text: `${config}${more}` },
      credentials: { path: 'credentials', text: undefined },
    }
    const child = childAs('prod', files, {})
    expect(child).toMatchObject({ refusal: { code: 'profile-somebody-else', message: expect.stringMatching(message) } })
  })

  it('gets no keys by their older names, which Terraform and Java read, and files that every tool finds', () => {
    const files = {
      config: { path: '/home/noah/aws/config', text: config },
      credentials: { path: '/home/noah/.aws/credentials', text: undefined },
    }
    const keys = { AWS_ACCESS_KEY: 'AKIAOLDER', AWS_SECRET_KEY: 'x' }
    const places = { AWS_CONFIG_FILE: '$HOME/aws/config', AWS_SHARED_CREDENTIALS_FILE: '' }
    expect(childAs('prod', files, { ...keys, ...places })).toEqual({
      env: { AWS_PROFILE: 'prod', AWS_CONFIG_FILE: '/home/noah/aws/config' },
      left: ['AWS_ACCESS_KEY', 'AWS_SECRET_KEY'],
    })
  })

  it('is run as a role through a profile that signs in, with a code too', () => {
    for (const more of ['', 'mfa_serial = arn:aws:iam::111122223333:mfa/noah\n']) {
      const files = {
        config: { path: 'config', text: `${config}[profile deploy]\n${role}source_profile = prod\n${more}` },
        credentials: { path: 'credentials', text: undefined },
      }
      expect(childAs('deploy', files, {})).toMatchObject({ env: { AWS_PROFILE: 'deploy' }, left: [] })
      expect(childAs('other', files, {})).toMatchObject({ refusal: { code: 'profile-broken' } })
    }
  })
})
