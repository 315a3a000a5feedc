import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Route } from '../../../src/aws/route.ts'
import type { Contents } from '../../../src/sandbox/content-types.ts'
import { isWrite } from '../e2e/support/relay.ts'
import { type Cloud, newCloud } from './support/cloud.ts'
import { newOffice, type Sections } from './support/office.ts'
import { access, inRounds, lookInRounds } from './support/rounds.ts'

// A look in rounds sends through a transport that answers whatever was asked together at once.
vi.mock('../../../src/aws/connect.ts', async (original) => {
  const { connect } = await original<typeof import('../../../src/aws/connect.ts')>()
  return {
    connect: (route: Route) =>
      access.sandbox ? inRounds(connect({ ...route, sandbox: access.sandbox })) : connect(route),
  }
})

vi.setConfig({ testTimeout: 120_000 })

/** How large a world is, in the terms of the bound. */
interface Size {
  readonly users: number
  readonly groups: number
  /** Permission sets that the manifest declares, and others that are live. */
  readonly declared: number
  readonly others: number
  /** Accounts in which each declared set is assigned to each group. */
  readonly accounts: number
}

const named = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${index}`)
const accountsOf = ({ accounts }: Size) => named('', accounts).map((index) => `9${index.padStart(11, '0')}`)
const ours = { 'managed-by': 'sso-reconcile' }

function contentsOf(size: Size): Contents {
  const groups = named('g', size.groups)
  const sets = named('Set', size.declared)
  const holder = groups.length > 0 ? groups.map((group) => ({ group })) : [{ user: 'u0' }]
  return {
    users: named('u', size.users).map((userName) => ({ userName })),
    groups: groups.map((displayName) => ({ displayName })),
    permissionSets: [
      ...sets.map((name) => ({ name, tags: ours })),
      ...named('Other', size.others).map((name) => ({ name })),
    ],
    assignments: sets.flatMap((permissionSet) =>
      accountsOf(size).flatMap((account) => holder.map((who) => ({ permissionSet, account, ...who }))),
    ),
  }
}

function manifestOf(size: Size): Sections {
  const groups = named('g', size.groups)
  const sets = named('Set', size.declared)
  const accounts = accountsOf(size)
  return {
    users: Object.fromEntries(named('u', size.users).map((name) => [name, { external: true }])),
    groups: Object.fromEntries(groups.map((name) => [name, { members: [] }])),
    permission_sets: Object.fromEntries(sets.map((name) => [name, {}])),
    assignments:
      accounts.length === 0 || sets.length === 0
        ? []
        : [{ ...(groups.length > 0 ? { groups } : { users: ['u0'] }), permission_sets: sets, accounts }],
  }
}

function cloudOf(size: Size, contents: Contents = contentsOf(size)): Promise<Cloud> {
  return newCloud({ contents, accounts: accountsOf(size).map((id) => ({ id, name: `Account ${id}` })) })
}

/** 11 + 2 P + 5 D + M + min(U + G, D + V): what a plan may cost, paging aside. */
function bound({ users, groups, declared, others, accounts }: Size): number {
  const [P, D, M, V] = [declared + others, declared, groups, declared * accounts]
  return 11 + 2 * P + 5 * D + M + Math.min(users + groups, D + V)
}

const sizes: readonly (readonly [string, Size])[] = [
  ['nothing', { users: 0, groups: 0, declared: 0, others: 0, accounts: 0 }],
  ['one of each', { users: 1, groups: 0, declared: 1, others: 0, accounts: 1 }],
  ['many others', { users: 3, groups: 2, declared: 1, others: 9, accounts: 2 }],
  ['few people, many accounts', { users: 3, groups: 2, declared: 4, others: 2, accounts: 12 }],
  ['many people, few accounts', { users: 40, groups: 10, declared: 3, others: 2, accounts: 2 }],
]

describe('what a plan asks', () => {
  it.each(sizes)('stays within the bound, and nothing is asked twice: %s', async (_name, size) => {
    const cloud = await cloudOf(size)
    const relay = await cloud.relay()
    const asked: string[] = []
    relay.pass = ({ operation, body }, forward) => {
      asked.push(`${operation} ${body}`)
      return forward()
    }
    const { operations } = await newOffice(relay.url, manifestOf(size)).plan()
    expect(operations).toEqual([])
    const firstPages = asked.filter((one) => !one.includes('NextToken'))
    expect(new Set(asked).size).toBe(asked.length)
    expect(firstPages.length).toBeLessThanOrEqual(bound(size))
    // Were it much less, the bound would be no measure of it.
    expect(firstPages.length).toBeGreaterThanOrEqual(bound(size) - 1)
  })

  it('takes at most five round trips that depend on each other, however large it is', async () => {
    const depths: number[] = []
    for (const [, size] of sizes) {
      const cloud = await cloudOf(size)
      const { rounds, operations } = await lookInRounds(cloud.url, manifestOf(size))
      expect(operations).toBe(0)
      depths.push(rounds.length)
      expect(rounds.length, rounds.map((round) => [...new Set(round)].join(' ')).join('\n')).toBeLessThanOrEqual(5)
    }
    expect(Math.max(...depths)).toBeGreaterThan(2)
  })
})

describe('what guards ask besides', () => {
  it('is at most one call a group concerned, whatever the manifest mentions, and nothing of other groups', async () => {
    const groups = named('g', 6)
    const cloud = await newCloud({
      contents: {
        users: named('u', 3).map((userName) => ({ userName })),
        groups: groups.map((displayName) => ({ displayName, members: ['u0', 'u1'] })),
        permissionSets: [
          { name: 'Set0', tags: ours, managedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
          { name: 'Other' },
        ],
        // Three groups lose something; one holds the set that the manifest leaves alone, two hold nothing.
        assignments: [
          ...['g0', 'g1', 'g2'].map((group) => ({ group, permissionSet: 'Set0', account: '111122223333' })),
          { group: 'g3', permissionSet: 'Other', account: '222233334444' },
        ],
      },
    })
    const office = newOffice(cloud.url, {
      users: { u2: { external: true } },
      permission_sets: { Set0: { managed_policies: ['AdministratorAccess'] } },
      assignments: [{ users: ['u2'], permission_sets: ['Set0'], accounts: ['management'] }],
    })
    await cloud.forget()
    const { access, refusals } = await office.plan('--max-deletes', '9')
    expect(access.lost).toHaveLength(3)
    expect(access.lost[0]).toBe('members of g0 (2) lose Set0 (1h) on Home')
    expect(refusals).toEqual([])
    const counts = (await cloud.calls()).map(({ operation }) => operation)
    expect(counts.filter((name) => name === 'ListGroupMemberships')).toHaveLength(3)
  })
})

describe('what an apply asks', () => {
  const size: Size = { users: 1, groups: 8, declared: 3, others: 0, accounts: 5 }
  let counts: Map<string, number>
  const assignments = size.groups * size.declared * size.accounts

  beforeAll(async () => {
    const { assignments: _none, ...bare } = contentsOf(size)
    const cloud = await cloudOf(size, bare)
    // Requests end when they are looked at, whatever the clock says.
    await cloud.faults({ looks: 1, seconds: null })
    const office = newOffice(cloud.url, manifestOf(size))
    expect(await office.apply('--quiet')).toMatchObject({ code: 0 })
    const calls = (await cloud.calls()).map(({ operation }) => operation)
    const first = calls.findIndex(isWrite)
    const closing = calls.findIndex(
      (name, index) =>
        index > first && /^(GetCallerIdentity|ListInstances|Describe(?!.*Status)|ListAccounts$)/.test(name),
    )
    const during = calls.slice(first, closing)
    counts = new Map(during.map((name) => [name, during.filter((one) => one === name).length]))
  })

  it('n assignments take n creations, and few looks at all of them together', () => {
    expect(counts.get('CreateAccountAssignment')).toBe(assignments)
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
    expect(total / assignments).toBeLessThan(1.4)
  })
})
