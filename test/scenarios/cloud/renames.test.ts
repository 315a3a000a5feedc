import { describe, expect, it, vi } from 'vitest'
import { isWrite } from '../e2e/support/relay.ts'
import { newCloud } from './support/cloud.ts'
import { expectSettled, line, newOffice, type Sections } from './support/office.ts'

vi.setConfig({ testTimeout: 120_000 })

const dev = '222233334444'
const contents = {
  users: [{ userName: 'ann' }],
  groups: [{ displayName: 'ops', members: ['ann'] }],
  permissionSets: [{ name: 'Read', tags: { 'managed-by': 'sso-reconcile' } }],
  assignments: [{ permissionSet: 'Read', group: 'ops', account: dev }],
}
const base: Sections = { users: { ann: { external: true } }, permission_sets: { Read: {} } }
const named = (name: string, was: string): Sections => ({
  ...base,
  groups: { [name]: { was, members: ['ann'] } },
  assignments: [{ groups: [name], permission_sets: ['Read'], accounts: [dev] }],
})

describe.concurrent('a group', () => {
  it.each(['operations', 'Ops', 'OPS'])('is called %s in one request: members and assignments stay', async (name) => {
    const cloud = await newCloud({ contents })
    const office = newOffice(cloud.url, named(name, 'ops'))
    const before = await cloud.export()
    expect((await office.plan()).operations.map(line)).toEqual([`update group/${name} name: ops -> ${name}`])
    await cloud.forget()
    const { code, stdout, stderr } = await office.apply()
    expect(code, stdout + stderr).toBe(0)
    expect((await cloud.calls()).map(({ operation }) => operation).filter(isWrite)).toEqual(['UpdateGroup'])
    const after = await cloud.export()
    expect(Object.values(after.groups ?? {}).map(({ DisplayName }) => DisplayName)).toEqual([name])
    expect([after.memberships, after.assignments]).toEqual([before.memberships, before.assignments])
    await expectSettled(office)
  })

  it('that was renamed before, or shares its earlier name with a stranger, is left alone and says what to do', async () => {
    const cloud = await newCloud({
      contents: { ...contents, groups: [...contents.groups, { displayName: 'operations' }] },
    })
    const office = newOffice(cloud.url, { groups: { operations: { was: 'ops' } } })
    const { operations, diagnostics } = await office.plan()
    expect([operations, diagnostics]).toMatchObject([[], [{ severity: 'warning', code: 'rename-over' }]])
    const { stderr } = await office.run(['plan'])
    expect(stderr).toContain('group ops is kept with its members and assignments: operations already exists')
    expect(stderr).toContain('hint: remove was: ops; to remove the group too, list it under absent.groups')
    office.write({ groups: { operations: {} }, absent: { groups: ['ops'] } })
    expect((await office.apply()).code).toBe(0)
    expect(Object.values((await cloud.export()).groups ?? {})).toMatchObject([{ DisplayName: 'operations' }])
  })
})

it('a permission set takes what it keeps to its new name', async () => {
  const relayState = 'https://example.com/'
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] }
  const cloud = await newCloud({ contents: { permissionSets: [{ name: 'Old', relayState, inlinePolicy: policy }] } })
  const keep = ['relay_state', 'inline_policy']
  const office = newOffice(cloud.url, { permission_sets: { New: { was: 'Old', keep } } })
  const { code, stdout, stderr } = await office.apply('--max-deletes', '1')
  expect(code, stdout + stderr).toBe(0)
  const sets = Object.values((await cloud.export()).permissionSets ?? {})
  expect(sets).toMatchObject([{ name: 'New', relayState, inline: JSON.stringify(policy) }])
  await expectSettled(office)
})

describe.concurrent('before anything is read from AWS', () => {
  const cases: readonly (readonly [string, Sections, RegExp])[] = [
    [
      'an earlier name that is ignored',
      { groups: { b: { was: 'a' } }, ignore: { groups: ['a'] } },
      /"a" is both ignored and renamed to "b"/,
    ],
    [
      'an earlier name that is absent',
      { groups: { b: { was: 'a' } }, absent: { groups: ['a'] } },
      /"a" is renamed to "b"/,
    ],
    ['an earlier name that is declared', { groups: { b: { was: 'A' }, a: {} } }, /was: "A" is still declared as "a"/],
    ['group names that differ in case', { groups: { a: {}, A: {} } }, /group names "a" and "A" differ only in case/],
    [
      'an earlier name in a rule',
      { ...named('new', 'old'), assignments: [{ groups: ['old'], permission_sets: ['Read'], accounts: [dev] }] },
      /hint: it is renamed to "new"; use the new name/,
    ],
  ]
  it.each(cases)('%s is refused with its place', async (_what, sections, says) => {
    const { code, stderr } = await newOffice('http://127.0.0.1:9', sections).run(['validate'])
    expect(code).toBe(1)
    expect(stderr).toMatch(/^sso\.yaml:\d+:\d+ {2}error {2}/)
    expect(stderr).toMatch(says)
  })
})
