import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { binary, environment, outcome, type Run, run, type Variables } from '../scenarios/e2e/support/binary.ts'
import { startCenter } from '../scenarios/e2e/support/center.ts'
import { configPath, type Desk, newDesk, newFolder } from '../scenarios/e2e/support/desk.ts'
import { runAt } from '../support/here.ts'
import { newTime } from '../support/time.ts'

const noOpenssl =
  spawnSync('openssl', ['version']).status === 0 ? undefined : 'skipped: openssl makes the certificate, and is not here'
if (noOpenssl) process.stderr.write(`${noOpenssl}\n`)

const startUrl = 'https://d-1234567890.awsapps.com/start'
const config = `[sso-session personal]
sso_start_url = ${startUrl}
sso_region = eu-west-1
[profile personal]
sso_session = personal
sso_account_id = 111122223333
sso_role_name = Admin
`

let desk: Desk

beforeEach(() => {
  desk = newDesk('http://127.0.0.1:1')
  mkdirSync(join(desk.home, '.aws'))
  writeFileSync(configPath(desk.home), config)
})

const bare: Variables = {
  PATH: '/nonexistent',
  AWS_ACCESS_KEY_ID: undefined,
  AWS_SECRET_ACCESS_KEY: undefined,
  AWS_SESSION_TOKEN: undefined,
}
const byCode = ['login', 'personal', '--use-device-code']

const cachePath = () => join(desk.home, '.aws/sso/cache', `${createHash('sha1').update('personal').digest('hex')}.json`)

function cache(content: object | string): void {
  mkdirSync(dirname(cachePath()), { recursive: true })
  writeFileSync(cachePath(), typeof content === 'string' ? content : JSON.stringify(content))
}

const token = {
  ...{ startUrl, region: 'eu-west-1', accessToken: 'access-secret', expiresAt: '2099-01-01T00:00:00Z' },
  ...{ clientId: 'client-id', clientSecret: 'client-secret', registrationExpiresAt: '2099-01-01T00:00:00Z' },
  refreshToken: 'refresh-secret',
}

/** The one error of a run, which has no result and shows nothing of a login. */
function errorOf({ code, stdout, stderr }: Run): { code: string; message: string; hint: string } {
  expect(code).toBe(1)
  expect(stdout + stderr).not.toMatch(/access-secret|refresh-secret|client-secret/)
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; message: string; hint: string }[] }
  expect(diagnostics).toHaveLength(1)
  return diagnostics[0] ?? { code: '', message: '', hint: '' }
}

/** The address of a server for this test that answers everything alike. */
async function serving(answer: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listening(createServer(answer))}`
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

it('a network without an answer is named, with what may be wrong', async () => {
  const found = errorOf(await run(desk, [...byCode, '--json'], bare))
  expect(found.code).toBe('login-network')
  expect(found.message).toContain('the sign-in service of eu-west-1 does not respond: RegisterClient: ECONNREFUSED')
  expect(found.hint).toContain('sso_region (eu-west-1), and AWS_ENDPOINT_URL (http://127.0.0.1:1)')
  const proxied = errorOf(await run(desk, [...byCode, '--json'], { ...bare, HTTPS_PROXY: 'http://proxy:3128' }))
  expect(proxied.hint).toContain('this program connects directly')
})

it.each<[string, RequestListener, string, string]>([
  [
    'the page of a network that wants a login',
    (_request, response) => void response.end('<html><body>Welcome to our hotel</body></html>'),
    'login-foreign',
    'something other than AWS answered',
  ],
  [
    'a proxy that forbids',
    (_request, response) => void response.writeHead(403, { 'content-type': 'text/html' }).end('<html>Forbidden</html>'),
    'login-foreign',
    'something other than AWS answered',
  ],
  [
    'AWS in trouble',
    (_request, response) =>
      void response
        .writeHead(500, { 'x-amzn-errortype': 'InternalServerException' })
        .end('{"error":"server_error","error_description":"not now"}'),
    'login-busy',
    'InternalServerException: not now',
  ],
])('%s is told from a refusal', async (_what, answer, code, words) => {
  const endpoint = await serving(answer)
  const found = errorOf(await run(desk, [...byCode, '--json'], { ...bare, AWS_ENDPOINT_URL: endpoint }))
  expect(found).toMatchObject({ code, message: expect.stringContaining(words) })
  expect(found.message).not.toContain('<')
})

it.skipIf(Boolean(noOpenssl))('a certificate that is not trusted is named, and the advice works', async () => {
  const folder = newFolder()
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const words = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1']
  const files = ['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert]
  expect(spawnSync('openssl', [...words, ...files]).status).toBe(0)
  const secure = createSecureServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_request, response) => {
    response.writeHead(400, { 'x-amzn-errortype': 'InvalidRequestException' }).end('{"error":"invalid_request"}')
  })
  const endpoint = `https://127.0.0.1:${await listening(secure)}`
  const given = { ...bare, AWS_ENDPOINT_URL: endpoint }
  const found = errorOf(await run(desk, [...byCode, '--json'], given))
  expect(found).toMatchObject({
    code: 'login-certificate',
    message: expect.stringContaining('DEPTH_ZERO_SELF_SIGNED_CERT'),
  })
  expect(found.hint).toContain('export NODE_EXTRA_CA_CERTS=/path/to/ca.pem')
  expect(errorOf(await run(desk, [...byCode, '--json'], { ...given, AWS_CA_BUNDLE: cert })).hint).toContain(
    'export NODE_EXTRA_CA_CERTS="$AWS_CA_BUNDLE"',
  )
  expect(errorOf(await run(desk, [...byCode, '--json'], { ...given, NODE_EXTRA_CA_CERTS: cert })).code).toBe(
    'login-refused',
  )
})

it('a start URL that is not of this Identity Center is told by a code at once, and in a browser when the time is over', async () => {
  const center = await startCenter()
  onTestFinished(() => center.close())
  const given = { ...bare, AWS_ENDPOINT_URL: center.relay.url }
  const coded = errorOf(await run(desk, [...byCode, '--json'], given))
  expect(coded).toMatchObject({
    code: 'login-refused',
    message: expect.stringContaining(`sso_start_url (${startUrl})`),
  })
  // Nobody waits ten minutes here.
  const words = ['login', 'personal', '--use-browser', '--no-browser', '--json']
  const late = errorOf(await runAt(newTime(), desk, words, given))
  expect(late).toMatchObject({
    code: 'login-expired',
    hint: expect.stringContaining('(--use-device-code says so at once)'),
  })
  expect(existsSync(cachePath())).toBe(false)
})

it('a login that cannot be checked is said to be one by its cache alone', async () => {
  cache(token)
  const ended = await run(desk, ['login', 'personal'], bare)
  expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('according to the cache on this machine') })
  expect(ended.stderr).toContain('the login could not be checked')
  expect(ended.stderr).toContain('ECONNREFUSED')
  const json = await run(desk, ['login', 'personal', '--json', '--quiet'], bare)
  expect(JSON.parse(json.stdout)).toMatchObject({ logged_in: true, checked: false })
})

it('says why a login could not be renewed', async () => {
  cache({ ...token, expiresAt: '2026-01-01T00:00:00Z' })
  const ended = await run(desk, byCode, bare)
  expect(ended.stderr).toContain('it could not be renewed: the sign-in service of eu-west-1 does not respond')
  expect(JSON.parse(readFileSync(cachePath(), 'utf8'))).toMatchObject({ refreshToken: 'refresh-secret' })
})

it('does not send what a login of another portal is renewed with anywhere', async () => {
  const asked: string[] = []
  const endpoint = await serving((request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(400, { 'x-amzn-errortype': 'InvalidRequestException' }).end('{}')
  })
  cache({ ...token, expiresAt: '2026-01-01T00:00:00Z', startUrl: 'https://d-9999999999.awsapps.com/start' })
  await run(desk, byCode, { ...bare, AWS_ENDPOINT_URL: endpoint })
  expect(asked).toEqual(['/client/register'])
})

it('contradictions are told with their lines, before anybody is asked', async () => {
  writeFileSync(configPath(desk.home), `${config}sso_start_url = https://corp.awsapps.com/start\n`)
  const ended = await run(desk, ['login', 'personal'], bare)
  expect(ended).toMatchObject({ code: 1, stdout: '' })
  expect(ended.stderr).toContain('.aws/config:8:1')
  expect(ended.stderr).toContain(`[sso-session personal] on line 2 says ${startUrl}`)
  expect(ended.stderr).not.toContain('signing in')
})

/** Runs the binary as somebody whom the modes of files stop, also where the tests run as root. */
function runAsNobody(words: readonly string[]): Promise<Run> {
  const root = userInfo().uid === 0
  const owned = (path: string): void => {
    chownSync(path, 65534, 65534)
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (entry.isDirectory()) owned(join(path, entry.name))
    }
  }
  if (root) owned(desk.folder)
  const options = { cwd: desk.work, env: environment(desk, bare), ...(root ? { uid: 65534, gid: 65534 } : {}) }
  return outcome(spawn(process.execPath, [binary, ...words], { ...options, stdio: ['ignore', 'pipe', 'pipe'] }))
}

it('a cache that cannot be read is named with its owner, before anybody is asked', async () => {
  cache(token)
  chmodSync(cachePath(), userInfo().uid === 0 ? 0o600 : 0o000)
  const found = errorOf(await runAsNobody(['login', 'personal', '--json']))
  expect(found.code).toBe('login-cache')
  expect(found.message).toContain(`cannot read ${cachePath()}: permission is denied`)
  if (userInfo().uid === 0)
    expect(found.hint).toContain(`belongs to another user (uid 0), perhaps after a login with sudo`)
})

it('a cache that cannot be written is named before anybody is asked', async () => {
  mkdirSync(dirname(cachePath()), { recursive: true, mode: 0o755 })
  chmodSync(dirname(cachePath()), 0o555)
  const found = errorOf(await runAsNobody([...byCode, '--json']))
  expect(found).toMatchObject({ code: 'login-cache', message: expect.stringContaining(dirname(cachePath())) })
  chmodSync(dirname(cachePath()), 0o755)
})

it('renews nothing that it could not keep', async () => {
  let asked = 0
  const endpoint = await serving((_request, response) => {
    asked += 1
    response.writeHead(500).end('{}')
  })
  desk = { ...desk, endpoint }
  cache({ ...token, expiresAt: '2026-01-01T00:00:00Z' })
  chmodSync(cachePath(), 0o644)
  chmodSync(dirname(cachePath()), 0o555)
  const found = errorOf(await runAsNobody(['login', 'personal', '--json']))
  expect(found).toMatchObject({ code: 'login-cache', message: expect.stringContaining('cannot be written') })
  expect(asked).toBe(0)
  chmodSync(dirname(cachePath()), 0o755)
})

it('a folder that is a link to nowhere is named before anybody is asked', async () => {
  mkdirSync(join(desk.home, '.aws/sso'))
  symlinkSync('/nonexistent/cache', dirname(cachePath()))
  const found = errorOf(await run(desk, [...byCode, '--json'], bare))
  expect(found).toMatchObject({ code: 'login-cache', message: expect.stringContaining('dangling link') })
})

it('a folder in the place of the cache is named, and nothing is lost', async () => {
  mkdirSync(cachePath(), { recursive: true })
  writeFileSync(join(cachePath(), 'kept'), '')
  const found = errorOf(await run(desk, [...byCode, '--json'], bare))
  expect(found).toMatchObject({ code: 'login-cache', message: expect.stringContaining('is a folder') })
  expect(readdirSync(cachePath())).toEqual(['kept'])
})
