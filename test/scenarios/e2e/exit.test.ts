import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { TablesJson } from '../../../src/sandbox/state/state.ts'
import { binary, run, start, type Variables } from './support/binary.ts'
import { type Center, startCenter } from './support/center.ts'
import { type Desk, journey, newDesk, tree } from './support/desk.ts'
import { noTerminal, runOnTerminal } from './support/pty.ts'
import { isWrite } from './support/relay.ts'

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
  center.relay.forget()
  desk = newDesk(center.relay.url)
})
afterAll(() => center.close())

/** Nothing was asked for that changes anything, and nothing was written. */
async function expectNothingDone(before: readonly string[]): Promise<void> {
  expect(center.relay.calls.filter(isWrite)).toEqual([])
  expect(await center.export()).toEqual(empty)
  expect(tree(desk.folder)).toEqual(before)
}

const none: Variables = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined }

describe('what stops before AWS is asked anything: exit 1, nothing on stdout, no request', () => {
  const broken = journey.replace('session_duration: 8h', 'session_duration: 12 hours').replace('[taro]', '[tarou]')
  test.each<[string, string[], { manifest?: string | null; says: (string | RegExp)[] }]>([
    ['an unknown command', ['plna'], { says: ["unknown command 'plna'", 'plan'] }],
    ['an unknown option', ['plan', '--chekc'], { says: ["unknown option '--chekc'", '--check'] }],
    [
      'an unknown kind',
      ['plan', '--only', 'userz'],
      { says: ['--only: userz is not a kind', 'did you mean user?', 'permission-set'] },
    ],
    ['a digest too short to mean anything', ['apply', '--expect', '0123456789abcde'], { says: ['--expect', '16'] }],
    ['a count that is none', ['apply', '--yes', '--max-deletes', 'all'], { says: ['--max-deletes', 'whole number'] }],
    ['a manifest that is not there', ['plan'], { manifest: null, says: ['sso.yaml', 'hint:'] }],
    ['a manifest named by -f that is not there', ['apply', '--yes', '-f', 'no/such.yaml'], { says: ['no/such.yaml'] }],
    [
      'a manifest with errors',
      ['apply', '--yes'],
      {
        manifest: broken,
        says: [
          /^sso\.yaml:19:23 {2}error {2}.*"12 hours"/m,
          /^sso\.yaml:23:13 {2}error {2}.*tarou/m,
          /^> 19 \| {5}session_duration: 12 hours\n {5}\| {23}\^{8}$/m,
          '2 errors in sso.yaml; nothing was read from AWS.\n',
        ],
      },
    ],
    ['a manifest that is not YAML', ['validate'], { manifest: 'a: [\n', says: [/^sso\.yaml:\d+:\d+ {2}error/m] }],
  ])('%s', async (_what, words, { manifest, says }) => {
    if (manifest === null) rmSync(join(desk.work, 'sso.yaml'))
    else if (manifest) writeFileSync(join(desk.work, 'sso.yaml'), manifest)
    const before = tree(desk.folder)
    const { code, stdout, stderr } = await run(desk, words)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    for (const part of says) expect(stderr).toMatch(part)
    expect(center.relay.calls).toEqual([])
    expect(tree(desk.folder)).toEqual(before)
  })
})

describe('apply without consent', () => {
  test('no terminal and none of --yes, --expect: exit 1 and nothing done, whatever would be asked', async () => {
    const before = tree(desk.folder)
    for (const words of [['apply'], ['apply', '--json']]) {
      const { code, stderr } = await run(desk, words)
      expect(code).toBe(1)
      expect(stderr).toMatch(/apply needs a terminal to confirm; nothing was done(?:.|\n)*--expect [0-9a-f]{16}.*--yes/)
    }
    await expectNothingDone(before)
  })

  test('--expect takes the digest of the plan, whole or its first 16 digits, and no other', async () => {
    const planned = JSON.parse((await run(desk, ['plan', '--json'])).stdout) as { digest: string }
    const { digest } = planned
    const before = tree(desk.folder)
    const wrong = `${digest.slice(0, 15)}${digest[15] === '0' ? '1' : '0'}`
    for (const words of [
      ['--expect', wrong],
      ['--yes', '--expect', wrong],
      ['--expect', digest, '--only', 'user'],
    ]) {
      const refused = await run(desk, ['apply', ...words])
      expect(refused.code, words.join(' ')).toBe(1)
      expect(refused.stderr).toContain('the plan is no longer the one that was reviewed')
    }
    await expectNothingDone(before)
    expect(await run(desk, ['apply', '--expect', digest])).toMatchObject({ code: 0 })
    expect((await run(desk, ['apply', '--expect', digest])).code).toBe(1)
  })

  test('the last line of a plan applies exactly that plan', async () => {
    renameSync(join(desk.work, 'sso.yaml'), join(desk.work, "it's mine.yaml"))
    const { stdout } = await run(desk, ['plan', '-f', "it's mine.yaml", '--only', 'user,permission-set'])
    const [, line = ''] = /^Apply exactly this: sso-reconcile (.*)$/m.exec(stdout) ?? []
    expect(line).toMatch(/^apply --expect [0-9a-f]{16} --only user,permission-set --file 'it'\\''s mine\.yaml'$/)
    const words = line.replace(`'it'\\''s mine.yaml'`, '@').split(' ')
    const applied = await run(
      desk,
      words.map((word) => (word === '@' ? "it's mine.yaml" : word)),
    )
    expect(applied).toMatchObject({ code: 0 })
    expect(center.relay.calls.filter(isWrite).sort()).toEqual([
      'AttachManagedPolicyToPermissionSet',
      'CreatePermissionSet',
      'CreateUser',
    ])
  })

  test.skipIf(noTerminal)('on a terminal only "yes" goes on', async () => {
    const question = 'Only "yes" continues.'
    const before = tree(desk.folder)
    for (const reply of ['no\r', 'y\r', '\r', '\x03']) {
      const declined = await runOnTerminal(desk, ['apply'], { replies: [[question, reply]] })
      expect(declined.code, JSON.stringify(reply)).toBe(reply === '\x03' ? 130 : 1)
      expect(declined.stdout).toContain('not confirmed; nothing was done')
    }
    await expectNothingDone(before)
    // The steps that were done by hand in the meantime are asked for last.
    const replies = [
      [question, 'yes\r'],
      ['(Enter for none)', '\r'],
      ['Only "yes" writes.', 'no\r'],
    ] as const
    const applied = await runOnTerminal(desk, ['apply'], { replies })
    expect(applied.stdout).toContain('Applied: 5 created')
    expect(applied.code).toBe(0)
  })
})

describe('trouble on the way to AWS comes with the next step, and changes nothing', () => {
  test.each<[string, Variables, string[]]>([
    ['no credentials', none, ['no usable AWS credentials were found', 'aws login', '--sandbox']],
    [
      'nobody listens',
      { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_MAX_ATTEMPTS: '1' },
      ['got no response', 'ECONNREFUSED', 'AWS_ENDPOINT_URL'],
    ],
    ['credentials of another account', { AWS_ACCESS_KEY_ID: 'AKIA444455556666ABCD' }, ['444455556666', '111122223333']],
  ])('%s', async (_what, env, says) => {
    const before = tree(desk.folder)
    const { code, stdout, stderr } = await run(desk, ['apply', '--yes'], env)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    for (const part of says) expect(stderr).toContain(part)
    expect(stderr).toContain('hint:')
    expect(stderr).not.toMatch(/^ +at /m)
    await expectNothingDone(before)
  })

  test('a change that AWS refuses is named, what depends on it is skipped, and the rest can be done later', async () => {
    await center.faults({ seconds: 0.2, rules: [{ kind: 'deny', operations: ['CreateUser'] }] })
    const failed = await run(desk, ['apply', '--yes'])
    expect(failed.code).toBe(1)
    expect(failed.stderr).toMatch(/user\/taro {2}FAILED: identitystore:CreateUser was denied/)
    expect(failed.stderr).toMatch(/assignment\/\S+ {2}skipped: it depends on user\/taro/)
    expect(failed.stdout).toContain('Stopped: ')
    expect(failed.stdout).not.toContain('Applied')
    await center.faults({ seconds: 0.2 })
    expect(await run(desk, ['apply', '--yes'])).toMatchObject({ code: 0 })
    expect(await run(desk, ['plan', '--check'])).toMatchObject({ code: 0 })
  })

  test('an assignment that ends FAILED is no success, and AWS says why', async () => {
    const reason = 'The target account is on holiday'
    await center.faults({ seconds: 0.2, rules: [{ kind: 'fail', operations: ['CreateAccountAssignment'], reason }] })
    const failed = await run(desk, ['apply', '--yes'])
    expect(failed.code).toBe(1)
    expect(failed.stdout).toContain(reason)
    await center.faults({ seconds: 0.2 })
    expect((await run(desk, ['plan', '--check'])).code).toBe(2)
  })
})

describe('--only local', () => {
  const laptop = journey
    .replace('region: ap-northeast-1  ', 'start_url: https://x.awsapps.com/start\n  region: ap-northeast-1  ')
    .replace('\nusers:', '\naccounts: { management: "111122223333" }\nusers:')

  test('opens no connection, needs no credentials, and is right on the first try', async () => {
    writeFileSync(join(desk.work, 'sso.yaml'), laptop)
    expect(await run(desk, ['plan', '--check', '--only', 'local'], none)).toMatchObject({ code: 2, stderr: '' })
    expect(await run(desk, ['apply', '--yes', '--only', 'local'], none)).toMatchObject({ code: 0 })
    expect(center.relay.calls).toEqual([])
    const rest = await run(desk, ['plan'])
    expect(rest.stdout).toContain('Plan: 3 to create, 0 to update, 0 to delete')
  })

  test('says what to add when the file does not tell everything', async () => {
    const { code, stderr } = await run(desk, ['apply', '--yes', '--only', 'local'], none)
    expect(code).toBe(1)
    expect(stderr).toContain('start_url')
    expect(stderr).toContain('accounts')
    expect(center.relay.calls).toEqual([])
    expect(tree(desk.home)).toEqual([])
  })
})

test('-f comes before SSO_RECONCILE_FILE, and that before sso.yaml', async () => {
  mkdirSync(join(desk.work, 'sub'))
  for (const name of ['sub/a.yaml', 'b.yaml']) writeFileSync(join(desk.work, name), journey)
  const env = { SSO_RECONCILE_FILE: 'sub/a.yaml' }
  expect((await run(desk, ['validate'], env)).stdout).toBe('sub/a.yaml is valid.\n')
  expect((await run(desk, ['validate', '-f', 'b.yaml'], env)).stdout).toBe('b.yaml is valid.\n')
  expect((await run(desk, ['validate'])).stdout).toBe('sso.yaml is valid.\n')
  expect((await run(desk, ['plan'], env)).stdout).toContain('sub/a.yaml:11')
})

test('a Node that is too old is told which one is needed, before anything it cannot read is loaded', async () => {
  const old = `data:text/javascript,Object.defineProperty(process,"versions",{value:{node:"18.20.8"}})`
  const { code, stdout, stderr } = await start(desk, ['--version'], {}, ['--import', old, binary]).ended
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(/^error {2}sso-reconcile needs Node 20\.19 or later, and this is 18\.20\.8 /)
})

test('a manifest with the other ending of YAML is named, and no sample stands in for it', async () => {
  renameSync(join(desk.work, 'sso.yaml'), join(desk.work, 'sso.yml'))
  for (const words of [['validate'], ['plan', '--sandbox'], ['apply', '--sandbox', '--yes']]) {
    const { code, stdout, stderr } = await run(desk, words)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('hint: there is sso.yml: rename it to sso.yaml, or name it: -f sso.yml')
  }
  expect((await run(desk, ['validate', '-f', 'sso.yml'])).code).toBe(0)
})
