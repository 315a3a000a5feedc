import { describe, expect, it, vi } from 'vitest'
import type { Contents } from '../../../src/sandbox/content-types.ts'
import { allowing, arn, codes, dev, expectGuarded, external, ours, outdate, people } from './support/cases.ts'
import { type Cloud, management, newCloud } from './support/cloud.ts'
import { line, newOffice, type Sections } from './support/office.ts'

vi.setConfig({ testTimeout: 120_000 })

const faults = { looks: 0 }
const policy = 'AWSSSOMasterAccountAdministrator'
const content = { managed_policies: [policy] }
const cuts = 'removes the access that this run is using (Keeper as rin)'

/** `rin` looks after Identity Center as one of two Keepers, and is no administrator; `kai` is. */
const contents: Contents = {
  users: people('rin', 'sora', 'kai'),
  groups: [{ displayName: 'Keepers', members: ['rin', 'sora'] }],
  permissionSets: [
    { name: 'Keeper', managedPolicies: [arn(policy)], tags: ours },
    { name: 'Root', managedPolicies: [arn('AdministratorAccess')] },
  ],
  assignments: [
    { permissionSet: 'Keeper', group: 'Keepers', account: management },
    { permissionSet: 'Root', user: 'kai', account: management },
  ],
}
const more = (assignments: Contents['assignments'] = [], groups: Contents['groups'] = []): Contents => ({
  ...contents,
  groups: [...(contents.groups ?? []), ...groups],
  assignments: [...(contents.assignments ?? []), ...assignments],
})
const keeper = (set: object): Sections => ({ permission_sets: { Keeper: set } })
const rule = (set: string, who: object, also: object = {}) => ({
  ...who,
  permission_sets: [set],
  accounts: ['management'],
  ...also,
})
const team = { groups: ['Keepers'] }
const asRin = (cloud: Cloud) => cloud.signedIn('rin', 'Keeper', management)

describe.concurrent('the role that runs the tool, held through a group beside others, is not taken away', () => {
  it.each<readonly [string, Sections]>([
    ['by a manifest of groups alone', { users: external('sora'), groups: { Keepers: { members: ['sora'] } } }],
    ['by absent.groups alone', { absent: { groups: ['Keepers'] } }],
    ['by absent.permission_sets alone', { absent: { permission_sets: ['Keeper'] } }],
    ['by leaving the set out', { permission_sets: {} }],
    ['by a list of assignments without it', { ...keeper(content), assignments: [] }],
    [
      'by a grant that is over, of a set of others',
      {
        groups: external('Keepers'),
        permission_sets: external('Keeper'),
        assignments: [rule('Keeper', team, { until: '2026-03-31' })],
      },
    ],
    ['by taking a policy from the set', keeper({ managed_policies: ['ReadOnlyAccess'] })],
    ['by a boundary', keeper({ ...content, permissions_boundary: { managed_policy: 'ReadOnlyAccess' } })],
    [
      'by a rename, even with a replacement',
      {
        groups: external('Keepers'),
        permission_sets: { Guard: { ...content, was: 'Keeper' } },
        assignments: [rule('Guard', team)],
      },
    ],
    [
      'by another grant that is to take its place',
      {
        users: external('rin'),
        permission_sets: { Keeper: content, Root: { managed_policies: ['AdministratorAccess'] } },
        assignments: [rule('Root', { users: ['rin', 'kai'] })],
      },
    ],
  ])('%s', async (_how, sections) => {
    const cloud = await newCloud({ contents, faults })
    const users = { ...external('kai'), ...(sections.users as object | undefined) }
    await expectGuarded(cloud, newOffice(cloud.url, { ...sections, users }, await asRin(cloud)), cuts)
  })

  it.each<readonly [string, Sections]>([
    ['by absent.users alone', { absent: { users: ['rin'] } }],
    ['by revoked alone', { revoked: { rin: '2026-11-20T08:00:00Z' } }],
  ])('%s', async (_how, sections) => {
    const cloud = await newCloud({ contents, faults })
    await expectGuarded(cloud, newOffice(cloud.url, sections, await asRin(cloud)), cuts)
  })

  it('by revoke', async () => {
    const cloud = await newCloud({ contents, faults })
    const before = await cloud.portrait()
    const office = newOffice(cloud.url, { users: external('rin') }, await asRin(cloud))
    const { code, stderr } = await office.run(['revoke', 'rin', '--yes'])
    expect(stderr).toContain(cuts)
    expect({ code, held: await cloud.portrait() }).toEqual({ code: 1, held: before })
  })

  it('by a denial that ends its session', async () => {
    const cloud = await newCloud({ contents, faults })
    const revoked = { rin: { sessions: new Date().toISOString() } }
    const office = newOffice(cloud.url, { users: external('rin'), ...keeper(content), revoked }, await asRin(cloud))
    await expectGuarded(cloud, office, 'would end the session running this before it is done')
  })
})

describe.concurrent('with two paths to the role that runs the tool', () => {
  const direct = { permissionSet: 'Keeper', user: 'rin', account: management }
  const grants = { group: rule('Keeper', team), user: rule('Keeper', { users: ['rin'] }) }
  const declared = { users: external('rin', 'sora'), groups: external('Keepers'), ...keeper(content) }

  it.each<readonly [string, Sections]>([
    ['the direct one may go', { ...declared, assignments: [grants.group] }],
    ['the one through the group may go', { ...declared, assignments: [grants.user] }],
    ['the membership may go', { users: external('sora'), groups: { Keepers: { members: ['sora'] } } }],
  ])('%s', async (_what, sections) => {
    const cloud = await newCloud({ contents: more([direct]), faults })
    const plan = await newOffice(cloud.url, sections, await asRin(cloud)).plan()
    expect({ codes: codes(plan), deletes: plan.operations.length }).toEqual({ codes: [], deletes: 1 })
  })

  it('both may not', async () => {
    const cloud = await newCloud({ contents: more([direct]), faults })
    const sections = { ...declared, assignments: [rule('Keeper', { users: ['sora'] })] }
    await expectGuarded(cloud, newOffice(cloud.url, sections, await asRin(cloud)), cuts)
  })

  it('a group that is renamed in place takes nothing away', async () => {
    const cloud = await newCloud({ contents, faults })
    const sections = { groups: { Guards: { was: 'Keepers' } } }
    expect(codes(await newOffice(cloud.url, sections, await asRin(cloud)).plan())).toEqual([])
  })
})

describe.concurrent('bringing accounts up to date with the set that runs the tool', () => {
  const administrator: Contents = more([{ permissionSet: 'Root', user: 'rin', account: management }])
  const full = { permission_sets: { Root: { managed_policies: ['AdministratorAccess'] } } }

  it('takes nothing from the caller where the older version is elsewhere', async () => {
    const elsewhere = { permissionSet: 'Keeper', group: 'Keepers', account: dev }
    const cloud = await newCloud({ contents: more([elsewhere]), faults })
    const { provisions = {}, ...tables } = await cloud.export()
    const rows = Object.entries(provisions).map(([key, row]) => [
      key,
      row.account === dev ? { ...row, version: row.version - 1 } : row,
    ])
    await cloud.restore({ ...tables, provisions: Object.fromEntries(rows) })
    const plan = await newOffice(cloud.url, keeper(content), await asRin(cloud)).plan()
    expect(plan.operations.map(line)).toEqual([`update permission-set/Keeper outdated_in: ["${dev}"] -> (none)`])
    expect(codes(plan)).toEqual([])
  })

  // An apply that was cut off before it provisioned has to be able to run again.
  it('takes nothing from the caller where the set allows everything afterwards', async () => {
    const cloud = await newCloud({ contents: administrator, faults })
    await outdate(cloud, 'Root', { sessionDuration: 'PT8H' })
    const sections = { permission_sets: { Root: { ...full.permission_sets.Root, session_duration: '8h' } } }
    const plan = await newOffice(cloud.url, sections, await cloud.signedIn('rin', 'Root', management)).plan()
    expect(codes(plan)).toEqual(['role-removed'])
  })

  it('is not what is said to take away the last administrator, where something else does', async () => {
    const cloud = await newCloud({ contents, faults })
    await outdate(cloud, 'Keeper', { sessionDuration: 'PT2H' })
    const tables = await cloud.export()
    const sets = Object.entries(tables.permissionSets ?? {}).map(([key, row]) => [
      key,
      row.name === 'Root' ? { ...row, tags: ours } : row,
    ])
    await cloud.restore({ ...tables, permissionSets: Object.fromEntries(sets) })
    const { refusals } = await newOffice(cloud.url, keeper({ ...content, session_duration: '2h' })).plan(
      '--max-deletes',
      '9',
    )
    expect(refusals.map(({ message }) => message)).toEqual([
      `delete assignment/Root:user:kai@${management} would leave nobody with administrator access to the management account`,
    ])
  })

  it('may take away what nobody knows of, where it allows less', async () => {
    const cloud = await newCloud({ contents, faults })
    await outdate(cloud, 'Keeper', { inline: JSON.stringify(allowing('s3:*')) })
    const sections = keeper({ ...content, inline_policy: allowing('s3:*') })
    await expectGuarded(cloud, newOffice(cloud.url, sections, await asRin(cloud)), cuts)
  })
})
