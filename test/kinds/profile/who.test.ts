import { describe, expect, test } from 'vitest'
import { newLaptop } from '../../support/machine.ts'

const one = 'local: { sso_session: corp, profiles: { prod: { account: dev, permission_set: ReadOnly } } }\n'
const settled = `[sso-session corp]
sso_start_url = https://d-1234567890.awsapps.com/start
sso_region = eu-west-1
sso_registration_scopes = sso:account:access
[profile base]
aws_access_key_id = AKIABASE
aws_secret_access_key = x
[profile prod]
sso_session = corp
sso_account_id = 444455556666
sso_role_name = ReadOnly
`
const role = 'role_arn = arn:aws:iam::444455556666:role/Admin\n'
const keys = 'aws_access_key_id = AKIAPROD\naws_secret_access_key = x\n'

/** What stands in the files beside the keys we write, and what has to be said about it. */
interface Stranger {
  readonly config?: string
  readonly credentials?: string
  /** Fields that the plan takes out. */
  readonly removes?: readonly string[]
  /** Exit code of the plan. */
  readonly code?: number
  readonly says?: RegExp
}

const strangers: Readonly<Record<string, Stranger>> = {
  'a role in the section': { config: `${role}source_profile = base\n`, removes: ['role_arn', 'source_profile'] },
  'a role of the environment in the section': {
    config: `${role}credential_source = Environment\n`,
    removes: ['role_arn', 'credential_source'],
  },
  'a role with a token in the section': {
    config: `${role}web_identity_token_file = /token\n`,
    removes: ['role_arn', 'web_identity_token_file'],
  },
  'a role in capitals in the section': {
    config: `Role_ARN: arn:aws:iam::444455556666:role/Admin\n`,
    removes: ['role_arn'],
  },
  'a program in the section': { config: 'credential_process = get --key hunter2\n', removes: ['credential_process'] },
  'a console login in the section': {
    config: 'login_session = arn:aws:iam::111122223333:user/noah\n',
    removes: ['login_session'],
  },
  'a role in the credentials file': {
    credentials: `[prod]\n${role}source_profile = base\n`,
    code: 1,
    says: /credentials:2:1 +error +AWS tools resolve profile prod to the role Admin in 444455556666 through profile base, not to ReadOnly in 444455556666/,
  },
  'a role without a source in the credentials file': {
    credentials: `[prod]\n${role}`,
    code: 1,
    says: /credentials:2:1 +error +profile prod will not work with the AWS CLI and boto3: role_arn is set without/,
  },
  'a token in the credentials file': {
    credentials: `[prod]\n${role}web_identity_token_file = /token\n`,
    code: 1,
    says: /credentials:3:1 +error +AWS tools resolve profile prod to the role Admin in 444455556666 through a token/,
  },
  'another account in the credentials file': {
    credentials: '[prod]\nsso_account_id = 999900001111\n',
    code: 1,
    says: /credentials:2:1 +error +AWS tools resolve profile prod to ReadOnly in 999900001111, not to ReadOnly in 444455556666/,
  },
  'a program in the credentials file': {
    credentials: '[prod]\ncredential_process = get --key hunter2\n',
    code: 1,
    says: /credentials:2:1 +error +the SDK for JavaScript resolves profile prod to the output of credential_process/,
  },
  'a role for everybody': {
    config: `[DEFAULT]\n${role}source_profile = base\n`,
    code: 1,
    says: /config:13:1 +error +the AWS CLI and boto3 resolve profile prod to the role Admin/,
  },
  'keys in the credentials file': {
    credentials: `[prod]\n${keys}`,
    code: 0,
    says: /credentials:2:1 +warning +profile prod has access keys here, which the SDK for JavaScript uses instead of the login/,
  },
  'keys in the section': { config: keys, code: 0, says: /config:12:1 +warning +profile prod has access keys here/ },
  'a line in the credentials file that cannot be read': {
    credentials: 'what is this\n',
    code: 0,
    says: /credentials:1:1 +warning +profile prod will not work with the AWS CLI and boto3: the AWS CLI cannot read this file/,
  },
}

describe('a profile that is somebody else', () => {
  test.each(Object.entries(strangers))('%s', async (_what, { config = '', credentials, removes, code = 0, says }) => {
    const laptop = newLaptop(one, {
      '.aws/config': settled + config,
      ...(credentials ? { '.aws/credentials': credentials } : {}),
    })
    const plan = await laptop.run('plan')
    expect(plan.stdout + plan.stderr).not.toContain('hunter2')
    expect(plan.stdout).not.toMatch(/match/)
    expect(plan.code).toBe(code)
    if (says) expect(plan.stderr).toMatch(says)
    if (!removes) {
      expect(plan.stdout).toContain('No changes to make, but these differ from sso.yaml: profile/prod')
      expect((await laptop.run('apply')).code).toBe(code)
      return
    }
    const { operations } = JSON.parse((await laptop.run('plan', ['--json'])).stdout)
    expect(operations).toMatchObject([
      { address: 'profile/prod', effect: expect.stringMatching(/gave prod a different identity/) },
    ])
    expect(operations[0].fields.map(({ path }: { path: string }) => path)).toEqual(removes)
    expect((await laptop.run('apply')).code).toBe(0)
    expect((await laptop.run('plan')).stdout).toMatch(/^No changes\. This machine matches/m)
  })

  test('what one line does to many profiles is said once', async () => {
    const many = Array.from({ length: 30 }, (_, n) => `p${n}: { account: dev, permission_set: Admin }`).join(', ')
    const laptop = newLaptop(`local: { sso_session: corp, profiles: { ${many} } }\n`, {
      '.aws/config': `[DEFAULT]\n${role}source_profile = base\n[profile base]\n${keys}`,
    })
    const { stderr, code } = await laptop.run('plan')
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /resolve profiles p0, p1, p10, p11, p12 and 25 more to the role Admin|resolve profiles p0, p1, p2, p3, p4 and 25 more/,
    )
    expect(stderr.match(/\berror\b/g)).toHaveLength(1)
  })

  test('a credentials file that cannot be opened leaves it open, and is told', async () => {
    const laptop = newLaptop(one, { '.aws/config': settled, '.aws/credentials/folder': '' })
    const { stdout, stderr, code } = await laptop.run('plan')
    expect(code).toBe(0)
    expect(stderr).toMatch(
      /warning +.*credentials could not be read, so it is unknown whether keys or a role there override/,
    )
    expect(stdout).toContain('these differ from sso.yaml: profile/prod')
  })

  test('a partial plan says nothing of profiles that it leaves as they are', async () => {
    const laptop = newLaptop(
      'local: { sso_session: corp, profiles: { prod: { account: dev, permission_set: ReadOnly }, other: { account: dev, permission_set: ReadOnly } } }\n',
      { '.aws/config': `${settled}[profile other]\n${role}source_profile = base\n` },
    )
    const { stdout, stderr, code } = await laptop.run('plan', ['--target', 'profile/prod'])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain('No changes.')
  })

  test('who goes through an adopted profile is named when its role goes', async () => {
    const laptop = newLaptop(one, {
      '.aws/config': `${settled}${role}source_profile = base\n[profile deploy]\n${role}source_profile = prod\n`,
    })
    expect((await laptop.run('plan')).stdout.replace(/\s+/g, ' ')).toContain('removed; deploy depends on it')
  })

  test('what repeats the session stays for tools that know no sessions', async () => {
    const laptop = newLaptop(one, {
      '.aws/config': `${settled}sso_start_url = https://d-1234567890.awsapps.com/start\nsso_region = eu-west-1\n`,
    })
    expect((await laptop.run('plan')).stdout).toMatch(/^No changes\. This machine matches/m)
  })
})

describe('a profile whose login is asked of another address', () => {
  const local = 'http://localhost:4566'
  const services = `services = stand-in\n[services stand-in]\nsso =\n  endpoint_url = ${local}\n`

  test.each([
    ['the section', { '.aws/config': `${settled}endpoint_url = ${local}\n` }],
    ['its services', { '.aws/config': settled + services }],
    ['[DEFAULT]', { '.aws/config': `[DEFAULT]\nendpoint_url = ${local}\n${settled}` }],
    ['the credentials file', { '.aws/config': settled, '.aws/credentials': `[prod]\nendpoint_url = ${local}\n` }],
  ])('is told, and nothing matches, with %s', async (_name, files) => {
    const { code, stdout, stderr } = await newLaptop(one, files).run('plan')
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/profile prod checks its identity at http:\/\/localhost:4566 instead of AWS/),
    ])
    expect(stdout).toMatch(/these differ from sso\.yaml: profile\/prod/)
  })

  test.each([
    ['another service', `${settled}services = s\n[services s]\ns3 =\n  endpoint_url = ${local}\n`],
    ['an address of AWS', `${settled}endpoint_url = https://vpce-1.sts.eu-west-1.vpce.amazonaws.com\n`],
    ['one that is not to be used', `${settled}endpoint_url = ${local}\nignore_configured_endpoint_urls = true\n`],
  ])('is not suspected with %s', async (_name, config) => {
    const { stdout, stderr } = await newLaptop(one, { '.aws/config': config }).run('plan')
    expect([stdout, stderr]).toEqual([
      expect.stringMatching(/This machine matches/),
      expect.not.stringContaining('instead of AWS'),
    ])
  })

  test('is as the manifest says where it asks for that', async () => {
    const asked = one.replace('ReadOnly', `ReadOnly, settings: { endpoint_url: "${local}" }`)
    const { stdout, stderr } = await newLaptop(asked, { '.aws/config': `${settled}endpoint_url = ${local}\n` }).run(
      'plan',
    )
    expect([stdout, stderr]).toEqual([
      expect.stringMatching(/This machine matches/),
      expect.not.stringContaining('instead of AWS'),
    ])
  })
})

describe('what is to be done about a profile that does not work', () => {
  const chained = `local: { sso_session: corp, profiles: { prod: { account: dev, permission_set: ReadOnly }, deploy: { source: prod, role_arn: "arn:aws:iam::444455556666:role/Admin" } } }\n`

  test.each<[string, string, Readonly<Record<string, string>>, RegExp]>([
    [
      'keys that only the AWS CLI reads are to be written in lower case, and no line goes',
      one,
      { '.aws/config': settled.replace('sso_session =', 'SSO_Session =') },
      /will not work with the SDK for JavaScript(?:(?!remove that line)[\s\S])*keys in lower case before =; write them so/,
    ],
    [
      'a session that only the AWS CLI sees is to be written with one space',
      one,
      { '.aws/config': settled.replace('[sso-session corp]', '[sso-session  corp]') },
      /there is no sso-session corp\n(?:(?!remove that line)[\s\S])*\[sso-session NAME\] with one space/,
    ],
    [
      'of a role that the session names the line in the session goes',
      one,
      { '.aws/config': settled.replace('sso_region =', 'sso_role_name = Admin\nsso_region =') },
      /config:3:1 +error .*sso_role_name differs from the sso-session/,
    ],
    [
      'of a start URL that the credentials file names the line there goes',
      one,
      {
        '.aws/config': settled,
        '.aws/credentials': '[prod]\nsso_start_url = https://d-2222222222.awsapps.com/start\n',
      },
      /credentials:2:1 +error .*sso_start_url differs from the sso-session/,
    ],
    [
      'of a role that is taken through somebody else the line goes that names them',
      chained,
      {
        '.aws/config': `${settled}[profile deploy]\n${role}source_profile = prod\n`,
        '.aws/credentials': '[deploy]\nsource_profile = base\n',
      },
      /credentials:2:1 +error .*through profile base, not to the role \S+ through profile prod/,
    ],
  ])('%s', async (_name, manifest, files, says) => {
    expect((await newLaptop(manifest, files).run('plan')).stderr).toMatch(says)
  })

  test('an empty AWS_CONFIG_FILE, with which the AWS CLI knows no profile, is told', async () => {
    const laptop = newLaptop(one, { '.aws/config': settled })
    expect((await laptop.run('plan', [], { AWS_CONFIG_FILE: '' })).stderr).toContain('unset AWS_CONFIG_FILE')
    expect((await laptop.run('plan')).stderr).not.toContain('AWS_CONFIG_FILE')
  })
})
