import { rmSync, writeFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { isWrite } from '../e2e/support/relay.ts'
import { deskOf, teams } from './support.ts'

vi.setConfig({ testTimeout: 180_000 })

interface Placed {
  readonly manifest: { readonly included: readonly string[] }
  readonly operations: readonly { readonly address: string; readonly at?: { readonly file: string } }[]
}

describe.concurrent('a manifest for two teams', () => {
  it('is planned with the file of each thing, applied, and then nothing is left to change', async () => {
    const desk = await deskOf(teams)
    expect(await desk.run(['validate'])).toMatchObject({
      code: 0,
      stdout: 'sso.yaml and its 3 included files are valid.\n',
      stderr: '',
    })
    const { manifest, operations } = (await desk.plan()) as unknown as Placed
    expect(manifest.included).toEqual(['people.yaml', 'teams/a.yaml', 'teams/b.yaml'])
    expect(Object.fromEntries(operations.map(({ address, at }) => [address, at?.file]))).toEqual({
      'user/taro': 'people.yaml',
      'user/jiro': 'people.yaml',
      'group/A-devs': 'teams/a.yaml',
      'group/B-devs': 'teams/b.yaml',
      'membership/A-devs:jiro': 'teams/a.yaml',
      'membership/B-devs:taro': 'teams/b.yaml',
      'permission-set/Admin': 'sso.yaml',
      'permission-set/A-Dev': 'teams/a.yaml',
      'permission-set/B-Dev': 'teams/b.yaml',
      'assignment/Admin:user:taro@111122223333': 'sso.yaml',
      'assignment/A-Dev:group:A-devs@222233334444': 'teams/a.yaml',
      'assignment/B-Dev:group:B-devs@333344445555': 'teams/b.yaml',
    })
    const applied = await desk.apply()
    expect(applied.code, applied.stderr).toBe(0)
    const again = await desk.run(['plan', '--check'])
    expect(again, again.stdout).toMatchObject({ code: 0 })
    expect(again.stdout).toMatch(/^No changes/)
  })

  it('is refused where a team names a manager of others, or opens its application to everybody', async () => {
    const reaches = (only: string) => ({
      'sso.yaml': `version: 1
identity_center: { region: us-east-1 }
include: [{ files: teams/a.yaml, only: { users: ["a-*"], applications: [Keep]${only} } }]
users: { taro: { external: true } }
applications: {}
`,
      'teams/a.yaml': `version: 1
users:
  a-bob: { given_name: Bob, family_name: B, email: bob@example.com, manager: taro }
applications:
  Keep: { assignment_required: false }
`,
    })
    const contents = { users: [{ userName: 'taro' }], applications: [{ name: 'Keep' }] }
    const desk = await deskOf(reaches(''), contents)
    const { code, stderr } = await desk.run(['plan'])
    expect(stderr).toContain(
      'teams/a.yaml:3:78  error  user "taro" is beyond what sso.yaml:3:34 lets this file name: a-*\n',
    )
    expect(stderr).toContain('teams/a.yaml:5:32  error  every user may open application "Keep" then')
    expect([code, stderr]).toEqual([1, expect.stringContaining('nothing was read from AWS')])
    // The advice, tried.
    desk.put(reaches(', refer_to: { users: ["*"] }'))
    expect(await desk.apply()).toMatchObject({ code: 0 })
    expect((await desk.plan()).operations).toEqual([])
  })

  it('is refused with both places, and nothing asked, where two files declare the same', async () => {
    const desk = await deskOf({ ...teams, 'people.yaml': `${teams['people.yaml']}groups: { A-devs: {} }\n` })
    const { code, stdout, stderr } = await desk.run(['plan'])
    expect(stderr).toContain('teams/a.yaml:3:3  error  group "A-devs" is declared at people.yaml:5:11 too\n')
    expect(stderr).toContain('> 3 |   A-devs: { members: [jiro] }\n')
    expect(stderr).toContain('1 error in teams/a.yaml; nothing was read from AWS.\n')
    expect([code, stdout]).toEqual([1, ''])
    expect(await desk.cloud.calls()).toEqual([])
  })

  it('does not become deletes where a file is gone that it names, or all that a pattern matches', async () => {
    const desk = await deskOf(teams)
    expect((await desk.apply()).code).toBe(0)
    rmSync(desk.at('teams/b.yaml'))
    const gone = await desk.apply('--max-deletes', '9')
    expect(gone.code).toBe(1)
    expect(gone.stderr).toContain('sso.yaml:7:12  error  there is no file teams/b.yaml\n')
    expect((await desk.run(['doctor'])).stdout).toContain('problem  sso.yaml:7:12: there is no file teams/b.yaml\n')
    rmSync(desk.at('teams/a.yaml'))
    desk.put({
      'sso.yaml': teams['sso.yaml']
        .replace(/ {2}- files: teams\/b.*\n.*\n/, '')
        .replace('teams/a.yaml', 'teams/*.yaml'),
    })
    await desk.cloud.forget()
    const { code, stderr } = await desk.apply('--max-deletes', '9')
    expect(code).toBe(1)
    expect(stderr).toContain('sso.yaml:5:12  error  include: no file matches "teams/*.yaml"')
    expect(await desk.cloud.calls()).toEqual([])
  })

  it('tells with each delete from how many files it is gone, where a pattern leaves the number open', async () => {
    const open = {
      'sso.yaml': teams['sso.yaml'].replace(/^include:\n(?: {2}.*\n)+/m, 'include: [people.yaml, "teams/*.yaml"]\n'),
    }
    const desk = await deskOf({ ...teams, ...open })
    expect((await desk.apply()).code).toBe(0)
    rmSync(desk.at('teams/b.yaml'))
    const { operations } = await desk.plan()
    expect(operations.map(({ verb, address, reason }) => `${verb} ${address}: ${reason}`)).toContain(
      'delete permission-set/B-Dev: no longer in sso.yaml and its 2 included files',
    )
  })
})

describe.concurrent('a file with limits', () => {
  it.each([
    ['a tag that others set', '{ tag: { team: b } }', 'B dev', []],
    ['a name', '{ name: Audit }', 'Audit', ['--only', 'user']],
    ['a unit of others', '{ ou: C }', 'Audit', ['--target', 'user/taro']],
  ])('reaches no account of others by %s, whatever is applied', async (_what, word, account, part) => {
    const rule = `assignments:\n  - { groups: [A-devs], permission_sets: [A-Dev], accounts: [${word}] }\n`
    const desk = await deskOf({ ...teams, 'teams/a.yaml': teams['teams/a.yaml'].replace(/assignments:\n.*\n/, rule) })
    const { code, stderr } = await desk.apply(...part)
    expect(stderr).toContain(
      `teams/a.yaml:9:62  error  the rule reaches account ${account}, beyond the accounts that sso.yaml:6:5 lets this file assign in`,
    )
    expect(code).toBe(1)
    expect((await desk.cloud.calls()).map(({ operation }) => operation).filter(isWrite)).toEqual([])
    // What the limit covers is not refused.
    const within = rule.replace(word, `{ ou: A/Dev }, ${word}], except: [${word}`)
    desk.put({ 'teams/a.yaml': teams['teams/a.yaml'].replace(/assignments:\n.*\n/, within) })
    const done = await desk.apply()
    expect(done.code, done.stderr).toBe(0)
  })

  it('reaches nothing where the limit selects no account', async () => {
    const desk = await deskOf({
      ...teams,
      'sso.yaml': teams['sso.yaml'].replace('accounts: [{ ou: A }]', 'accounts: [{ ou: Nowhere }]'),
    })
    const { code, stderr } = await desk.apply()
    expect(stderr).toContain('which at present are none')
    expect(code).toBe(1)
  })
})

it('a saved plan is refused once an included file says something else, and says so', async () => {
  const desk = await deskOf(teams)
  expect((await desk.run(['plan', '--out', 'plan.json'])).code).toBe(0)
  writeFileSync(desk.at('people.yaml'), teams['people.yaml'].replace('Jiro, ', 'Ziro, '))
  const { code, stderr } = await desk.run(['apply', 'plan.json'])
  expect(stderr).toContain('sso.yaml has changed since plan.json was made')
  expect(code).toBe(1)
  // As it was, it is applied.
  writeFileSync(desk.at('people.yaml'), teams['people.yaml'])
  const done = await desk.run(['apply', 'plan.json'])
  expect(done.code, done.stderr).toBe(0)
})

it('paths are relative to the manifest, wherever it is run', async () => {
  const files = Object.fromEntries(Object.entries(teams).map(([path, text]) => [`org/${path}`, text]))
  const desk = await deskOf(files)
  const { operations } = (await desk.plan('-f', 'org/sso.yaml')) as unknown as Placed
  expect(new Set(operations.map(({ at }) => at?.file))).toEqual(
    new Set(['org/people.yaml', 'org/sso.yaml', 'org/teams/a.yaml', 'org/teams/b.yaml']),
  )
})

it('the policy that plans need follows from what limits ask, although no rule asks it', async () => {
  const rules = (path: 'teams/a.yaml' | 'teams/b.yaml') =>
    teams[path].replace(/accounts: .*\n/, 'accounts: ["222233334444"] }\n')
  const desk = await deskOf({ ...teams, 'teams/a.yaml': rules('teams/a.yaml'), 'teams/b.yaml': rules('teams/b.yaml') })
  const { stdout } = await desk.run(['iam-policy', '--read-only'])
  expect(stdout).toContain('"organizations:ListOrganizationalUnitsForParent"')
})
