import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { OrganizationsClient, paginateListAccounts } from '@aws-sdk/client-organizations'
import { ListInstancesCommand, SSOAdminClient } from '@aws-sdk/client-sso-admin'
import { afterEach, describe, expect, it } from 'vitest'
import { run, start, type Variables } from '../e2e/support/binary.ts'
import { type Desk, newDesk } from '../e2e/support/desk.ts'

const manifest = `version: 1
identity_center: { region: eu-west-1 }
accounts: { management: "111122223333", dev: "444455556666" }
users: { hanako: { external: true } }
`

interface Serving {
  readonly url: string
  stop(signal?: NodeJS.Signals): Promise<void>
}

const open: Serving[] = []
afterEach(async () => {
  for (const serving of open.splice(0)) await serving.stop()
})

/** Starts the server as a person would, and reads the address from the lines to paste. */
async function serve(desk: Desk, ...words: string[]): Promise<Serving> {
  const { child, ended } = start(desk, ['sandbox', '--state', 'state.json', ...words])
  const url = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (chunk: string) => {
      text += chunk
      const found = /^export AWS_ENDPOINT_URL=(\S+)$/m.exec(text)?.[1]
      if (found) resolve(found)
    })
    void ended.then((run) => reject(new Error(`ended at once: ${run.stderr}`)))
  })
  const serving = {
    url,
    stop: async (signal: NodeJS.Signals = 'SIGKILL') => {
      child.kill(signal)
      await ended
    },
  }
  open.push(serving)
  return serving
}

const clientOf = (endpoint: string, region = 'eu-west-1') => ({
  endpoint,
  region,
  credentials: { accessKeyId: 'AKIASANDBOX000000000', secretAccessKey: 'sandbox' },
  maxAttempts: 1,
})

async function accountsAt(url: string): Promise<string[]> {
  const names: string[] = []
  for await (const page of paginateListAccounts({ client: new OrganizationsClient(clientOf(url)) }, {}))
    names.push(...(page.Accounts ?? []).map((one) => one.Name ?? ''))
  return names.sort()
}

describe('the server by itself', () => {
  it('has the accounts of a manifest and of a file, and keeps them through a kill', async () => {
    const desk = newDesk(undefined, manifest)
    const more = [{ id: '777788889999', name: 'Prod', ou: 'Workloads/Prod', tags: { env: 'prod' } }]
    writeFileSync(join(desk.work, 'accounts.json'), JSON.stringify(more))
    const first = await serve(desk, '--seed', 'sso.yaml', '--accounts', 'accounts.json')
    expect(await accountsAt(first.url)).toEqual(['Management', 'Prod', 'dev'])
    await first.stop('SIGKILL')

    const second = await serve(desk)
    expect(await accountsAt(second.url)).toEqual(['Management', 'Prod', 'dev'])
    const { Instances } = await new SSOAdminClient(clientOf(second.url)).send(new ListInstancesCommand({}))
    expect(Instances).toHaveLength(1)
    const elsewhere = await new SSOAdminClient(clientOf(second.url, 'us-east-1')).send(new ListInstancesCommand({}))
    expect(elsewhere.Instances).toEqual([])
  })

  it('takes the variables of a manifest that the run allows, and no others', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is a manifest, not a template
    const desk = newDesk(undefined, manifest.replace('hanako:', '"${COMPANY}":'))
    expect(readFileSync(join(desk.work, 'sso.yaml'), 'utf8')).toContain('COMPANY')
    const env = { COMPANY: 'yukiko' }
    const words = ['sandbox', '--seed', 'sso.yaml', '--export']
    const refused = await run(desk, words, env)
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('add --env COMPANY') })
    expect((await run(desk, [...words, '--env', 'COMPANY'], env)).stdout).toContain('yukiko')
  })

  it('exports a state that another one imports', async () => {
    const desk = newDesk(undefined, manifest)
    await (await serve(desk, '--seed', 'sso.yaml')).stop()
    const exported = await run(desk, ['sandbox', '--state', 'state.json', '--export'])
    expect(exported.code).toBe(0)
    writeFileSync(join(desk.work, 'export.json'), exported.stdout)
    const again = await run(desk, ['sandbox', '--state', 'other.json', '--import', 'export.json', '--export'])
    expect(JSON.parse(again.stdout)).toEqual(JSON.parse(exported.stdout))
    expect(exported.stdout).toContain('hanako')
    expect(readFileSync(join(desk.work, 'other.json'), 'utf8')).toContain('hanako')
  })

  it('starts as a new account, goes wrong on demand, and is not reached by another name', async () => {
    const desk = newDesk(undefined, manifest)
    const faults = JSON.stringify({ rules: [{ kind: 'deny', operations: ['ListInstances'] }] })
    const { url } = await serve(desk, '--fresh', '--faults', faults)
    await expect(accountsAt(url)).rejects.toMatchObject({ name: 'AWSOrganizationsNotInUseException' })
    const denied = new SSOAdminClient(clientOf(url)).send(new ListInstancesCommand({}))
    await expect(denied).rejects.toMatchObject({ name: 'AccessDeniedException' })
    expect(new URL(url).hostname).toBe('127.0.0.1')
  })

  it.each([
    ['--faults', '{"rules":', 'is not JSON'],
    ['--import', 'missing.json', 'does not exist'],
    ['--port', 'many', 'a port from 0 to 65535'],
  ])('says what is wrong with %s %s', async (flag, value, sentence) => {
    const { code, stderr } = await run(newDesk(undefined, manifest), ['sandbox', flag, value])
    expect(code).toBe(1)
    expect(stderr).toContain(sentence)
  })
})

describe('the region of a new state', () => {
  const lines = (desk: Desk, words: readonly string[], extra: Variables = {}) =>
    run(desk, ['sandbox', '--state', 'state.json', '--export', ...words], extra).then(
      ({ stdout }) => JSON.parse(stdout).tables.home.home.region,
    )

  it.each([
    ['of the manifest beside it', manifest, [], { AWS_REGION: 'us-west-2' }, 'eu-west-1'],
    ['that is named', manifest, ['--region', 'eu-north-1'], {}, 'eu-north-1'],
    ['of the manifest of --seed', 'version: 1\nidentity_center: {', ['--seed', 'seed.yaml'], {}, 'eu-west-1'],
    [
      'of the environment, beside a manifest with errors',
      'version: 1\nidentity_center: {',
      [],
      { AWS_REGION: 'us-west-2' },
      'us-west-2',
    ],
    ['for want of any', '', [], {}, 'us-east-1'],
  ])('is the one %s', async (_what, text, words, extra, region) => {
    const desk = newDesk(undefined, text)
    writeFileSync(join(desk.work, 'seed.yaml'), manifest)
    expect(await lines(desk, words, extra)).toBe(region)
  })

  it('is told with the click, and a state that was there before is not told to be new', async () => {
    const desk = newDesk(undefined, manifest)
    const first = start(desk, ['sandbox', '--state', 'state.json', '--fresh'])
    const said = await new Promise<string>((resolve) => {
      let text = ''
      first.child.stderr?.on('data', (chunk: string) => {
        text += chunk
        if (text.includes('_sandbox/enable')) resolve(text)
      })
    })
    expect(said).toContain('This is a new AWS account. For the click that enables Identity Center, in eu-west-1: curl')
    first.child.kill('SIGKILL')
    await first.ended
    const second = start(desk, ['sandbox', '--state', 'state.json', '--fresh'])
    const again = await new Promise<string>((resolve) => {
      let text = ''
      second.child.stderr?.on('data', (chunk: string) => {
        text += chunk
        if (text.includes('new AWS account')) resolve(text)
      })
    })
    expect(again).toContain('state.json was there before, and is used as it is')
    second.child.kill('SIGKILL')
    await second.ended
  })
})
