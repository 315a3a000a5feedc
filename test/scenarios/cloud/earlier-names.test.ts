import { describe, expect, it, vi } from 'vitest'
import type { Contents } from '../../../src/sandbox/content-types.ts'
import { arn, codes, count, dev, expectApplied, external, ours, people, prod, writes } from './support/cases.ts'
import { type Cloud, newCloud } from './support/cloud.ts'
import { expectSettled, line, newOffice, type Sections } from './support/office.ts'

vi.setConfig({ testTimeout: 120_000 })

const faults = { looks: 0 }
const reads = { managedPolicies: [arn('SecurityAudit')] }
type Tags = Readonly<Record<string, string>>

const setNames = async (cloud: Cloud) =>
  Object.values((await cloud.export()).permissionSets ?? {})
    .map(({ name }) => name)
    .sort()

describe.concurrent('a set that was called otherwise', () => {
  /** The old one is held by two people; the new one is there already, or not. */
  const contents = (old: Tags, heir?: Tags): Contents => ({
    users: people('rin', 'sora'),
    permissionSets: [
      { name: 'Auditor', ...reads, tags: old },
      ...(heir ? [{ name: 'Inspector', ...reads, tags: heir }] : []),
    ],
    assignments: [
      { permissionSet: 'Auditor', user: 'rin', account: dev },
      { permissionSet: 'Auditor', user: 'sora', account: prod },
    ],
  })
  const renamed: Sections = {
    users: external('rin'),
    permission_sets: { Inspector: { managed_policies: ['SecurityAudit'], was: 'Auditor' } },
    assignments: [{ users: ['rin'], permission_sets: ['Inspector'], accounts: [dev] }],
  }

  it.each<readonly [string, Tags]>([
    ['of another manifest', { 'managed-by': 'sso-reconcile/security' }],
    ['of another tool', { 'managed-by': 'cdk' }],
    ['without a mark', { team: 'security' }],
  ])('stays when the new one is there, where it is by now a set %s', async (_whose, tags) => {
    const cloud = await newCloud({ contents: contents(tags, ours), faults })
    const office = newOffice(cloud.url, renamed)
    const plan = await office.plan()
    expect(plan.operations.map(line)).toEqual([`create assignment/Inspector:user:rin@${dev}`])
    expect(codes(plan)).toEqual(['rename-over'])
    expect(plan.diagnostics).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('Auditor is kept') },
    ])
    await expectApplied(office)
    expect(await setNames(cloud)).toEqual(['Auditor', 'Inspector'])
    expect(Object.keys((await cloud.export()).assignments ?? {})).toHaveLength(3)
  })

  it.each<readonly [string, Tags | undefined]>([
    ['is made', undefined],
    ['is there, made by somebody else', {}],
    ['is there from a run that was cut off', ours],
  ])('goes, being of this manifest, when the new one %s', async (_how, heir) => {
    const cloud = await newCloud({ contents: contents(ours, heir), faults })
    await expectApplied(newOffice(cloud.url, renamed))
    expect(await setNames(cloud)).toEqual(['Inspector'])
    expect(Object.values((await cloud.export()).assignments ?? {})).toMatchObject([{ account: dev }])
  })

  it.each<readonly [string, Tags]>([
    ['another manifest', { 'managed-by': 'sso-reconcile/security' }],
    ['another tool', { 'managed-by': 'cdk' }],
  ])('stays when it has the mark of %s, also where the new one is only made', async (_whose, tags) => {
    const cloud = await newCloud({ contents: { permissionSets: [{ name: 'Auditor', tags }] }, faults })
    const office = newOffice(cloud.url, { permission_sets: { Inspector: { was: 'Auditor' } } })
    const { code, stderr } = await office.apply('--max-deletes', '9')
    expect(stderr).toContain(`permission set Auditor is kept: it is managed by ${tags['managed-by']}`)
    expect({ code, names: await setNames(cloud) }).toEqual({ code: 0, names: ['Auditor', 'Inspector'] })
  })

  it.each(['Auditor', 'Inspector'])('is renamed as a whole with --target permission-set/%s', async (name) => {
    const more = { users: people('kai'), groups: [{ displayName: 'Others' }] }
    const cloud = await newCloud({
      contents: { ...contents(ours), ...more, users: people('rin', 'sora', 'kai') },
      faults,
    })
    const office = newOffice(cloud.url, { ...renamed, groups: { Others: { members: [] }, Beside: {} } })
    expect((await office.plan('--target', `permission-set/${name}`)).operations.map(line)).toEqual([
      'create permission-set/Inspector session_duration=1h; managed_policies=["SecurityAudit"]',
      `create assignment/Inspector:user:rin@${dev}`,
      `delete assignment/Auditor:user:rin@${dev}`,
      `delete assignment/Auditor:user:sora@${prod}`,
      'delete permission-set/Auditor',
    ])
    expect(await office.apply('--target', `permission-set/${name}`)).toMatchObject({ code: 0 })
    expect(await setNames(cloud)).toEqual(['Inspector'])
  })
})

describe.concurrent('a group that was called otherwise', () => {
  const contents: Contents = {
    users: people('rin', 'sora'),
    groups: [{ displayName: 'Ops (old)', description: 'on call', members: ['rin', 'sora'] }, { displayName: 'Rest' }],
    permissionSets: [{ name: 'Mine', ...reads, tags: ours }, { name: 'Theirs' }],
    assignments: [
      { permissionSet: 'Mine', group: 'Ops (old)', account: dev },
      { permissionSet: 'Theirs', group: 'Ops (old)', account: prod },
    ],
  }
  const renamed = (more: object = {}): Sections => ({
    users: external('rin'),
    groups: { Operators: { was: 'Ops (old)', ...more } },
    permission_sets: { Mine: { managed_policies: ['SecurityAudit'] } },
    assignments: [{ groups: ['Operators'], permission_sets: ['Mine'], accounts: [dev] }],
  })
  const ids = async (cloud: Cloud) => {
    const { groups = {}, memberships = {}, assignments = {} } = await cloud.export()
    const at = Object.values(groups).find(({ DisplayName }) => DisplayName !== 'Rest')
    return { name: at?.DisplayName, group: at?.GroupId, others: Object.keys({ ...memberships, ...assignments }) }
  }

  it('keeps its id, its members and its assignments, of all sets', async () => {
    const cloud = await newCloud({ contents, faults })
    const before = await ids(cloud)
    await cloud.forget()
    await expectApplied(newOffice(cloud.url, renamed()))
    expect(await writes(cloud)).toEqual(['UpdateGroup'])
    expect(await ids(cloud)).toEqual({ ...before, name: 'Operators' })
  })

  it('changes in the same step what else is new about it', async () => {
    const cloud = await newCloud({ contents, faults })
    await expectApplied(newOffice(cloud.url, renamed({ description: 'on duty', members: ['rin'] })))
    expect(await cloud.portrait()).toMatchObject({
      groups: [{ DisplayName: 'Operators', Description: 'on duty' }, { DisplayName: 'Rest' }],
      memberships: [['Operators', 'rin']],
    })
  })

  it.each(['Ops%20(old)', 'Operators'])('is renamed with --target group/%s', async (name) => {
    const cloud = await newCloud({ contents, faults })
    const office = newOffice(cloud.url, {
      ...renamed(),
      groups: { Rest: { description: 'x' }, Operators: { was: 'Ops (old)' } },
    })
    expect((await office.plan('--target', `group/${name}`)).operations.map(line)).toEqual([
      'update group/Operators name: Ops (old) -> Operators',
    ])
  })

  it.each(['folded', 'exact'] as const)('may differ from it in case alone (%s)', async (caseInNames) => {
    const cloud = await newCloud({ contents, faults: { ...faults, unconfirmed: { caseInNames } } })
    await expectApplied(newOffice(cloud.url, { groups: { 'OPS (OLD)': { was: 'Ops (old)' } } }))
    expect(await count(cloud, 'UpdateGroup')).toBe(1)
  })

  it('is left alone once the new name is taken', async () => {
    const cloud = await newCloud({ contents, faults })
    await expectSettled(newOffice(cloud.url, { groups: { Rest: { was: 'Ops (old)' } } }))
  })
})

describe.concurrent('was that cannot be meant', () => {
  const live: Contents = { groups: [{ displayName: 'a' }], permissionSets: [{ name: 'a', tags: ours }] }
  const wrong = (section: string, more: Sections = {}): Sections => ({ [section]: { b: { was: 'a' } }, ...more })
  const sets = 'permission_sets'

  async function expectWrong(sections: Sections): Promise<void> {
    const cloud = await newCloud({ contents: live, faults })
    const { complete, operations } = await newOffice(cloud.url, sections).plan()
    expect({ complete, operations }).toEqual({ complete: false, operations: [] })
  }

  it.each<readonly [string, Sections]>([
    ['a set that is listed as absent', wrong(sets, { absent: { [sets]: ['a'] } })],
    ['a set that is declared', { [sets]: { a: {}, b: { was: 'a' } } }],
    ['a set for the second time', { [sets]: { b: { was: 'a' }, c: { was: 'a' } } }],
    ['the set itself', { [sets]: { a: { was: 'a' } } }],
  ])('names %s', (_what, sections) => expectWrong(sections))

  it.each<readonly [string, Sections]>([
    ['a set that is ignored', wrong(sets, { ignore: { [sets]: ['a*'] } })],
    ['a group that is ignored', wrong('groups', { ignore: { groups: ['a'] } })],
    ['a group that is listed as absent', wrong('groups', { absent: { groups: ['a'] } })],
    ['a group that is declared', { groups: { a: {}, b: { was: 'a' } } }],
    ['a group whose name passes on', { groups: { a: { was: 'c' }, b: { was: 'a' } } }],
    ['a group for the second time', { groups: { b: { was: 'a' }, c: { was: 'a' } } }],
  ])('names %s', (_what, sections) => expectWrong(sections))
})
