import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { credentials, run, start, type Variables } from '../scenarios/e2e/support/binary.ts'
import { type Center, management, startCenter } from '../scenarios/e2e/support/center.ts'
import { configPath, newDesk } from '../scenarios/e2e/support/desk.ts'
import { noTerminal, runOnTerminal } from '../scenarios/e2e/support/pty.ts'
import { inMinutes, type Machine, machineAt, signIn } from './support/machine.ts'

const noAwsCli =
  spawnSync('python3', ['-m', 'awscli', '--version']).status === 0 ? undefined : 'skipped: python3 has no awscli'
if (noAwsCli) process.stderr.write(`${noAwsCli}\n`)

let center: Center
let config: string
let startUrl: string
let machine: Machine

beforeAll(async () => {
  center = await startCenter()
  const desk = newDesk(center.relay.url)
  expect((await run(desk, ['apply', '--yes'])).code).toBe(0)
  const [instance] = Object.values((await center.export()).instances ?? {}) as { identityStoreId: string }[]
  startUrl = `https://${instance?.identityStoreId}.awsapps.com/start`
  config = `[sso-session personal]
sso_start_url = ${startUrl}
sso_region = ap-northeast-1
sso_registration_scopes = sso:account:access
[profile personal]
sso_session = personal
sso_account_id = ${management}
sso_role_name = AdministratorAccess
region = ap-northeast-1
`
})
beforeEach(() => {
  machine = machineAt(newDesk(center.relay.url))
  mkdirSync(join(machine.desk.home, '.aws'))
  writeFileSync(configPath(machine.desk.home), config)
})
afterAll(() => center.close())

/** Runs the binary, and holds that nothing secret of the cached or prepared logins is ever shown. */
async function at(words: readonly string[], variables: Variables = {}, logins: readonly Record<string, string>[] = []) {
  const ended = await run(machine.desk, words, { ...machine.path, ...variables })
  for (const { accessToken, refreshToken, clientSecret } of logins)
    for (const secret of [accessToken, refreshToken, clientSecret]) {
      expect(ended.stdout + ended.stderr).not.toContain(secret)
    }
  return ended
}

it('logs in once, and not again while the login works', async () => {
  const login = await signIn(center.relay.url, startUrl)
  machine.prepare(login)
  const first = await at(['login', '--verbose'], {}, [login])
  expect(first).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^personal: logged in to personal; access token until/),
  })
  expect(first.stderr).toContain('not logged in on this machine yet')
  expect(first.stderr).toContain('botocore-client-')
  expect(first.stderr).toContain('Successfully logged into')
  expect(machine.calls()).toEqual(['personal: sso login --sso-session personal'])
  const second = await at(['login', '--json'], {}, [login])
  expect(JSON.parse(second.stdout)).toMatchObject({ profile: 'personal', session: 'personal', logged_in: true })
  expect(second.stderr).toBe('')
  expect(machine.calls()).toHaveLength(1)
  await at(['login', '--force', '--use-device-code', '--no-browser'])
  expect(machine.calls()[1]).toBe('personal: sso login --sso-session personal --use-device-code --no-browser')
})

it('renews an access token that ran out without a browser, as long as the portal session lives', async () => {
  const login = await signIn(center.relay.url, startUrl)
  machine.cache({ ...login, expiresAt: inMinutes(-30) })
  const ended = await at(['login', 'personal'], {}, [login])
  expect(ended.code).toBe(0)
  expect(ended.stderr).toContain('the access token (clock 2 of 3) expired and was renewed without a browser')
  expect(machine.calls()).toEqual([])
  expect(machine.cached().accessToken).not.toBe(login.accessToken)
})

it('says that the portal session is over when nothing renews the token any more', async () => {
  const login = await signIn(center.relay.url, startUrl)
  machine.cache({ ...login, refreshToken: 'of-a-session-that-ended', expiresAt: inMinutes(-30) })
  machine.prepare(login)
  const ended = await at(['login', 'personal'], {}, [login])
  expect(ended.code).toBe(0)
  expect(ended.stderr).toContain('the portal session (clock 1 of 3) has ended')
  expect(machine.calls()).toHaveLength(1)
})

it('notices a login that somebody ended early', async () => {
  const [ended, fresh] = await Promise.all([signIn(center.relay.url, startUrl), signIn(center.relay.url, startUrl)])
  const headers = { 'x-amz-sso_bearer_token': ended.accessToken ?? '' }
  expect((await fetch(`${center.relay.url}/logout`, { method: 'POST', headers })).ok).toBe(true)
  machine.cache(ended)
  machine.prepare(fresh)
  const again = await at(['login', 'personal'], {}, [ended, fresh])
  expect(again.stderr).toContain('(clock 1 of 3) was ended early')
  expect(machine.calls()).toHaveLength(1)
})

it('runs a command as the profile, with its outputs and its exit code alone on stdout', async () => {
  machine.prepare(await signIn(center.relay.url, startUrl))
  const script = 'echo "$AWS_PROFILE $AWS_ACCESS_KEY_ID $1"; echo oops >&2; exit 7'
  const words = ['login', '--', 'sh', '-c', script, 'sh', '--json']
  const ended = await at(words, credentials)
  expect(ended).toMatchObject({ code: 7, stdout: 'personal  --json\n' })
  expect(ended.stderr).toContain('not passed to sh, because they would override the profile: AWS_ACCESS_KEY_ID')
  expect(ended.stderr).toMatch(/oops\n$/)
})

it('passes signals on, and ends as the command ends', async () => {
  machine.cache(await signIn(center.relay.url, startUrl))
  const script = "process.on('SIGTERM', () => process.exit(9)); setInterval(() => {}, 1000); console.log('ready')"
  const words = ['login', 'personal', '--', process.execPath, '-e', script]
  const { child, ended } = start(machine.desk, words, machine.path)
  child.stdout?.once('data', () => child.kill('SIGTERM'))
  expect((await ended).code).toBe(9)
  expect((await at(['login', 'personal', '--', 'sh', '-c', 'kill -KILL $$'])).code).toBe(137)
  expect(await at(['login', 'personal', '--', 'no-such-program'])).toMatchObject({ code: 127 })
})

it('takes the login of another portal for none, and says so once', async () => {
  const [other, fresh] = await Promise.all([signIn(center.relay.url, startUrl), signIn(center.relay.url, startUrl)])
  machine.cache({ ...other, startUrl: 'https://d-9999999999.awsapps.com/start' })
  machine.prepare(fresh)
  const ended = await at(['login', 'personal'], {}, [other, fresh])
  expect(ended.code).toBe(0)
  expect(ended.stderr).toContain(
    `the cached login is for start URL https://d-9999999999.awsapps.com/start, not ${startUrl}`,
  )
  expect(machine.calls()).toHaveLength(1)
  expect((await at(['login', 'personal'])).stderr).toBe('')
  machine.cache({ ...fresh, region: 'us-east-1', expiresAt: inMinutes(-30) })
  const region = await at(['login', 'personal'], {}, [fresh])
  expect(region.stderr).toContain('the cached login is for Region us-east-1, not ap-northeast-1')
  // What it could be renewed with was not sent anywhere.
  expect(region.stderr).not.toContain('renewed')
})

it('does not take a login of another portal for one after a login either', async () => {
  machine.prepare({ ...(await signIn(center.relay.url, startUrl)), startUrl: 'https://d-9999999999.awsapps.com/start' })
  const ended = await at(['login', 'personal', '--', 'echo', 'never'])
  expect(ended).toMatchObject({ code: 1, stdout: '' })
  expect(ended.stderr).toContain('left no usable login')
})

it('explains why the AWS CLI failed, and runs nothing then', async () => {
  machine.fail('An error occurred (InvalidRequestException) when calling the StartDeviceAuthorization operation: \n')
  const ended = await at(['login', 'personal', '--', 'echo', 'never'])
  expect(ended).toMatchObject({ code: 1, stdout: '' })
  expect(ended.stderr).toContain('sso_start_url or sso_region does not belong to your Identity Center')
})

it('does not call it a success when no usable login is left behind', async () => {
  machine.prepare({ startUrl })
  const ended = await at(['login', 'personal'])
  expect(ended).toMatchObject({ code: 1, stdout: '' })
  expect(ended.stderr).toContain('left no usable login')
})

it('takes the profile from the environment, and names the nearest when there is none', async () => {
  const ended = await at(['login'], { AWS_PROFILE: 'persnal' })
  expect(ended.code).toBe(1)
  expect(ended.stderr).toContain('there is no profile persnal')
  expect(ended.stderr).toContain('did you mean personal?')
  const many = await at(['login', 'personal', 'aws', 's3', 'ls'])
  expect(many.stderr).toContain('sso-reconcile login personal -- aws s3 ls')
})

it('says when the role session ended, which needs no login', async () => {
  machine.cache(await signIn(center.relay.url, startUrl))
  const role = JSON.stringify({ accountId: management, roleName: 'AdministratorAccess', sessionName: 'personal' })
  const cache = join(machine.desk.home, '.aws', 'cli', 'cache')
  mkdirSync(cache, { recursive: true })
  const file = `${createHash('sha1').update(role).digest('hex')}.json`
  writeFileSync(join(cache, file), JSON.stringify({ Credentials: { Expiration: inMinutes(-5) } }))
  expect((await at(['login'])).stdout).toContain('the role session (clock 3 of 3) expired')
  expect(machine.calls()).toEqual([])
})

it.skipIf(Boolean(noTerminal))(
  'a Ctrl-C at the terminal reaches the command once, and the command decides',
  async () => {
    machine.cache(await signIn(center.relay.url, startUrl))
    const script = `let n = 0
process.on('SIGINT', () => { n += 1; setTimeout(() => process.exit(10 + n), 300) })
setInterval(() => {}, 1000)
console.log('ready')`
    const words = ['login', 'personal', '--', process.execPath, '-e', script]
    const ended = await runOnTerminal(machine.desk, words, { replies: [['ready', '\u0003']], env: machine.path })
    expect(ended.code).toBe(11)
    expect(ended.stdout).not.toContain('finishing what is in flight')
  },
)

it.skipIf(Boolean(noAwsCli))('the AWS CLI itself takes the login from the same cache', async () => {
  machine.prepare(await signIn(center.relay.url, startUrl))
  const words = ['login', 'personal', '--', 'python3', '-m', 'awscli', 'sts', 'get-caller-identity', '--output', 'json']
  const ended = await at(words)
  expect(ended).toMatchObject({ code: 0 })
  expect(JSON.parse(ended.stdout).Arn).toMatch(/:assumed-role\/AWSReservedSSO_AdministratorAccess_[0-9a-f]{16}\/taro$/)
})
