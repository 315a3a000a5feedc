import { describe, expect, it, vi } from 'vitest'
import type { ContentPermissionSet, Contents } from '../../../src/sandbox/content-types.ts'
import type { PermissionSetRow } from '../../../src/sandbox/state/tables.ts'
import {
  allowing,
  arn,
  codes,
  dev,
  europe,
  expectApplied,
  expectRefused,
  external,
  ours,
  people,
  prod,
} from './support/cases.ts'
import { type Cloud, newCloud } from './support/cloud.ts'
import { expectSettled, line, newOffice, type Sections } from './support/office.ts'

vi.setConfig({ testTimeout: 120_000 })

const faults = { looks: 0 }
type Tags = Readonly<Record<string, string>>

async function setOf(cloud: Cloud, name: string): Promise<PermissionSetRow | undefined> {
  return Object.values((await cloud.export()).permissionSets ?? {}).find((row) => row.name === name)
}

describe.concurrent('a set that this manifest has not made', () => {
  const shared: ContentPermissionSet = {
    name: 'Shared',
    managedPolicies: ['ReadOnlyAccess', 'AWSSupportAccess'].map(arn),
    inlinePolicy: allowing(['sqs:*', 'sns:*']),
    permissionsBoundary: { ManagedPolicyArn: arn('PowerUserAccess') },
  }
  const managed_policies = ['ReadOnlyAccess', 'AWSSupportAccess']
  const inline_policy = allowing(['sqs:*', 'sns:*'])
  const permissions_boundary = { managed_policy: 'PowerUserAccess' }
  const whole = { managed_policies, inline_policy, permissions_boundary }
  const says = 'removes access from permission sets that this manifest did not create: '
  const held = (tags: Tags): Contents => ({
    users: people('rin'),
    permissionSets: [{ ...shared, tags }],
    assignments: [{ permissionSet: 'Shared', user: 'rin', account: dev }],
  })

  it.each<readonly [string, Tags, Sections]>([
    ['of another tool', { 'managed-by': 'terraform' }, {}],
    ['of another manifest', { 'managed-by': 'sso-reconcile/payments' }, { name: 'core' }],
    ['of a manifest without a name, in one that has a name', ours, { name: 'core' }],
    ['of a manifest with a name, in one that has none', { 'managed-by': 'sso-reconcile/core' }, {}],
  ])('with the mark %s loses nothing uncounted, and keeps its mark and itself', async (_whose, tags, head) => {
    const cloud = await newCloud({ contents: held(tags), faults })
    const office = newOffice(cloud.url, { ...head, permission_sets: { Shared: {} }, assignments: [] })
    await expectRefused(cloud, office, `${says}permission-set/Shared, assignment/Shared:user:rin@${dev}`)
    expect(await office.apply('--quiet', '--max-deletes', '2')).toMatchObject({ code: 0 })
    expect(await setOf(cloud, 'Shared')).toMatchObject({ tags, managed: [] })
    office.write({ ...head, permission_sets: {}, assignments: [] })
    await expectSettled(office)
  })

  it.each<readonly [string, object]>([
    ['a policy', { ...whole, managed_policies: ['ReadOnlyAccess'] }],
    ['its inline policy', { managed_policies, permissions_boundary }],
    ['its boundary', { managed_policies, inline_policy }],
  ])('is asked about before it loses %s', async (_what, Shared) => {
    const cloud = await newCloud({ contents: held({ 'managed-by': 'terraform' }), faults })
    const plan = await newOffice(cloud.url, { permission_sets: { Shared } }).plan()
    expect(codes(plan)).toEqual(['adopted-loses'])
  })
})

describe.concurrent('the end of a grant of a set of others', () => {
  const set = 'AWSPowerUserAccess'
  const grant = (account: string, who: object) => ({ permissionSet: set, account, ...who })
  const contents: Contents = {
    users: people('rin', 'sora'),
    groups: [{ displayName: 'Crew', members: ['sora'] }],
    permissionSets: [{ name: set, managedPolicies: [arn('PowerUserAccess')], sessionDuration: 'PT6H' }],
    assignments: [
      grant(dev, { user: 'rin' }),
      grant(prod, { user: 'rin' }),
      grant(dev, { user: 'sora' }),
      grant(dev, { group: 'Crew' }),
      grant(prod, { group: 'Crew' }),
    ],
  }
  const known = { users: external('rin', 'sora'), groups: external('Crew'), permission_sets: external(set) }
  const rin = (accounts: readonly unknown[], more: object = {}) => ({
    users: ['rin'],
    permission_sets: [set],
    accounts,
    ...more,
  })
  const over = { until: '2026-06-30' }
  const gone = (who: string, account: string) => `delete assignment/${set}:${who}@${account}`

  it.each<readonly [string, readonly object[], readonly string[]]>([
    ['takes exactly what the rule names', [rin([dev], over)], [gone('user:rin', dev)]],
    [
      'takes it in every account that the rule selects',
      [rin(['all'], { until: '2026-06-30T12:00:00Z' })],
      [gone('user:rin', dev), gone('user:rin', prod)],
    ],
    ['leaves out what the rule leaves out', [rin(['all'], { ...over, except: [prod] })], [gone('user:rin', dev)]],
    ['takes that of a group', [{ ...rin([prod], over), users: [], groups: ['Crew'] }], [gone('group:Crew', prod)]],
    ['takes nothing that another rule gives', [rin([dev, prod], over), rin([prod])], [gone('user:rin', dev)]],
    ['takes nothing that was never given', [rin([europe], over)], []],
    [
      'waits until its day is over',
      [rin([dev], { until: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10) })],
      [],
    ],
  ])('%s', async (_what, rules, deletes) => {
    const cloud = await newCloud({ contents, faults })
    const office = newOffice(cloud.url, { ...known, assignments: rules.map((rule) => clean(rule)) })
    expect((await office.plan()).operations.map(line)).toEqual(deletes)
    if (deletes.length > 0) await expectApplied(office)
    expect(Object.keys((await cloud.export()).assignments ?? {})).toHaveLength(5 - deletes.length)
  })

  // An empty list is no list.
  function clean(rule: object): object {
    return Object.fromEntries(Object.entries(rule).filter(([, value]) => !Array.isArray(value) || value.length > 0))
  }
})

describe.concurrent('tags that AWS services leave behind', () => {
  const theirs = { 'aws:cloudformation:stack-name': 'Landing', 'AWS:servicecatalog:portfolio': 'p-1' }
  const contents: Contents = {
    users: people('rin'),
    permissionSets: [{ name: 'Stacked', managedPolicies: [arn('ReadOnlyAccess')], tags: { ...theirs, team: 'core' } }],
    assignments: [{ permissionSet: 'Stacked', user: 'rin', account: dev }],
  }

  it('are neither compared nor written', async () => {
    const cloud = await newCloud({ contents, faults })
    const Stacked = { managed_policies: ['ReadOnlyAccess'] }
    const office = newOffice(cloud.url, { permission_sets: { Stacked: { ...Stacked, tags: { team: 'core' } } } })
    await expectSettled(office)
    office.write({ permission_sets: { Stacked: { ...Stacked, tags: { owner: 'sora' } } } })
    await expectApplied(office)
    expect((await setOf(cloud, 'Stacked'))?.tags).toEqual({ ...theirs, owner: 'sora' })
    office.write({ permission_sets: { Stacked } })
    await expectApplied(office)
    expect((await setOf(cloud, 'Stacked'))?.tags).toEqual(theirs)
  })

  it('are not exported by init, which takes the set along', async () => {
    const cloud = await newCloud({ contents, faults })
    const office = newOffice(cloud.url)
    const { stdout } = await office.run(['init', '--dry-run', '-f', 'new.yaml'])
    expect(stdout).toContain('Stacked:')
    expect(stdout).toContain('tags: { team: core }')
    expect(stdout).not.toMatch(/cloudformation|servicecatalog/)
    expect((await office.run(['init', '-f', 'new.yaml'])).code).toBe(0)
    await expectSettled(office, '-f', 'new.yaml')
  })
})
