import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { thisMachine } from '../../../src/local/files/disk.ts'
import { readAccessToken, readToken, tokenPath } from '../../../src/local/identity/token-cache.ts'
import {
  type Registration,
  readLogin,
  readRegistration,
  registrationPath,
  saveLogin,
  saveRegistration,
} from '../../../src/local/identity/token-store.ts'
import { newFolder } from '../../scenarios/e2e/support/desk.ts'

const noPython =
  spawnSync('python3', ['--version']).status === 0 ? undefined : 'skipped: python3 writes the names to compare with'
if (noPython) process.stderr.write(`${noPython}\n`)

const machine = thisMachine(process)
const client = { id: 'client', secret: 'secret', expires: new Date('2027-02-01T10:00:00.500Z') }
const about: Registration = {
  ...{ startUrl: 'https://d-1234567890.awsapps.com/start', region: 'eu-west-1', session: 'work', browser: true },
  scopes: ['sso:account:access'],
}
const login = {
  ...{ startUrl: about.startUrl, region: about.region, accessToken: 'a', refreshToken: 'r', client },
  expires: new Date('2026-11-22T10:00:00.999Z'),
}

// What the AWS CLI hashes: json.dumps(args, sort_keys=True).
const python = `import hashlib, json, sys
args = dict(json.loads(sys.argv[1]), tool='botocore')
print(hashlib.sha1(json.dumps(args, sort_keys=True).encode('utf-8')).hexdigest())`

it.skipIf(Boolean(noPython)).each<[string, Registration]>([
  ['a session', about],
  ['several scopes', { ...about, scopes: ['sso:account:access', 'codewhisperer:completions'] }],
  ['no scopes', { ...about, scopes: null }],
  ['an empty list of them', { ...about, scopes: [] }],
  ['the older form', { ...about, scopes: null, session: null }],
  ['a name that is not English', { ...about, session: '本社 "𠮷"\\é\u007f' }],
])('a registration is kept where the AWS CLI looks for it: %s', (_what, one) => {
  const { startUrl, region, scopes, session } = one
  const words = ['-c', python, JSON.stringify({ startUrl, region, scopes, session_name: session })]
  const { stdout } = spawnSync('python3', words, { encoding: 'utf8' })
  expect(basename(registrationPath('/home/u', one))).toBe(`${stdout.trim()}.json`)
})

it('a registration serves the same kind of login until it is nearly over', async () => {
  const home = newFolder()
  const kept = { ...about, registeredScopes: about.scopes ?? [], grantTypes: ['authorization_code', 'refresh_token'] }
  await saveRegistration(home, kept, client, machine)
  const at = (text: string) => readRegistration(home, about, new Date(text))
  expect(await at('2027-02-01T09:44:00Z')).toMatchObject({ id: 'client', secret: 'secret' })
  expect(await at('2027-02-01T09:46:00Z')).toBeUndefined()
  expect(await readRegistration(home, { ...about, browser: false }, new Date(0))).toBeUndefined()
  expect(await readRegistration(home, { ...about, region: 'us-east-1' }, new Date(0))).toBeUndefined()
  writeFileSync(registrationPath(home, about), '{"clientId": "x"')
  expect(await at('2027-01-01T00:00:00Z')).toBeUndefined()
})

it('a login is kept for its owner alone, and read back', async () => {
  const home = newFolder()
  await saveLogin({ home, key: 'work' }, login, machine)
  expect(statSync(tokenPath(home, 'work')).mode & 0o777).toBe(0o600)
  expect(statSync(dirname(tokenPath(home, 'work'))).mode & 0o777).toBe(0o700)
  expect(await readToken(home, 'work')).toMatchObject({
    startUrl: login.startUrl,
    expiresAt: new Date('2026-11-22T10:00:00Z'),
  })
  expect(await readLogin({ home, key: 'work' })).toMatchObject({
    accessToken: 'a',
    refreshToken: 'r',
    client: { id: 'client' },
  })
  expect(readdirSync(dirname(tokenPath(home, 'work')))).toHaveLength(1)
  await saveLogin({ home, key: 'work' }, { ...login, accessToken: 'b' }, machine)
  expect(await readAccessToken(home, 'work')).toBe('b')
})

it('a cache that is a link stays one', async () => {
  const [home, elsewhere] = [newFolder(), newFolder()]
  mkdirSync(dirname(tokenPath(home, 'work')), { recursive: true })
  const target = join(elsewhere, 'token.json')
  writeFileSync(target, '{}', { mode: 0o644 })
  symlinkSync(target, tokenPath(home, 'work'))
  await saveLogin({ home, key: 'work' }, login, machine)
  expect(statSync(target).mode & 0o777).toBe(0o600)
  expect(await readAccessToken(home, 'work')).toBe('a')
})

it('what lacks a part cannot be renewed', async () => {
  const home = newFolder()
  await saveLogin({ home, key: 'work' }, { ...login, refreshToken: '' }, machine)
  expect(await readLogin({ home, key: 'work' })).toBeUndefined()
  expect(await readLogin({ home, key: 'other' })).toBeUndefined()
})
