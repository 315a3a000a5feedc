import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AddRegionCommand, ListRegionsCommand, SSOAdminClient } from '@aws-sdk/client-sso-admin'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { startSandbox } from '../../src/sandbox/server.ts'
import { type Machine, machineAt, signIn } from '../login/support/machine.ts'
import { credentials, type Variables } from '../scenarios/e2e/support/binary.ts'
import { type Center, instanceId, management, startCenter } from '../scenarios/e2e/support/center.ts'
import { configPath, journey, newDesk, newFolder, tree } from '../scenarios/e2e/support/desk.ts'
import { isWrite } from '../scenarios/e2e/support/relay.ts'
import { run } from '../support/here.ts'

// The SDK would announce on stderr which Node version it will ask for next year.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'

let center: Center
let startUrl: string
let machine: Machine

beforeAll(async () => {
  center = await startCenter()
  expect((await run(newDesk(center.relay.url), ['apply', '--yes'])).code).toBe(0)
  const [instance] = Object.values((await center.export()).instances ?? {}) as { identityStoreId: string }[]
  startUrl = `https://${instance?.identityStoreId}.awsapps.com/start`
})
beforeEach(() => {
  machine = machineAt(newDesk(center.relay.url))
  center.relay.forget()
})
afterAll(() => center.close())

interface Line {
  readonly check: string
  readonly level: string
  readonly code: string
  readonly message: string
  readonly fix?: { readonly text: string; readonly commands: readonly string[] }
}

/** Runs doctor for machines, with keys in the environment unless the variables say otherwise. */
async function doctor(words: readonly string[] = [], variables: Variables = credentials, at = machine) {
  const ended = await run(at.desk, ['doctor', '--json', ...words], { ...at.path, ...variables })
  const { checks = [], summary } = JSON.parse(ended.stdout) as { checks?: Line[]; summary: object }
  const of = (level: string) => checks.filter((one) => one.level === level).map(({ code }) => code)
  return { ...ended, checks, summary, problems: of('problem'), warnings: of('warning') }
}

function configure(role = 'AdministratorAccess', rest = ''): void {
  mkdirSync(join(machine.desk.home, '.aws'), { recursive: true })
  writeFileSync(
    configPath(machine.desk.home),
    `[sso-session personal]
sso_start_url = ${startUrl}
sso_region = ap-northeast-1
[profile personal]
sso_session = personal
sso_account_id = ${management}
sso_role_name = ${role}
${rest}`,
  )
}

it('proves with a login that every profile reaches its role, changes nothing and shows nothing secret', async () => {
  const away = '[profile away]\nsso_session = personal\nsso_account_id = 444455556666\nsso_role_name = Reader\n'
  configure('AdministratorAccess', away)
  const login = await signIn(center.relay.url, startUrl)
  machine.cache(login)
  center.relay.forget()
  const before = tree(machine.desk.folder)
  const found = await doctor(['--verbose'])
  expect(found.code).toBe(1)
  expect(found.problems).toEqual(['portal-no-account'])
  const lines = found.checks.filter(({ check }) => check === 'profiles').map(({ message }) => message)
  expect(lines).toEqual([
    `personal: AdministratorAccess in ${management}, as taro`,
    `away: your login does not see account 444455556666; it sees ${management}`,
  ])
  expect(tree(machine.desk.folder)).toEqual(before)
  expect(center.relay.calls.filter(isWrite).filter((name) => name !== '')).toEqual([])
  const secrets = [...Object.values(credentials), login.accessToken, login.refreshToken, login.clientSecret]
  for (const words of [[], ['--json'], ['--verbose']]) {
    const { stdout, stderr } = await run(machine.desk, ['doctor', ...words], { ...machine.path, ...credentials })
    for (const secret of secrets) expect(stdout + stderr).not.toContain(secret)
  }
})

it('ends well when nothing but the checklist is left', async () => {
  configure()
  machine.cache(await signIn(center.relay.url, startUrl))
  const found = await doctor()
  expect(found).toMatchObject({ code: 0, problems: [], summary: { problems: 0 } })
  expect(found.warnings.toSorted()).toEqual([
    'checklist-recordable',
    'checklist-todo',
    'checklist-todo',
    'keys-in-environment',
    'manifest-incomplete',
  ])
})

it('a role the person does not hold is told with those they do hold', async () => {
  configure('Admin')
  machine.cache(await signIn(center.relay.url, startUrl))
  const found = await doctor()
  expect(found.problems).toEqual(['portal-no-role'])
  expect(found.checks.find(({ code }) => code === 'portal-no-role')?.message).toContain('it has AdministratorAccess')
})

it('a login that somebody ended is told as such', async () => {
  configure()
  const login = await signIn(center.relay.url, startUrl)
  machine.cache({ ...login, accessToken: 'of-nobody' })
  const found = await doctor()
  expect(found.problems).toEqual(['portal-token-refused'])
})

it('asks AWS nothing with --only local, and this machine nothing with --only cloud', async () => {
  configure()
  const local = await doctor(['--only', 'local'])
  expect(center.relay.calls).toEqual([])
  expect(new Set(local.checks.map(({ check }) => check))).toContain('logins')
  const cloud = await doctor(['--only', 'cloud'])
  expect(cloud.checks.map(({ check }) => check)).not.toContain('logins')
  expect(cloud.problems).toEqual([])
})

it('without credentials it names the way in, and still looks at everything else', async () => {
  configure()
  const none = await doctor([], {})
  expect(none).toMatchObject({ code: 1, problems: ['aws-credentials'] })
  expect(none.checks.find(({ code }) => code === 'aws-credentials')?.fix?.commands).toEqual([
    'sso-reconcile login personal -- sso-reconcile doctor',
  ])
  expect(none.warnings).toContain('token-missing')
})

it('a manifest for a laptop needs no credentials', async () => {
  const local = journey.slice(journey.indexOf('local:'), journey.indexOf('checklist:'))
  const laptop = `version: 1\nidentity_center: { region: ap-northeast-1, start_url: "${startUrl}" }\naccounts: { management: "${management}" }\n${local}`
  writeFileSync(join(machine.desk.work, 'sso.yaml'), laptop)
  configure()
  machine.cache(await signIn(center.relay.url, startUrl))
  expect(await doctor([], {})).toMatchObject({ code: 0, problems: [], warnings: [] })
})

it('a manifest that only begins still asks AWS, since that is what is needed next', async () => {
  writeFileSync(join(machine.desk.work, 'sso.yaml'), 'version: 1\nidentity_center: { region: ap-northeast-1 }\n')
  expect((await doctor()).checks.map(({ code }) => code)).toContain('instance-active')
})

it('a bad manifest or none does not hide the rest', async () => {
  writeFileSync(join(machine.desk.work, 'sso.yaml'), 'version: 2\n')
  expect((await doctor()).problems).toEqual(['manifest-invalid'])
  rmSync(join(machine.desk.work, 'sso.yaml'))
  const missing = await doctor([], { ...credentials, AWS_REGION: 'ap-northeast-1' })
  expect(missing.problems).toEqual(['manifest-missing'])
  expect(missing.checks.map(({ code }) => code)).toContain('instance-active')
})

it('finds Identity Center in another region, and knows a replica from its home', async () => {
  const elsewhere = journey.replace('region: ap-northeast-1  ', 'region: eu-west-1')
  writeFileSync(join(machine.desk.work, 'sso.yaml'), elsewhere)
  const blind = await doctor(['--only', 'cloud'])
  expect(blind.problems).toEqual(['instance-none'])
  expect(blind.checks.find(({ code }) => code === 'instance-none')?.fix?.commands).toEqual([
    'sso-reconcile doctor --scan',
  ])
  const found = await doctor(['--only', 'cloud', '--scan'])
  expect(found.checks.find(({ code }) => code === 'region-wrong')?.fix?.text).toBe(
    'write identity_center.region: ap-northeast-1',
  )
  const before = await center.export()
  const admin = new SSOAdminClient({
    endpoint: center.relay.url,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  })
  const InstanceArn = `arn:aws:sso:::instance/${instanceId}`
  await admin.send(new AddRegionCommand({ InstanceArn, RegionName: 'eu-west-1' }))
  // The next look finds the region ready.
  await admin.send(new ListRegionsCommand({ InstanceArn }))
  const replica = await doctor(['--only', 'cloud'])
  await center.restore(before)
  expect(replica.problems).toEqual(['region-replica'])
  expect(replica.checks.find(({ code }) => code === 'region-replica')?.fix?.text).toContain('ap-northeast-1')
})

/** Problems that doctor finds in AWS at a fresh account, after each of the clicks in the console. */
async function afterClicks(clicks: readonly object[]) {
  const sandbox = await startSandbox({
    stateFile: join(newFolder(), 'state.json'),
    seed: { region: 'ap-northeast-1', managementAccount: management, accounts: [], fresh: true },
    now: () => new Date(),
    random: (bytes) => randomBytes(bytes),
  })
  const at = machineAt(newDesk(sandbox.url))
  try {
    for (const click of clicks)
      await fetch(`${sandbox.url}/_sandbox/enable`, { method: 'POST', body: JSON.stringify(click) })
    return await doctor(['--only', 'cloud'], credentials, at)
  } finally {
    await sandbox.close()
  }
}

it.each<[string, object[], string[]]>([
  ['nothing was clicked', [], ['aws-no-organization']],
  ['an instance of the account was made', [{ kind: 'account' }], ['aws-no-organization', 'instance-of-account']],
  ['permission sets were left out', [{ permissionSets: false }], ['permission-sets-disabled']],
  ['it was enabled', [{}], []],
])('a fresh account where %s', async (_what, clicks, problems) => {
  const found = await afterClicks(clicks)
  expect(found.problems).toEqual(problems)
  const commands = found.checks.flatMap(({ fix }) => fix?.commands ?? [])
  for (const command of commands)
    expect(command).toMatch(
      /^aws sso-admin update-instance --instance-arn arn:aws:sso:::instance\/ssoins-[0-9a-f]{16} /,
    )
})

it('explains a message, and says so when it cannot', async () => {
  const known = await run(machine.desk, [
    'doctor',
    '--explain',
    'Error loading SSO Token: Token for default does not exist',
  ])
  expect(known).toMatchObject({ code: 0, stderr: '' })
  expect(known.stdout).toMatch(/sso-session "default"[\s\S]*next: sso-reconcile login\n$/)
  const unknown = await run(machine.desk, ['doctor', '--explain', 'the printer is on fire'])
  expect(unknown).toMatchObject({ code: 1, stdout: '' })
})

it('in the sandbox everything it suggests is for the sandbox, and leads to a working profile', async () => {
  const at = machineAt(newDesk())
  const first = await doctor(['--sandbox'], {}, at)
  expect(first.checks.flatMap(({ fix }) => fix?.commands ?? [])).toEqual(['sso-reconcile apply --sandbox'])
  expect((await run(at.desk, ['apply', '--sandbox', '--yes'], at.path)).code).toBe(0)
  const second = await doctor(['--sandbox'], {}, at)
  expect(second.code).toBe(0)
  expect(second.checks.flatMap(({ fix }) => fix?.commands ?? [])).toEqual(['sso-reconcile login --sandbox personal'])
})

it('a profile that asks another address than AWS who it is is a problem, with the line that says so', async () => {
  configure('AdministratorAccess', 'endpoint_url = http://localhost:4566\n')
  const { checks } = await doctor(['--only', 'local'])
  expect(checks.find(({ check }) => check === 'identities')?.message).toMatch(
    /profile personal gets its identity from http:\/\/localhost:4566 instead of AWS \(endpoint_url, .*config:\d+\)/,
  )
})

it.each([
  ['keys in capitals', (text: string) => text.replace('sso_session =', 'SSO_Session ='), /SDK for JavaScript.*missing/],
  [
    'two spaces',
    (text: string) => text.replace('[sso-session ', '[sso-session  '),
    /SDK for JavaScript: there is no sso/,
  ],
  [
    'a role of the session',
    (text: string) => text.replace('sso_region =', 'sso_role_name = Other\nsso_region ='),
    /AWS CLI and boto3: sso_role_name differs from/,
  ],
])('a profile that some tools cannot sign in with is told, with %s', async (_name, change, message) => {
  configure('AdministratorAccess')
  const config = configPath(machine.desk.home)
  writeFileSync(config, change(readFileSync(config, 'utf8')))
  const { checks } = await doctor(['--only', 'local'])
  expect(checks.filter(({ check }) => check === 'identities').map((one) => one.message)).toEqual([
    expect.stringMatching(message),
  ])
})

it('an empty AWS_CONFIG_FILE, with which the AWS CLI knows no profile, is told', async () => {
  configure('AdministratorAccess')
  expect((await doctor(['--only', 'local'], { AWS_CONFIG_FILE: '' })).problems).toContain('config-file-empty')
})

it('a profile that answers as somebody else is a problem, with the line that makes it so', async () => {
  const role = `role_arn = arn:aws:iam::${management}:role/Deploy\nsource_profile = base\n[profile base]\nregion = eu-west-1\n`
  configure('AdministratorAccess', role)
  const { checks } = await doctor(['--only', 'local'])
  expect(checks.find(({ check }) => check === 'identities')?.message).toMatch(
    /profile personal will not work with the AWS CLI and boto3: profile base has no credentials \(.*config:\d+\)/,
  )
  configure('AdministratorAccess', `${role}aws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = x\n`)
  const found = await doctor(['--only', 'local'])
  expect(found.problems).toContain('profile-somebody-else')
  const [line] = found.checks.filter(({ check }) => check === 'identities')
  expect(line?.message).toMatch(
    /AWS tools resolve profile personal to the role Deploy in \d{12} through profile base \(.*config:\d+\)/,
  )
  expect(line?.fix?.commands[0]).toContain('apply')
})
