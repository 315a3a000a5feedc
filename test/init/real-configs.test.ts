import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ListInstancesCommand, SSOAdminClient } from '@aws-sdk/client-sso-admin'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadManifest } from '../../src/manifest/load.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts'
import { configPath, type Desk, newDesk, newFolder, tree } from '../scenarios/e2e/support/desk.ts'
import { run } from '../support/here.ts'
import { secret } from './machines.ts'
import { type RealConfig, realConfigs } from './real-configs.ts'

let sandbox: Sandbox
let portal: string
beforeAll(async () => {
  sandbox = await startSandbox({
    stateFile: join(newFolder(), 'state.json'),
    seed: {
      region: 'eu-west-1',
      instanceId: 'ssoins-0123456789abcdef',
      managementAccount: '111122223333',
      accounts: [
        { id: '111122223333', name: 'Main' },
        { id: '444455556666', name: 'Dev' },
      ],
    },
    contents: { permissionSets: [{ name: 'AdministratorAccess' }, { name: 'AWSAdministratorAccess' }] },
    now: () => new Date(),
    random: (bytes) => randomBytes(bytes),
  })
  const credentials = { accessKeyId: 'dummy', secretAccessKey: 'dummy' }
  const client = new SSOAdminClient({ endpoint: sandbox.url, region: 'eu-west-1', credentials })
  const [instance] = (await client.send(new ListInstancesCommand({}))).Instances ?? []
  portal = `https://${instance?.IdentityStoreId}.awsapps.com/start`
})
afterAll(() => sandbox.close())

function deskWith({ config, credentials }: RealConfig, endpoint: string): Desk {
  const desk = newDesk(endpoint)
  rmSync(join(desk.work, 'sso.yaml'))
  mkdirSync(join(desk.home, '.aws'))
  writeFileSync(configPath(desk.home), config.replaceAll('PORTAL', portal))
  if (credentials) writeFileSync(join(desk.home, '.aws', 'credentials'), credentials)
  return desk
}

async function adopted(desk: Desk, words: readonly string[], env: Readonly<Record<string, string | undefined>>) {
  const before = tree(desk.home)
  const begun = await run(desk, ['init', ...words], env)
  expect(begun).toMatchObject({ code: 0 })
  expect(tree(desk.home)).toEqual(before)
  const text = readFileSync(join(desk.work, 'sso.yaml'), 'utf8')
  expect(`${text}${begun.stdout}${begun.stderr}`).not.toMatch(new RegExp(`defect|${secret}|A[KS]IAIOSFODNN7EXAMPLE`))
  const validated = await run(desk, ['validate'], env)
  expect(validated, text).toMatchObject({ code: 0 })
  const plan = await run(desk, ['plan', ...words, '--json', '--check'], env)
  const { operations, refusals } = JSON.parse(plan.stdout)
  expect({ operations, refusals }, text).toEqual({ operations: [], refusals: [] })
  const readPolicy = () => Promise.reject(new Error('no policy files'))
  const { manifest } = await loadManifest({ file: 'sso.yaml', text }, { env: {}, readPolicy })
  return { text, manifest, plan, comments: text.replaceAll(/\n#\s+/g, ' ') }
}

const nobody = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined }

describe.each(Object.entries(realConfigs))('%s', (_name, real) => {
  const { declared, online = declared, says = [], saysOnline = [], region = 'eu-west-1', broken } = real

  it('is adopted without a look at AWS', async () => {
    const desk = deskWith(real, 'http://127.0.0.1:9')
    const known = /sso_region/.test(real.config) ? {} : { AWS_REGION: 'eu-west-1' }
    const { manifest, comments, plan, text } = await adopted(desk, ['--only', 'local'], { ...nobody, ...known })
    expect(manifest.identity_center.region).toBe(region)
    expect(Object.keys(manifest.local?.profiles ?? {}).toSorted(), text).toEqual(declared.toSorted())
    for (const one of says) expect(comments).toMatch(one)
    if (!broken) expect(plan.code, plan.stderr).toBe(0)
  })

  it('is adopted with one', async () => {
    const { manifest, text, plan, comments } = await adopted(deskWith(real, sandbox.url), [], {
      AWS_REGION: 'eu-west-1',
    })
    expect(Object.keys(manifest.local?.profiles ?? {}).toSorted(), text).toEqual(online.toSorted())
    for (const one of saysOnline) expect(comments).toMatch(one)
    if (!broken) expect(plan.code, plan.stderr).toBe(0)
  })
})
