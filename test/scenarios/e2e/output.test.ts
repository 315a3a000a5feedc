import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { kindNames } from '../../../src/kinds/index.ts'
import type { TablesJson } from '../../../src/sandbox/state/state.ts'
import { credentials, type Run, run, type Variables } from './support/binary.ts'
import { type Center, startCenter } from './support/center.ts'
import { type Desk, journey, laptop, newDesk, tree } from './support/desk.ts'
import { noTerminal, runOnTerminal } from './support/pty.ts'

const schema = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../../schema/plan.schema.json', import.meta.url)), 'utf8'),
)
const validate = new Ajv({ allErrors: true, strict: true, strictRequired: false, strictTypes: false }).compile(schema)

let center: Center
let empty: TablesJson
let desk: Desk
beforeAll(async () => {
  center = await startCenter()
  empty = await center.export()
})
beforeEach(async () => {
  await center.restore(empty)
  await center.faults({ seconds: 0.2 })
  desk = newDesk(center.relay.url)
})
afterAll(() => center.close())

/** A manifest that touches every kind and every form of value there is, also fields that are removed. */
const rich = (change: boolean) =>
  JSON.stringify({
    version: 1,
    name: 'rich',
    identity_center: {
      region: 'ap-northeast-1',
      name: change ? 'corp' : 'first',
      additional_regions: ['us-west-2'],
      delegated_administrator: '222233334444',
    },
    users: {
      'a:b@c': { given_name: 'A', family_name: 'B', email: 'a@example.com', ...(change ? { title: 'Boss' } : {}) },
      bob: { given_name: 'B', family_name: 'C', email: 'b@example.com' },
    },
    groups: { 'all of us': { description: 'Everybody', members: change ? ['bob'] : ['bob', 'a:b@c'] } },
    permission_sets: {
      Rich: {
        session_duration: change ? '90m' : '8h',
        managed_policies: ['job-function/Billing', ...(change ? [] : ['ReadOnlyAccess'])],
        inline_policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: change ? ['s3:Get*', 's3:List*'] : 's3:Get*', Resource: '*' }],
        },
        permissions_boundary: { managed_policy: 'PowerUserAccess' },
        tags: change ? { team: 'b' } : { team: 'a', stage: 'dev' },
      },
      ...(change ? {} : { Leaving: {} }),
    },
    assignments: [{ groups: ['all of us'], permission_sets: ['Rich'], accounts: ['management'] }],
    applications: { Wiki: { users: ['bob'], assignment_required: false } },
    trusted_token_issuers: {
      okta: { issuer_url: 'https://okta.example.com', claim: change ? 'upn' : 'email', attribute: 'emails.value' },
      ...(change ? {} : { 'a@b': { issuer_url: 'https://b.example.com', claim: 'email', attribute: 'emails.value' } }),
    },
    access_control_attributes: { Team: '$' + '{path:userName}' },
    local: {
      sso_session: 'main',
      profiles: { p: { account: 'management', permission_set: 'Rich' } },
      shell: { aws_profile: 'p', shells: ['zsh'] },
    },
    checklist: { mfa_policy: 'todo' },
  })

interface Document {
  readonly complete: boolean
  readonly operations: readonly { readonly address: string; readonly kind: string; readonly verb: string }[]
  readonly diagnostics: readonly { readonly code: string; readonly at?: object }[]
  readonly refusals: readonly { readonly code: string }[]
  readonly unmanaged: readonly string[]
}

/** The one document on stdout; held to the schema. */
function documentOf({ stdout }: Run): Document {
  return held(JSON.parse(stdout))
}

function held(document: unknown): Document {
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true)
  return document as Document
}

/** The events of an apply, one a line. */
function eventsOf({ stdout }: Run): Record<string, unknown>[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

describe('--json', () => {
  test('of a plan is one document that its schema describes, for every kind and verb', async () => {
    await add('accounts', [{ id: '222233334444', name: 'Dev' }])
    await add('contents', {
      users: [{ userName: 'stranger' }],
      permissionSets: [{ name: 'Foreign' }],
      applications: [{ name: 'Wiki' }],
    })
    writeFileSync(join(desk.work, 'sso.yaml'), rich(false))
    const creates = documentOf(await run(desk, ['plan', '--json']))
    expect(new Set(creates.operations.map(({ kind }) => kind))).toEqual(new Set(kindNames))
    expect(creates.unmanaged).toEqual(['permission-set/Foreign', 'user/stranger'])
    expect(await run(desk, ['apply', '--yes'])).toMatchObject({ code: 0 })
    expect(documentOf(await run(desk, ['plan', '--format', 'json'])).operations).toEqual([])
    writeFileSync(join(desk.work, 'sso.yaml'), rich(true))
    const changes = documentOf(await run(desk, ['plan', '--json', '--check']))
    expect(changes.operations.map(({ kind, verb }) => `${verb} ${kind}`).sort()).toEqual([
      'delete membership',
      'delete permission-set',
      'delete trusted-token-issuer',
      'update instance-name',
      'update permission-set',
      'update trusted-token-issuer',
      'update user',
    ])
    expect(documentOf(await run(desk, ['plan', '--json', '--only', 'local'])).operations).toEqual([])
  })

  test.each<[string, string[], Variables, string]>([
    ['a command line that cannot be parsed', ['plan', '--nonsense', '--json'], {}, 'usage'],
    ['a usage error', ['plan', '--json', '--only', 'nothing'], {}, 'usage'],
    ['a manifest that is not there', ['plan', '--json', '-f', 'no.yaml'], {}, ''],
    ['a manifest with errors', ['plan', '--json', '-f', 'bad.yaml'], {}, ''],
    [
      'no answer from AWS',
      ['plan', '--json'],
      { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_MAX_ATTEMPTS: '1' },
      'aws-unreachable',
    ],
  ])('after %s is still one document, and stderr says the same to a person', async (_what, words, env, code) => {
    writeFileSync(
      join(desk.work, 'bad.yaml'),
      journey.replace('8h', '13h').replace('accounts: [management]', 'accounts: [who]'),
    )
    const failed = await run(desk, words, env)
    const document = documentOf(failed)
    expect(failed.code).toBe(1)
    expect(document.complete).toBe(false)
    expect(document.diagnostics.length).toBe(words.includes('bad.yaml') ? 2 : 1)
    expect(document.diagnostics[0]?.code).toMatch(code || /^[a-z-]+$/)
    expect(failed.stderr).toMatch(/error(: | {2})\S/)
  })

  test('of an apply that cannot start is one event, which holds that document', async () => {
    const gone = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_MAX_ATTEMPTS: '1' }
    const { code, stdout } = await run(desk, ['apply', '--json', '--yes'], gone)
    expect(code).toBe(1)
    const event = JSON.parse(stdout) as { type: string; plan: unknown }
    expect(event.type).toBe('error')
    expect(held(event.plan)).toMatchObject({ complete: false, diagnostics: [{ code: 'aws-unreachable' }] })
  })

  test('of validate is one document as well', async () => {
    const good = await run(desk, ['validate', '--json'])
    expect(JSON.parse(good.stdout)).toEqual({ format_version: 1, valid: true, diagnostics: [] })
    expect(good).toMatchObject({ code: 0, stderr: '' })
  })

  test('of apply is one event a line, from the plan to the end', async () => {
    const applied = await run(desk, ['apply', '--yes', '--json'])
    expect(applied).toMatchObject({ code: 0, stderr: '' })
    const events = eventsOf(applied)
    const [first, ...rest] = events
    expect(first?.type).toBe('plan')
    const planned = held(first?.plan).operations.map(({ address }) => address)
    for (const type of ['started', 'done'])
      expect(
        rest
          .filter((event) => event.type === type)
          .map(({ address }) => address)
          .sort(),
      ).toEqual(planned.sort())
    expect(rest.filter((event) => event.type === 'file')).toEqual([
      { type: 'file', path: join(desk.home, '.aws', 'config') },
    ])
    expect(rest.at(-1)).toEqual({
      type: 'finished',
      done: 5,
      failed: 0,
      skipped: 0,
      proven: true,
      seconds: expect.any(Number),
      diagnostics: [],
    })
  })

  test('of an apply that fails ends with its failures as events', async () => {
    await center.faults({ seconds: 0.2, rules: [{ kind: 'deny', operations: ['CreateUser'] }] })
    const applied = await run(desk, ['apply', '--yes', '--json'])
    const events = eventsOf(applied)
    expect(applied.code).toBe(1)
    expect(events.filter(({ type }) => type === 'failed').map(({ address }) => address)).toEqual(['user/taro'])
    expect(events.at(-1)).toMatchObject({ type: 'finished', failed: 1 })
  })

  test('the schema names the kinds there are, and the prerequisites that apply can put in place', () => {
    expect(schema.definitions.kind.enum.toSorted()).toEqual(['organization', 'instance', ...kindNames].toSorted())
  })
})

/** Puts contents or accounts into the Identity Center, past the API. */
async function add(what: 'contents' | 'accounts', more: object): Promise<void> {
  const answer = await fetch(`${center.relay.url}/_sandbox/${what}`, {
    method: 'POST',
    body: JSON.stringify(more),
  })
  expect(answer.status).toBe(200)
}

describe('what is said where', () => {
  test('results on stdout, progress on stderr; --quiet leaves the results', async () => {
    const loud = await run(desk, ['apply', '--yes'])
    expect(loud.stderr.split('\n').filter((line) => /^\[\d\/5\] /.test(line))).toHaveLength(5)
    expect(loud.stdout).not.toMatch(/^\[\d\/5\] /m)
    await center.restore(empty)
    const quiet = await run(newDesk(center.relay.url), ['apply', '--yes', '--quiet'])
    expect(quiet).toMatchObject({ code: 0, stderr: '' })
    expect(quiet.stdout).toContain('Applied: 5 created')
  })

  test('help and version are results', async () => {
    for (const words of [['--help'], ['plan', '--help'], ['--version']]) {
      const { code, stdout, stderr } = await run(desk, words)
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).toMatch(/\S/)
    }
  })
})

describe('colour', () => {
  // Sequences that set a colour or a weight; those that move the cursor do not count.
  const painted = new RegExp(`${'\x1b'}\\[[\\d;]*m`)

  // A plan without a connection is painted as any other is.
  const plan = ['plan', '--only', 'local']
  beforeEach(() => writeFileSync(join(desk.work, 'sso.yaml'), laptop))

  test('never enters a pipe unasked; FORCE_COLOR asks, --no-color has the last word', async () => {
    expect((await run(desk, plan)).stdout).not.toMatch(painted)
    expect((await run(desk, plan, { FORCE_COLOR: '1' })).stdout).toMatch(painted)
    expect((await run(desk, plan, { FORCE_COLOR: '0' })).stdout).not.toMatch(painted)
    expect((await run(desk, [...plan, '--no-color'], { FORCE_COLOR: '1' })).stdout).not.toMatch(painted)
    expect((await run(desk, ['plan', '-f', 'no.yaml'], { FORCE_COLOR: '1' })).stderr).toMatch(painted)
    expect((await run(desk, [...plan, '--json'], { FORCE_COLOR: '1' })).stdout).not.toMatch(painted)
  })

  test.skipIf(noTerminal)(
    'is shown on a terminal unless NO_COLOR, --no-color or a dumb terminal says otherwise',
    async () => {
      expect((await runOnTerminal(desk, plan)).stdout).toMatch(painted)
      expect((await runOnTerminal(desk, plan, { env: { NO_COLOR: '1' } })).stdout).not.toMatch(painted)
      expect((await runOnTerminal(desk, plan, { env: { NO_COLOR: '' } })).stdout).toMatch(painted)
      expect((await runOnTerminal(desk, plan, { env: { TERM: 'dumb' } })).stdout).not.toMatch(painted)
      expect((await runOnTerminal(desk, [...plan, '--no-color'])).stdout).not.toMatch(painted)
    },
  )
})

test('no secret of the environment is ever said or written', async () => {
  const secrets = Object.values(credentials)
  const expectNone = ({ stdout, stderr }: Run) => {
    for (const secret of secrets) {
      expect(stdout).not.toContain(secret)
      expect(stderr).not.toContain(secret)
    }
  }
  const dead = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_MAX_ATTEMPTS: '1' }
  expectNone(await run(desk, ['plan', '--verbose'], dead))
  expectNone(await run(desk, ['plan', '--verbose', '--json'], dead))
  for (const kind of ['deny', 'expire', 'internal', 'cut-before'] as const) {
    await center.faults({ rules: [{ kind, operations: ['ListUsers', 'GetCallerIdentity'] }] })
    const failed = await run(desk, ['plan', '--verbose'], { AWS_MAX_ATTEMPTS: '1' })
    expect(failed.code, kind).toBe(1)
    expectNone(failed)
  }
  await center.faults({ seconds: 0.2 })
  // An answer that is not what AWS would say brings out what is printed about defects.
  center.relay.pass = async ({ operation }, forward) =>
    operation === 'ListPermissionSets' ? { status: 200, headers: {}, body: '<html>hello</html>' } : forward()
  const odd = await run(desk, ['apply', '--yes', '--verbose'])
  center.relay.pass = undefined
  expect(odd.code).toBe(1)
  expectNone(odd)
  expectNone(await run(desk, ['apply', '--yes', '--verbose']))
  for (const secret of secrets) expect(tree(desk.folder).join('\n')).not.toContain(secret)
})

test('the SDK says nothing by itself: neither of keys beside a profile that was named, nor of answers that it cannot read', async () => {
  const named = await run(desk, ['plan', '--profile', 'nobody'])
  expect(named.code).toBe(1)
  expect(named.stderr).toMatch(/^error {2}[^\n]*\n {2}hint: [^\n]*\n$/)
  center.relay.pass = async ({ operation }, forward) =>
    operation === 'ListPermissionSets' ? { status: 200, headers: {}, body: '<html>hello</html>' } : forward()
  const odd = await run(desk, ['plan', '--quiet'])
  center.relay.pass = undefined
  expect(odd.stderr).toMatch(/^error {2}[^\n]*\n {2}hint: [^\n]*\n$/)
})
