import { expect, it } from 'vitest'
import { examineAll } from '../../src/doctor/checks.ts'
import type { Identity } from '../../src/local/identity/identity.ts'
import { error } from '../../src/model/diagnostic.ts'
import { doctorText } from '../../src/report/doctor/text.ts'
import {
  type Changes,
  evidence,
  goodCloud,
  goodConfig,
  goodInstance,
  goodManifest,
  login,
  management,
  troubles,
} from './support/evidence.ts'

const refused = (code: string) => ({ refusal: error(code, code, { hint: 'a hint' }) })
const keys = 'aws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = very-secret\n'
const noKeys = { keys: false, temporary: false, foreign: false }
const at = { file: '~/.aws/config', line: 8, column: 1 }
const signedIn: Identity = {
  provider: 'sso',
  account: management,
  role: 'Admin',
  session: 'personal',
  startUrl: 'https://d-1234567890.awsapps.com/start',
  region: 'eu-west-1',
  at,
}
const program: Identity = { provider: 'process', at }
const assumed: Identity = {
  provider: 'assume-role',
  roleArn: 'arn:aws:iam::444455556666:role/Admin',
  source: { provider: 'keys', from: 'config', temporary: false, at },
  sourceProfile: 'base',
  mfa: false,
  at,
}
const proof = { profile: 'personal', account: management, role: 'Admin' }

const rows: readonly [what: string, changes: Changes, found: readonly string[]][] = [
  ['nothing is wrong', {}, []],

  ['no credentials', { cloud: { caller: refused('aws-credentials') } }, ['problem aws-credentials']],
  ['unknown keys', { cloud: { caller: refused('aws-access-denied') } }, ['problem aws-access-denied']],
  [
    'the root user',
    { cloud: { caller: { value: { account: management, arn: `arn:aws:iam::${management}:root` } } } },
    ['warning caller-root'],
  ],
  [
    'no organization',
    { cloud: { organization: refused('aws-no-organization'), instances: { value: [] } } },
    ['problem aws-no-organization'],
  ],
  [
    'an organization that may not be looked at',
    { cloud: { organization: refused('aws-access-denied') } },
    ['problem aws-access-denied'],
  ],
  [
    'an account of its own with an instance of its own',
    { cloud: { organization: refused('aws-no-organization') } },
    ['problem aws-no-organization', 'problem instance-of-account'],
  ],
  [
    'consolidated billing only',
    { cloud: { organization: { value: { management, features: 'CONSOLIDATED_BILLING' } } } },
    ['problem organization-features'],
  ],
  [
    'a member account',
    { cloud: { caller: { value: { account: '444455556666', arn: 'a' } }, delegated: { value: false } } },
    ['problem account-not-management'],
  ],
  [
    'the delegated administrator',
    { cloud: { caller: { value: { account: '444455556666', arn: 'a' } }, delegated: { value: true } } },
    ['warning account-delegated'],
  ],
  [
    'a revoked user who has access all the same',
    {
      rest: {
        access: {
          value: {
            administrators: ['taro'],
            possible: [],
            stillReached: [{ user: 'jiro', sentence: 'jiro is revoked but still has Ops on dev through idp' }],
          },
        },
      },
    },
    ['problem revoked-still-reaches'],
  ],
  [
    'nobody who administers the management account for sure',
    { rest: { access: { value: { administrators: [], possible: ['taro'], stillReached: [] } } } },
    ['warning administrators-unsure'],
  ],
  ['access that may not be read', { rest: { access: refused('aws-access-denied') } }, ['warning access-unread']],
  ['no instance', { cloud: { instances: { value: [] } } }, ['problem instance-none']],
  [
    'an instance of another region, found by a scan',
    {
      cloud: { instances: { value: [] } },
      rest: { scan: { found: [{ region: 'us-east-1', instances: [goodInstance] }], failed: [] } },
    },
    ['problem region-wrong'],
  ],
  [
    'only an instance of an account',
    { cloud: { instances: { value: [{ ...goodInstance, owner: '444455556666' }] } } },
    ['problem instance-of-account'],
  ],
  [
    'several instances',
    { cloud: { instances: { value: [goodInstance, { ...goodInstance, id: 'ssoins-b' }] } } },
    ['problem instance-ambiguous'],
  ],
  [
    'a replica region',
    { cloud: { instance: { value: { status: 'ACTIVE', primaryRegion: 'us-east-1' } } } },
    ['problem region-replica'],
  ],
  [
    'an instance in the making',
    { cloud: { instance: { value: { status: 'CREATE_IN_PROGRESS' } } } },
    ['problem instance-not-active'],
  ],
  [
    'permission sets turned off',
    { cloud: { instance: { value: { status: 'ACTIVE', permissionSetsEnabled: false } } } },
    ['problem permission-sets-disabled'],
  ],
  ['an instance that does not say', { cloud: { instance: { value: {} } } }, []],
  [
    'users of an identity provider',
    { cloud: { users: { value: { seen: 2, provisioned: ['taro'] } } } },
    ['warning source-external'],
  ],

  ['no AWS CLI', { local: { cli: 'missing' } }, ['warning cli-missing']],
  ['version 1', { local: { cli: [1, 45, 11] } }, ['warning cli-version-1']],
  ['a version before sso-sessions', { local: { cli: [2, 8, 9] } }, ['problem cli-old']],
  ['a version before PKCE', { local: { cli: [2, 21, 0] } }, ['warning cli-old']],
  [
    'no AWS CLI where nobody logs in',
    {
      manifest: 'version: 1\nidentity_center: { region: eu-west-1 }\nusers: {}\nchecklist: {}',
      local: { cli: 'missing' },
    },
    ['warning cli-missing', 'warning checklist-absent'],
  ],

  ['an unreadable config', { config: 'junk\n' }, ['problem config-no-section']],
  ['a profile that is not written yet', { config: '' }, ['warning profile-not-written']],
  [
    'another role and region than wanted',
    { config: goodConfig.replace('= Admin', '= Other').replace('eu-west-1', 'us-east-1') },
    ['warning config-differs'],
  ],
  [
    'the role instead of the set',
    {
      config: `${goodConfig}[profile x]\nsso_session = personal\nsso_account_id = 1\nsso_role_name = AWSReservedSSO_Admin_0123456789abcdef\n`,
    },
    ['warning profile-role-name'],
  ],
  [
    'a profile of ours with a start URL of its own',
    { config: `${goodConfig}sso_start_url = https://d-0000000000.awsapps.com/start\n` },
    ['problem profile-torn'],
  ],
  ['the same start URL twice', { config: `${goodConfig}sso_start_url = https://d-1234567890.awsapps.com/start\n` }, []],
  [
    'a session that is not there',
    { config: `${goodConfig}[profile x]\nsso_session = y\n` },
    ['warning sso-session-missing'],
  ],
  [
    'a profile of the older form',
    {
      config: `${goodConfig}[profile x]\nsso_start_url = https://a\nsso_region = b\nsso_account_id = 1\nsso_role_name = r\n`,
    },
    ['warning profile-legacy'],
  ],
  [
    'a profile without a role',
    { config: `${goodConfig}[profile x]\nsso_session = personal\n` },
    ['warning profile-incomplete'],
  ],

  [
    'AWS_PROFILE with a typing error',
    { local: { env: { profile: 'persnal', keys: false, temporary: false, foreign: false } } },
    ['problem profile-unknown'],
  ],
  [
    'AWS_PROFILE of the credentials file',
    {
      credentials: '[old]\nx = y\n',
      local: { env: { profile: 'old', keys: false, temporary: false, foreign: false } },
    },
    [],
  ],
  [
    'two variables that disagree',
    { local: { env: { profile: 'personal', defaultProfile: 'x', keys: false, temporary: false, foreign: false } } },
    ['warning profile-conflict'],
  ],
  [
    'keys of a store that speaks S3',
    { credentials: '[minio]\naws_access_key_id = minioadmin\naws_secret_access_key = minioadmin\n' },
    [],
  ],
  ['keys behind an endpoint of its own', { credentials: `[store]\n${keys}endpoint_url = http://127.0.0.1:9000\n` }, []],
  ['blank keys', { credentials: '[old]\naws_access_key_id =\naws_secret_access_key =\n' }, []],
  [
    'keys of a stand-in for the same profile',
    { credentials: '[personal]\naws_access_key_id = test\naws_secret_access_key = test\n' },
    ['problem keys-shadow'],
  ],
  [
    'a profile that a role makes somebody else',
    { local: { identities: [{ profile: 'personal', is: { 'aws-cli': assumed, 'js-sdk': assumed } }] } },
    ['problem profile-somebody-else'],
  ],
  [
    'a profile of others that a program makes somebody else for SDKs',
    { local: { identities: [{ profile: 'theirs', is: { 'aws-cli': signedIn, 'js-sdk': program } }] } },
    ['warning profile-somebody-else'],
  ],
  [
    'a header without the word profile',
    { config: `${goodConfig}[dev]\nx = y\n`, local: { env: { ...noKeys, profile: 'dev' } } },
    ['problem profile-without-word'],
  ],
  [
    'a profile that takes a role through another',
    {
      manifest: goodManifest.replace(
        'permission_set: Admin } }',
        `permission_set: Admin }, deploy: { source: personal, role_arn: "arn:aws:iam::${management}:role/Deploy" } }`,
      ),
      config: `${goodConfig}[profile deploy]\nsource_profile = personal\nrole_arn = arn:aws:iam::${management}:role/Deploy\n`,
    },
    [],
  ],
  ['keys for the same profile', { credentials: `[personal]\n${keys}` }, ['problem keys-shadow']],
  ['keys of the default profile', { credentials: `[default]\n${keys}` }, ['warning keys-left']],
  ['keys in the config', { config: `${goodConfig}[profile x]\n${keys}` }, ['warning keys-left']],
  [
    'keys in the environment',
    { local: { env: { keys: true, temporary: false, foreign: false } } },
    ['warning keys-in-environment'],
  ],
  ['an unreadable credentials file', { credentials: 'junk\n' }, ['problem credentials-unreadable']],

  ['nobody logged in', { local: { logins: [login('missing')] } }, ['warning token-missing']],
  ['a broken cache', { local: { logins: [login('unreadable')] } }, ['warning token-unreadable']],
  ['a cache without an end', { local: { logins: [login({})] } }, ['warning token-unreadable']],
  [
    'a login that ended',
    { local: { logins: [login({ expiresAt: new Date('2026-11-22T09:00:00Z') })] } },
    ['warning token-ended'],
  ],
  [
    'a login that can be renewed',
    {
      local: {
        logins: [login({ expiresAt: new Date('2026-11-22T09:00:00Z'), renewableUntil: new Date('2027-01-01') })],
      },
    },
    [],
  ],
  [
    'a login of another portal, however long it lasts',
    {
      local: {
        logins: [
          login({
            expiresAt: new Date('2026-11-22T11:00:00Z'),
            region: 'eu-west-1',
            startUrl: 'https://d-9999999999.awsapps.com/start',
          }),
        ],
      },
    },
    ['warning token-elsewhere'],
  ],
  [
    'a login of another region',
    { local: { logins: [login({ expiresAt: new Date('2026-11-22T11:00:00Z'), region: 'us-east-1' })] } },
    ['warning token-elsewhere'],
  ],

  ['a profile that works', { local: { proofs: [{ ...proof, proof: { result: 'proven', arn: 'a/taro' } }] } }, []],
  [
    'an account the login does not see',
    { local: { proofs: [{ ...proof, proof: { result: 'no-account', accounts: [] } }] } },
    ['problem portal-no-account'],
  ],
  [
    'a set the login does not hold',
    { local: { proofs: [{ ...proof, proof: { result: 'no-role', roles: ['Reader'] } }] } },
    ['problem portal-no-role'],
  ],
  [
    'a portal that refuses',
    {
      local: {
        proofs: [
          {
            ...proof,
            proof: { result: 'failed', operation: 'GetRoleCredentials', message: 'ForbiddenException: No access' },
          },
        ],
      },
    },
    ['problem portal-no-access'],
  ],
  [
    'credentials of somebody else',
    { local: { proofs: [{ ...proof, proof: { result: 'other-identity', arn: 'x' } }] } },
    ['problem portal-other-identity'],
  ],

  [
    'a step still to do',
    { manifest: goodManifest.replace('mfa_policy: 2026-11-01', 'mfa_policy: todo') },
    ['warning checklist-todo'],
  ],
  [
    'a step nobody mentions',
    { manifest: goodManifest.replace(', activated: { taro: 2026-11-02 }', '') },
    ['warning checklist-absent'],
  ],
  [
    'an activation that a login proves',
    {
      manifest: goodManifest.replace('taro: 2026-11-02', 'taro: todo'),
      local: { proofs: [{ ...proof, proof: { result: 'proven', arn: 'a/taro' } }] },
    },
    ['warning checklist-recordable'],
  ],
]

it.each(rows)('%s', async (_what, changes, found) => {
  const examination = examineAll(await evidence(changes))
  expect(troubles(examination)).toEqual(found)
  // Whatever is not well says what to do, and nothing shows a key.
  for (const { findings } of examination.sections)
    for (const { level, fix } of findings) expect(level === 'ok' || Boolean(fix?.text)).toBe(true)
  expect(JSON.stringify(examination)).not.toMatch(/AKIAEXAMPLE|very-secret/)
})

it('a manifest that is missing or wrong is one problem among others', async () => {
  const { manifest: _none, ...rest } = await evidence()
  const missing = examineAll({ ...rest, refused: [error('file-missing', 'there is no manifest sso.yaml')] })
  expect(troubles(missing)).toEqual(['problem manifest-missing'])
  const at = { file: 'sso.yaml', line: 3, column: 5 }
  const wrong = examineAll({ ...rest, refused: [error('x', 'is wrong', { at }), error('y', 'too')] })
  expect(wrong.sections[0]?.findings[0]?.message).toBe('sso.yaml:3:5: is wrong (and 1 more)')
})

it('the three clocks say what a session duration of eight hours does and does not do', async () => {
  const { sections } = examineAll(await evidence())
  const clocks = sections.find(({ name }) => name === 'clocks')?.findings.map(({ message }) => message) ?? []
  expect(clocks).toHaveLength(3)
  expect(clocks[2]).toMatch(/Admin 8h.*even after logging out; it does not keep you logged in for 8 hours/)
})

it('suggested commands repeat the flags of this run, in front of a command behind --', async () => {
  const changes = { cloud: { ...goodCloud, caller: refused('aws-credentials') }, local: { logins: [login('missing')] } }
  const { sections } = examineAll(await evidence(changes), ' --sandbox')
  const commands = sections.flatMap(({ findings }) => findings.flatMap(({ fix }) => fix?.commands ?? []))
  expect(commands).toEqual([
    'sso-reconcile login --sandbox personal -- sso-reconcile doctor --sandbox',
    'sso-reconcile login --sandbox personal',
  ])
})

it('so do those inside of a sentence', async () => {
  const manifest = goodManifest.replace('local:\n', '$&  shell: { aws_profile: personal, shells: [zsh] }\n')
  const { sections } = examineAll(await evidence({ manifest }), ' --file a.yaml --sandbox')
  const texts = sections.flatMap(({ findings }) => findings.flatMap(({ fix }) => fix?.text ?? []))
  const told = texts.filter((one) => /sso-reconcile (?:apply|login|plan|init)/.test(one))
  expect(told).not.toEqual([])
  for (const one of told) expect(one).toMatch(/sso-reconcile \w+ --file a\.yaml --sandbox/)
})

it('no key is to be deactivated before a login has been proven to work', async () => {
  const { sections } = examineAll(await evidence({ credentials: `[default]\n${keys}` }))
  const fixes = sections.flatMap(({ findings }) => findings.map(({ fix }) => fix?.text ?? ''))
  expect(fixes.join('\n')).toContain('once "sso-reconcile login" works, deactivate the key')
  expect(fixes.join('\n')).not.toContain('deactivate it now')
})

it('commands are never wrapped, everything else is; quiet shows what needs doing', async () => {
  const proofs = [{ ...proof, proof: { result: 'proven' as const, arn: 'a/taro' } }]
  const examination = examineAll(await evidence({ credentials: `[default]\n${keys}`, local: { proofs } }))
  const text = doctorText(examination, { color: false, width: 60, verbose: false, quiet: true })
  const lines = text.split('\n')
  const long = lines.filter((line) => line.length > 60).map((line) => line.trim())
  expect(long.length).toBeGreaterThan(0)
  expect(long.every((line) => line.startsWith('aws iam '))).toBe(true)
  expect(text).not.toContain('ok       ')
  expect(text).toMatch(/\d+ ok, 1 warning, 0 problems\.\n$/)
})

it('the nearest profile is named when it is near, and never one with another number', async () => {
  const config = `${goodConfig}[profile dev1]\n[profile noah]\n`
  const fixOf = async (profile: string, manifest?: string) => {
    const local = { env: { ...noKeys, profile } }
    const { sections } = examineAll(await evidence({ config, local, ...(manifest ? { manifest } : {}) }))
    const found = sections.flatMap(({ findings }) => findings).find(({ code }) => code === 'profile-unknown')
    return found?.fix?.commands
  }
  expect(await fixOf('persnal')).toEqual(['export AWS_PROFILE=personal'])
  expect(await fixOf('noha')).toEqual(['export AWS_PROFILE=noah'])
  // Apply would write neither.
  expect(await fixOf('dev2')).toEqual(['unset AWS_PROFILE'])
  expect(await fixOf('something-else')).toEqual(['unset AWS_PROFILE'])
})

it('a missing AWS CLI is never the first thing to do, as a login does not wait for it', async () => {
  const local = { cli: 'missing' as const, logins: [login('missing')] }
  expect(examineAll(await evidence({ local })).first?.code).toBe('token-missing')
  expect(examineAll(await evidence({ local: { cli: 'missing' } })).first?.code).toBe('cli-missing')
})

it('of several things to do the first is named: a problem before a warning', async () => {
  const none = examineAll(await evidence())
  expect([none.first, doctorText(none, { color: false, width: 80, verbose: false, quiet: false })]).toEqual([
    undefined,
    expect.not.stringContaining('Start with'),
  ])
  const credentialsFile = `[default]\n${keys}`
  const two = examineAll(
    await evidence({ credentials: credentialsFile, local: { env: { ...noKeys, profile: 'persnal' } } }),
  )
  expect(two.first?.code).toBe('profile-unknown')
  expect(doctorText(two, { color: false, width: 80, verbose: false, quiet: false })).toMatch(
    /1 warning, 1 problem\.\nStart with: AWS_PROFILE is persnal, but there is no such profile\n {2}export AWS_PROFILE=personal\n$/,
  )
})
