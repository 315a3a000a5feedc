import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { run, start, type Variables } from '../scenarios/e2e/support/binary.ts'
import { type Center, management, startCenter } from '../scenarios/e2e/support/center.ts'
import { configPath, type Desk, newDesk } from '../scenarios/e2e/support/desk.ts'
import { noTerminal, runOnTerminal } from '../scenarios/e2e/support/pty.ts'
import { answering, browserAt, seenAt } from './support/person.ts'

const noBotocore =
  spawnSync('python3', ['-c', 'import botocore']).status === 0 ? undefined : 'skipped: python3 has no botocore'
if (noBotocore) process.stderr.write(`${noBotocore}\n`)

let center: Center
let startUrl: string
let desk: Desk

/** Nothing on PATH, no keys, nothing that tells where this runs. */
const bare: Variables = {
  PATH: '/nonexistent',
  AWS_ACCESS_KEY_ID: undefined,
  AWS_SECRET_ACCESS_KEY: undefined,
  AWS_SESSION_TOKEN: undefined,
}

beforeAll(async () => {
  center = await startCenter()
  expect((await run(newDesk(center.relay.url), ['apply', '--yes'])).code).toBe(0)
  const [instance] = Object.values((await center.export()).instances ?? {}) as { identityStoreId: string }[]
  startUrl = `https://${instance?.identityStoreId}.awsapps.com/start`
})
beforeEach(() => {
  desk = newDesk(center.relay.url)
  mkdirSync(join(desk.home, '.aws'))
  writeFileSync(configPath(desk.home), config())
})
afterAll(() => center.close())

const account = `sso_account_id = ${management}
sso_role_name = AdministratorAccess
region = ap-northeast-1
`

function config(): string {
  return `[sso-session personal]
sso_start_url = ${startUrl}
sso_region = ap-northeast-1
sso_registration_scopes = sso:account:access
[profile personal]
sso_session = personal
${account}[profile old]
sso_start_url = ${startUrl}
sso_region = ap-northeast-1
${account}`
}

function cachePath(key: string): string {
  return join(desk.home, '.aws/sso/cache', `${createHash('sha1').update(key).digest('hex')}.json`)
}

function cached(key = 'personal'): Record<string, string> {
  return JSON.parse(readFileSync(cachePath(key), 'utf8')) as Record<string, string>
}

/** Holds that nothing secret of the cached login was shown. */
function keepsSecrets({ stdout, stderr }: { stdout: string; stderr: string }, key = 'personal'): void {
  const { accessToken, refreshToken, clientSecret } = cached(key)
  for (const secret of [accessToken, refreshToken, clientSecret]) {
    if (secret) expect(stdout + stderr).not.toContain(secret)
  }
}

const inBrowser = ['login', 'personal', '--use-browser']

it('signs in through a browser where no AWS CLI is installed, and not again', async () => {
  const ended = await run(desk, inBrowser, { ...bare, ...browserAt(desk) })
  expect(ended).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^personal: logged in to personal; access token/),
  })
  expect(ended.stderr).toContain('signing in without the AWS CLI: there is no AWS CLI on PATH')
  expect(ended.stderr).toContain('asks to allow botocore-client-personal, which is this login')
  expect(ended.stderr).toMatch(/\n\nhttp:\S+\/authorize\?response_type=code&\S+code_challenge_method=S256\S+\n\n/)
  await seen(/^200 [\s\S]*You are signed in to personal/)
  keepsSecrets(ended)
  const token = cached()
  expect(Object.keys(token)).toEqual([
    ...['startUrl', 'region', 'accessToken', 'expiresAt', 'clientId', 'clientSecret', 'registrationExpiresAt'],
    'refreshToken',
  ])
  expect(token).toMatchObject({ startUrl, region: 'ap-northeast-1', expiresAt: expect.stringMatching(/^\S+:\d\dZ$/) })
  const again = await run(desk, ['login', 'personal', '--json'], bare)
  expect(JSON.parse(again.stdout)).toMatchObject({ logged_in: true, checked: true, session: 'personal' })
  expect(again.stderr).toBe('')
})

it('keeps the login for its owner alone', async () => {
  mkdirSync(join(desk.home, '.aws/sso/cache'), { recursive: true })
  writeFileSync(cachePath('personal'), 'not a login', { mode: 0o644 })
  expect((await run(desk, inBrowser, { ...bare, ...browserAt(desk) })).code).toBe(0)
  const folder = join(desk.home, '.aws/sso/cache')
  const files = readdirSync(folder)
  expect(files).toHaveLength(2)
  for (const file of files) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
  const other = newDesk(center.relay.url)
  mkdirSync(join(other.home, '.aws'))
  writeFileSync(configPath(other.home), config())
  expect((await run(other, inBrowser, { ...bare, ...browserAt(other) })).code).toBe(0)
  expect(statSync(join(other.home, '.aws/sso/cache')).mode & 0o777).toBe(0o700)
})

it('registers once, and anew with --force', async () => {
  const clients = async () => Object.keys((await center.export()).clients ?? {}).length
  const before = await clients()
  const words = [...inBrowser, '--quiet']
  await run(desk, words, { ...bare, ...browserAt(desk) })
  writeFileSync(cachePath('personal'), '{}')
  expect((await run(desk, words, { ...bare, ...browserAt(desk) })).code).toBe(0)
  expect(await clients()).toBe(before + 1)
  expect((await run(desk, [...words, '--force'], { ...bare, ...browserAt(desk) })).code).toBe(0)
  expect(await clients()).toBe(before + 2)
})

it('--quiet still shows what a person needs, and --json keeps stdout for the result', async () => {
  const ended = await run(desk, [...inBrowser, '--quiet', '--json'], { ...bare, ...browserAt(desk) })
  expect(JSON.parse(ended.stdout)).toMatchObject({ profile: 'personal', logged_in: true, checked: true })
  expect(ended.stderr).toMatch(/^If no browser opens, open this address on this machine:\n\nhttp\S+\n\n$/)
})

it('goes on waiting when somebody else comes back', async () => {
  const ended = await run(desk, inBrowser, { ...bare, ...browserAt(desk, 'stranger') })
  expect(ended.code).toBe(0)
  await seen(/^200 /m)
  const [guess, other, own] = (seenAt(desk) ?? '').trimEnd().split(/\n+(?=\d)/)
  expect(guess).toMatch(/^400 [\s\S]*does not belong to the login/)
  expect(other).toMatch(/^404 /)
  expect(own).toMatch(/^200 [\s\S]*Signed in/)
})

/** The page comes to the browser while the command ends. */
function seen(page: RegExp): Promise<void> {
  return vi.waitFor(() => expect(seenAt(desk) ?? '').toMatch(page), { timeout: 10_000 })
}

it('says that the request was denied, in the browser and by code', async () => {
  const ended = await run(desk, inBrowser, { ...bare, ...browserAt(desk, 'deny') })
  expect(ended).toMatchObject({ code: 1, stdout: '' })
  expect(ended.stderr).toContain('the request was denied on the sign-in page')
  await seen(/Not signed in/)
  const words = ['login', 'personal', '--use-device-code', '--json']
  const coded = await answering(desk, words, bare, 'deny')
  expect(coded.code).toBe(1)
  expect(JSON.parse(coded.stdout)).toMatchObject({ diagnostics: [{ code: 'login-denied' }] })
  expect(() => cached()).toThrow('ENOENT')
})

it.each<[string, Variables, string]>([
  ['SSH', { SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' }, 'this is an SSH session'],
  ['a container', { container: 'podman' }, 'this is a container'],
])('signs in with a code in %s', async (_what, variables, because) => {
  const ended = await answering(desk, ['login', 'personal'], { ...bare, ...variables })
  expect(ended.code).toBe(0)
  expect(ended.stderr).toContain(`signing in with a code, because ${because}`)
  expect(ended.stderr).toMatch(/\/device\n\nand enter the code:\n\n[A-Z]{4}-[A-Z]{4}\n/)
  expect(cached()).toHaveProperty('refreshToken')
  keepsSecrets(ended)
})

it('signs in with a code in the older form, which is never renewed', async () => {
  const ended = await answering(desk, ['login', 'old', '--use-browser'], bare)
  expect(ended.code).toBe(0)
  expect(cached(startUrl)).not.toHaveProperty('refreshToken')
})

it.each<[string, Variables, string]>([
  ['version 1', { FAKE_VERSION: 'echo aws-cli/1.45.11' }, 'AWS CLI 1.45.11 has no "sso login"'],
  ['one before AWS_ENDPOINT_URL', { FAKE_VERSION: 'echo aws-cli/2.12.7' }, 'does not know AWS_ENDPOINT_URL'],
  [
    'one that does not start',
    { FAKE_VERSION: "echo 'ModuleNotFoundError: No module named awscli' >&2; exit 1" },
    'the "aws" on PATH does not start (ModuleNotFoundError: No module named awscli)',
  ],
  ['one that is something else', { FAKE_VERSION: 'echo hello' }, 'the "aws" on PATH does not start (hello)'],
])('signs in without the AWS CLI beside %s', async (_what, variables, why) => {
  const bin = withAws('#!/bin/sh\neval "$FAKE_VERSION"\n')
  const ended = await run(desk, inBrowser, { ...bare, ...browserAt(desk), PATH: bin, ...variables })
  expect(ended.stderr).toContain(why)
  expect(ended.code).toBe(0)
})

it('tells an AWS CLI whose interpreter is gone from none', async () => {
  const bin = withAws('#!/opt/python3.6/bin/python\nprint("aws-cli/2.32.0")\n')
  const ended = await run(desk, inBrowser, { ...bare, ...browserAt(desk), PATH: bin })
  expect(ended.stderr).toContain(`${bin}/aws exists, but its interpreter`)
  expect(ended.code).toBe(0)
})

it('waits for nobody in a pipeline, unless a way to sign in was asked for', async () => {
  const pipeline = { ...bare, CI: 'true' }
  const ended = await run(desk, ['login', 'personal', '--json'], pipeline)
  expect(ended.code).toBe(1)
  expect(JSON.parse(ended.stdout)).toMatchObject({ diagnostics: [{ code: 'login-unattended' }] })
  expect(ended.stderr).toContain('signing in needs a person, but CI is set, and there is no AWS CLI on PATH')
  expect((await run(desk, ['login', 'personal', '--without-cli'], pipeline)).stderr).toContain('CI is set\n')
  const asked = await answering(desk, ['login', 'personal', '--use-device-code'], pipeline)
  expect(asked.code).toBe(0)
  expect((await run(desk, ['login', 'personal'], pipeline)).code).toBe(0)
  writeFileSync(cachePath('personal'), '{}')
  expect((await answering(desk, ['login', 'personal'], { ...bare, CI: 'false' })).code).toBe(0)
})

it('signs in without a fitting AWS CLI when asked to', async () => {
  const bin = withAws(
    '#!/bin/sh\n[ "$1" = --version ] && { echo aws-cli/2.32.0; exit; }\necho asked >> "$HOME/asked"\n',
  )
  const ended = await run(desk, [...inBrowser, '--without-cli'], { ...bare, ...browserAt(desk), PATH: bin })
  expect(ended.code).toBe(0)
  expect(ended.stderr).toContain('signing in without the AWS CLI (--without-cli)')
  expect(readdirSync(desk.home)).toEqual(['.aws'])
})

it('Ctrl-C while it waits ends it, and leaves nothing', async () => {
  const { child, ended } = start(desk, [...inBrowser, '--no-browser'], bare)
  let told = ''
  child.stderr?.on('data', (text: string) => {
    told += text
    if (told.includes('/authorize?')) child.kill('SIGINT')
  })
  expect(await ended).toMatchObject({ code: 130, stdout: '' })
  expect(() => cached()).toThrow('ENOENT')
})

it.skipIf(Boolean(noTerminal))('Ctrl-C at a terminal ends it as well, in the browser and by code', async () => {
  for (const how of ['--use-browser', '--use-device-code']) {
    const words = ['login', 'personal', '--no-browser', how]
    const ended = await runOnTerminal(desk, words, { replies: [['waiting up to', '\u0003']], env: bare })
    expect(ended.code).toBe(130)
  }
  expect(() => cached()).toThrow('ENOENT')
})

it('renews its own login without a browser', async () => {
  await run(desk, inBrowser, { ...bare, ...browserAt(desk) })
  const first = cached()
  writeFileSync(cachePath('personal'), JSON.stringify({ ...first, expiresAt: '2026-01-01T00:00:00Z', note: 1 }))
  const ended = await run(desk, ['login', 'personal'], bare)
  expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining('was renewed without a browser') })
  expect(cached().accessToken).not.toBe(first.accessToken)
  expect(cached().refreshToken).not.toBe(first.refreshToken)
  keepsSecrets(ended)
})

it('signs in and renews in the private home of --sandbox too, and leaves the own one alone', async () => {
  const sandbox = (words: readonly string[], more: Variables = {}) =>
    run(desk, [...words, '--sandbox'], { ...bare, AWS_ENDPOINT_URL: undefined, ...more })
  expect((await sandbox(['apply', '--yes'])).code).toBe(0)
  expect((await sandbox(inBrowser, browserAt(desk))).code).toBe(0)
  const file = cachePath('personal').replace(desk.home, join(desk.work, '.sso-sandbox/home'))
  const token = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  writeFileSync(file, JSON.stringify({ ...token, expiresAt: inSeconds(-60) }))
  const again = await sandbox(['login', 'personal'])
  expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining('was renewed without a browser') })
  expect(() => cached()).toThrow('ENOENT')
})

it.each(['https://d-0000000000.awsapps.com/start', 'https://acme.awsapps.com/start/#/'])(
  'signs in at the portal that a real file names, for which the sandbox stands in: %s',
  async (named) => {
    const file = join(desk.work, 'sso.yaml')
    writeFileSync(file, readFileSync(file, 'utf8').replace('identity_center:\n', `$&  start_url: ${named}\n`))
    expect(readFileSync(file, 'utf8')).toContain(named)
    const sandbox = (words: readonly string[], more: Variables = {}) =>
      run(desk, [...words, '--sandbox'], { ...bare, AWS_ENDPOINT_URL: undefined, ...more })
    const { stdout } = await sandbox(['apply', '--yes'])
    expect(stdout.replace(/\s+/g, ' ')).toContain(' (in the sandbox, which serves no such page) ')
    const ended = await sandbox(inBrowser, browserAt(desk))
    expect(ended.code, ended.stderr).toBe(0)
  },
)

it('the SDK takes the login, and renews it', async () => {
  await run(desk, inBrowser, { ...bare, ...browserAt(desk) })
  const script = `import { fromSSO } from '@aws-sdk/credential-providers'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
const { Arn } = await new STSClient({ region: 'ap-northeast-1', credentials: fromSSO({ profile: 'personal' }) }).send(new GetCallerIdentityCommand({}))
console.log(Arn)`
  const ask = () => asked(process.execPath, ['--input-type=module', '-e', script])
  expect(await ask()).toMatch(/:assumed-role\/AWSReservedSSO_AdministratorAccess_[0-9a-f]{16}\/taro$/)
  const { accessToken } = cached()
  writeFileSync(cachePath('personal'), JSON.stringify({ ...cached(), expiresAt: inSeconds(60) }))
  expect(await ask()).toMatch(/\/taro$/)
  expect(cached().accessToken).not.toBe(accessToken)
})

it.skipIf(Boolean(noBotocore))('botocore takes the login, and renews it with our registration', async () => {
  await run(desk, inBrowser, { ...bare, ...browserAt(desk) })
  const script = fileURLToPath(new URL('support/credentials.py', import.meta.url))
  const ask = () => asked('python3', [script, 'personal', center.relay.url])
  expect(await ask()).toMatch(/AWSReservedSSO_AdministratorAccess_[0-9a-f]{16}\/taro/)
  const { accessToken } = cached()
  writeFileSync(cachePath('personal'), JSON.stringify({ ...cached(), expiresAt: inSeconds(60) }))
  expect(await ask()).toMatch(/\/taro/)
  expect(cached().accessToken).not.toBe(accessToken)
})

function withAws(program: string): string {
  const bin = join(desk.folder, 'bin')
  mkdirSync(bin)
  writeFileSync(join(bin, 'aws'), program, { mode: 0o755 })
  return bin
}

/** What a program says that reads the files of this home; the sandbox is in this process, so nothing may block it. */
async function asked(program: string, words: readonly string[]): Promise<string> {
  const { execFile } = await import('node:child_process')
  const env = {
    PATH: process.env.PATH,
    HOME: desk.home,
    AWS_ENDPOINT_URL: center.relay.url,
    AWS_EC2_METADATA_DISABLED: 'true',
  }
  return new Promise((resolve, reject) => {
    const cwd = fileURLToPath(new URL('../..', import.meta.url))
    execFile(program, [...words], { env, cwd }, (cause, stdout, stderr) => {
      if (cause) reject(new Error(stderr))
      else resolve(stdout.trim())
    })
  })
}

function inSeconds(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
}
