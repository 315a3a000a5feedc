import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { environment, outcome, type Run, run, start, type Variables } from '../scenarios/e2e/support/binary.ts'
import { type Center, startCenter } from '../scenarios/e2e/support/center.ts'
import { configOf, type Desk, newDesk } from '../scenarios/e2e/support/desk.ts'
import { awsCliV2, noAwsCliV2 } from './support/aws-cli-v2.ts'
import { browserAt } from './support/person.ts'

const manifest = `version: 1
identity_center: { region: ap-northeast-1 }
accounts: { dev: "444455556666" }
users: { taro: { given_name: Taro, family_name: Yamada, email: taro@example.com } }
permission_sets:
  Admin: { managed_policies: [AdministratorAccess] }
  ReadOnly: { managed_policies: [ReadOnlyAccess] }
assignments:
  - { users: [taro], permission_sets: [Admin], accounts: [management] }
  - { users: [taro], permission_sets: [ReadOnly], accounts: [management, dev] }
local:
  sso_session: personal
  region: ap-northeast-1
  profiles:
    personal: { account: management, permission_set: Admin }
    default: { account: dev, permission_set: ReadOnly }
  generate: { user: taro, name: "{account}-{permission_set}" }
`

const noKeys: Variables = {
  AWS_ACCESS_KEY_ID: undefined,
  AWS_SECRET_ACCESS_KEY: undefined,
  AWS_SESSION_TOKEN: undefined,
}
const browser = fileURLToPath(new URL('support/browser.mjs', import.meta.url))

let center: Center
let desk: Desk
let profiles: readonly string[]

beforeAll(async () => {
  if (noAwsCliV2) return
  center = await startCenter()
  const accounts = JSON.stringify([{ id: '444455556666', name: 'Dev' }])
  const added = await fetch(`${center.relay.url}/_sandbox/accounts`, { method: 'POST', body: accounts })
  expect(added.ok).toBe(true)
  desk = newDesk(center.relay.url, manifest)
  const applied = await run(desk, ['apply', '--yes'])
  expect(applied).toMatchObject({ code: 0 })
  profiles = [...configOf(desk.home).matchAll(/^\[(?:profile )?([^\s\]]+)\]$/gm)].map(([, name = '']) => name)
  expect(profiles.toSorted()).toEqual(['Home-Admin', 'Home-ReadOnly', 'default', 'dev-ReadOnly', 'personal'])
})
afterAll(() => center?.close())

/** The AWS CLI at the desk. */
function aws(words: readonly string[]): ChildProcess {
  const env = environment(desk, noKeys)
  return spawn(awsCliV2, [...words], { env, cwd: desk.work, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Opens the first sign-in page that a program prints, and allows it. */
function allowing(child: ChildProcess): Promise<Run> {
  const ended = outcome(child)
  let told = ''
  let opened = false
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text: string) => {
      told += text
      const [page] = /http\S+\/(?:authorize\?\S+|device\?user_code=[A-Z-]+)(?=\n)/.exec(told) ?? []
      if (page === undefined || opened) return
      opened = true
      spawn(process.execPath, [browser, page], { stdio: 'ignore' })
    })
  return ended
}

/** Holds that the AWS CLI is, with every profile, who that profile is to be. */
async function everyProfileWorks(): Promise<void> {
  const text = configOf(desk.home)
  for (const profile of profiles) {
    const header = profile === 'default' ? '[default]' : `[profile ${profile}]`
    const section = text.slice(text.indexOf(`${header}\n`)).split(/\n\[/)[0] ?? ''
    const [, account] = /sso_account_id = (\d+)/.exec(section) ?? []
    const [, role] = /sso_role_name = (\S+)/.exec(section) ?? []
    const ended = await outcome(aws(['sts', 'get-caller-identity', '--profile', profile, '--output', 'json']))
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    const { Arn } = JSON.parse(ended.stdout) as { Arn: string }
    expect(Arn).toMatch(new RegExp(`^arn:aws:sts::${account}:assumed-role/AWSReservedSSO_${role}_[0-9a-f]{16}/taro$`))
  }
}

const cache = () => join(desk.home, '.aws/sso/cache')
const tokenFile = () => join(cache(), `${createHash('sha1').update('personal').digest('hex')}.json`)
const token = () => JSON.parse(readFileSync(tokenFile(), 'utf8')) as Record<string, string>

function loggedOut(): void {
  rmSync(cache(), { recursive: true, force: true })
  rmSync(join(desk.home, '.aws/cli'), { recursive: true, force: true })
}

/** Makes the access token end within a minute, so that the next command has to renew it. */
function endsSoon(): void {
  const expiresAt = new Date(Date.now() + 60_000).toISOString().replace(/\.\d+Z$/, 'Z')
  writeFileSync(tokenFile(), JSON.stringify({ ...token(), expiresAt }))
  rmSync(join(desk.home, '.aws/cli'), { recursive: true, force: true })
}

const itWith = it.skipIf(Boolean(noAwsCliV2))

itWith.each([
  ['in the browser', []],
  ['by code', ['--use-device-code']],
])('the AWS CLI logs in %s, and is every profile then', { timeout: 120_000 }, async (_how, more) => {
  loggedOut()
  const login = await allowing(aws(['sso', 'login', '--sso-session', 'personal', '--no-browser', ...more]))
  expect(login).toMatchObject({ code: 0 })
  await everyProfileWorks()
  const ours = await run(desk, ['login', 'personal', '--json'], noKeys)
  expect(JSON.parse(ours.stdout)).toMatchObject({ logged_in: true, checked: true })
})

itWith.each([
  ['in the browser', ['--use-browser', '--no-browser']],
  ['by code', ['--use-device-code', '--no-browser']],
])('after our own login %s the AWS CLI is every profile, and renews it', { timeout: 120_000 }, async (_how, more) => {
  loggedOut()
  const login = await allowing(start(desk, ['login', 'personal', '--without-cli', ...more], noKeys).child)
  expect(login).toMatchObject({ code: 0 })
  await everyProfileWorks()
  const { accessToken } = token()
  endsSoon()
  await everyProfileWorks()
  expect(token().accessToken).not.toBe(accessToken)
})

itWith('each takes the registration of the other', { timeout: 120_000 }, async () => {
  loggedOut()
  await allowing(start(desk, ['login', 'personal', '--without-cli', '--use-browser', '--no-browser'], noKeys).child)
  const files = readdirSync(cache()).toSorted()
  const client = token().clientId
  expect(await allowing(aws(['sso', 'login', '--sso-session', 'personal', '--no-browser']))).toMatchObject({ code: 0 })
  expect(readdirSync(cache()).toSorted()).toEqual(files)
  expect(token().clientId).toBe(client)
  rmSync(tokenFile())
  await allowing(start(desk, ['login', 'personal', '--without-cli', '--use-browser', '--no-browser'], noKeys).child)
  expect(token().clientId).toBe(client)
})

itWith('login goes through this AWS CLI where it is on PATH', { timeout: 120_000 }, async () => {
  loggedOut()
  const bin = join(desk.folder, 'bin')
  mkdirSync(bin)
  if (awsCliV2 !== 'aws') symlinkSync(awsCliV2, join(bin, 'aws'))
  const variables = { ...noKeys, ...browserAt(desk), PATH: `${bin}:${process.env.PATH}` }
  const ended = await allowing(start(desk, ['login', 'personal', '--no-browser'], variables).child)
  expect(ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/^personal: logged in to personal/) })
  expect(ended.stderr).toContain('logging in with the AWS CLI')
  await everyProfileWorks()
})
