import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { request as forward } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { newCloud } from '../cloud/support/cloud.ts'
import { run } from './support/binary.ts'
import { configPath, newDesk, newFolder } from './support/desk.ts'

const noOpenssl =
  spawnSync('openssl', ['version']).status === 0 ? undefined : 'skipped: openssl makes the certificate, and is not here'
if (noOpenssl) process.stderr.write(`${noOpenssl}\n`)

const manifest = 'version: 1\nidentity_center: { region: us-east-1 }\nusers: { ann: { external: true } }\n'

function certificate() {
  const folder = newFolder()
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const about = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  const words = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...about, '-keyout', key, '-out', cert]
  expect(spawnSync('openssl', words).status).toBe(0)
  return { key, cert }
}

/** AWS behind TLS: what was true when each connection came about, and how many requests each carried. */
async function startSecure(target: string, noted: () => boolean) {
  const { key, cert } = certificate()
  const connections: { readonly noted: boolean; requests: number }[] = []
  const counts = new WeakMap<object, { requests: number }>()
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (incoming, outgoing) => {
    const count = counts.get(incoming.socket)
    if (count) count.requests += 1
    const { method, url = '', headers } = incoming
    const onward = forward(new URL(url, target), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(onward)
  })
  server.on('secureConnection', (socket) => {
    const connection = { noted: noted(), requests: 0 }
    connections.push(connection)
    counts.set(socket, connection)
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  onTestFinished(() => void server.closeAllConnections())
  onTestFinished(() => void server.close())
  return { port: (server.address() as AddressInfo).port, cert, connections }
}

it.skipIf(noOpenssl).each(['localhost', '127.0.0.1'])(
  'a connection to AWS at %s is open before credentials are there, and the first request takes it',
  async (host) => {
    const cloud = await newCloud({ contents: { users: [{ userName: 'ann' }] } })
    const desk = newDesk(cloud.url, manifest)
    const here = join(desk.home, 'credentials-are-here')
    const { port, cert, connections } = await startSecure(cloud.url, () => existsSync(here))
    const program = join(desk.home, 'credentials.mjs')
    const answer = { Version: 1, AccessKeyId: 'AKIDEXAMPLE', SecretAccessKey: 'secret' }
    writeFileSync(
      program,
      `import { writeFileSync } from 'node:fs'
setTimeout(() => {
  writeFileSync(${JSON.stringify(here)}, '')
  process.stdout.write(${JSON.stringify(JSON.stringify(answer))})
}, 1_500)
`,
    )
    mkdirSync(join(desk.home, '.aws'), { recursive: true })
    writeFileSync(configPath(desk.home), `[profile slow]\ncredential_process = "${process.execPath}" "${program}"\n`)
    const keys = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined }
    const at = { AWS_ENDPOINT_URL: `https://${host}:${port}`, NODE_EXTRA_CA_CERTS: cert, AWS_PROFILE: 'slow' }
    const { code, stderr } = await run(desk, ['plan', '--check'], { ...keys, ...at })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    // One alone is opened early: there is one host.
    expect(connections.filter((one) => !one.noted)).toHaveLength(1)
    expect(connections[0]?.noted).toBe(false)
    // None is opened for nothing.
    for (const { requests } of connections) expect(requests).toBeGreaterThan(0)
  },
)

it.skipIf(noOpenssl)('a connection that does not come about is told by the request that needs it', async () => {
  const cloud = await newCloud()
  const desk = newDesk(cloud.url, manifest)
  const { port } = await startSecure(cloud.url, () => false)
  // Nobody vouches for the certificate.
  const { code, stderr } = await run(desk, ['plan'], { AWS_ENDPOINT_URL: `https://localhost:${port}` })
  expect(code).toBe(1)
  expect(stderr).toContain('DEPTH_ZERO_SELF_SIGNED_CERT')
  const dead = await run(desk, ['plan'], { AWS_ENDPOINT_URL: 'https://localhost:1' })
  expect(dead.code).toBe(1)
  expect(dead.stderr).toContain('ECONNREFUSED')
})
