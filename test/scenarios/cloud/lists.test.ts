import { describe, expect, it, vi } from 'vitest'
import type { Contents } from '../../../src/sandbox/content-types.ts'
import { isWrite } from '../e2e/support/relay.ts'
import { allowing, arn, count, dev, expectApplied, external, ours, people, prod, writes } from './support/cases.ts'
import { type Cloud, newCloud } from './support/cloud.ts'
import { line, newOffice, type Sections } from './support/office.ts'

vi.setConfig({ testTimeout: 120_000 })

const both = [dev, prod]

describe.concurrent('lists that are seconds behind', () => {
  const lagging = { looks: 0, listLag: 3 }
  const contents: Contents = {
    users: people('rin', 'sora'),
    groups: [{ displayName: 'Crew', description: 'old', members: ['rin'] }],
    permissionSets: [{ name: 'Ops', tags: ours, managedPolicies: [arn('ReadOnlyAccess')] }, { name: 'Theirs' }],
    assignments: [
      { permissionSet: 'Ops', group: 'Crew', account: dev },
      { permissionSet: 'Ops', user: 'rin', account: dev },
      { permissionSet: 'Theirs', user: 'sora', account: prod },
    ],
  }
  const kai = { given_name: 'Kai', family_name: 'Mori', email: 'kai@example.com' }
  const reads = { managed_policies: ['ReadOnlyAccess'] }

  async function lagged(): Promise<Cloud> {
    const cloud = await newCloud({ contents, faults: { looks: 0 } })
    await cloud.faults(lagging)
    await cloud.forget()
    return cloud
  }

  /** Applies while lists lag; expects success, and nothing left to do once they do no more. */
  async function expectSeen(sections: Sections): Promise<void> {
    const cloud = await lagged()
    const office = newOffice(cloud.url, sections)
    const { code, stdout, stderr } = await office.apply('--quiet', '--max-deletes', '9')
    expect(code, stdout + stderr).toBe(0)
    await cloud.faults({})
    expect((await office.plan()).operations.map(line)).toEqual([])
  }

  it.each<readonly [string, Sections]>([
    [
      'everything that is made at once',
      {
        users: { kai },
        groups: { New: { members: ['kai'] } },
        permission_sets: { Ops: reads, Viewer: { ...reads, tags: { a: 'b' } } },
        assignments: [{ groups: ['New'], users: ['kai'], permission_sets: ['Viewer'], accounts: both }],
      },
    ],
    ['what changes of a user', { users: { rin: { ...kai, email: 'rin@example.com', title: 'Lead' } } }],
    [
      'what changes of a group',
      { users: external('sora'), groups: { Crew: { description: 'new', members: ['sora'] } } },
    ],
    ['a group that is renamed', { groups: { Team: { was: 'Crew' } } }],
    [
      'what changes of a set',
      { permission_sets: { Ops: { inline_policy: allowing('s3:*'), session_duration: '2h', tags: { c: 'd' } } } },
    ],
    ['assignments that go', { permission_sets: { Ops: reads }, assignments: [] }],
    [
      'a user who is revoked',
      { users: external('rin'), permission_sets: { Ops: reads }, revoked: { rin: '2026-11-20T08:00:00Z' } },
    ],
  ])('show %s in the end', (_what, sections) => expectSeen(sections))

  it.each<readonly [string, Sections]>([
    ['user', { absent: { users: ['rin'] } }],
    ['group', { absent: { groups: ['Crew'] } }],
    ['set', { absent: { permission_sets: ['Ops'] } }],
    ['set that is renamed', { permission_sets: { Run: { ...reads, was: 'Ops' } } }],
  ])('show that a %s is gone in the end', (_what, sections) => expectSeen(sections))
})

describe.concurrent('pages that shift while they are read', () => {
  const names = Array.from({ length: 7 }, (_, index) => `person${index}`)
  const sets = ['A', 'B', 'C', 'D', 'E']
  const policies = ['ReadOnlyAccess', 'SecurityAudit', 'AWSSupportAccess']
  const tags = { a: '1', b: '2', c: '3' }
  const contents: Contents = {
    users: people(...names),
    groups: [
      { displayName: 'Crew', members: names.slice(0, 5) },
      { displayName: 'Rest', members: names.slice(2) },
    ],
    permissionSets: sets.map((name) => ({ name, managedPolicies: policies.map(arn), tags: { ...ours, ...tags } })),
    assignments: ['A', 'B'].flatMap((permissionSet) =>
      both.flatMap((account) => [
        { permissionSet, account, group: 'Crew' },
        ...names.slice(0, 4).map((user) => ({ permissionSet, account, user })),
      ]),
    ),
  }
  const declared = { managed_policies: policies, tags }
  const sections: Sections = {
    users: external(...names),
    groups: { Crew: { members: names.slice(1, 5) } },
    permission_sets: {
      ...Object.fromEntries(sets.map((name) => [name, declared])),
      A: { ...declared, session_duration: '2h' },
    },
    assignments: [{ groups: ['Crew'], users: names.slice(1, 5), permission_sets: ['A', 'B'], accounts: both }],
  }

  /** What a plan asks in first pages, and what an apply sends. */
  async function asked(more: object) {
    const cloud = await newCloud({ contents, faults: { looks: 0 } })
    await cloud.faults({ looks: 0, ...more })
    const relay = await cloud.relay()
    const bodies: string[] = []
    relay.pass = ({ operation, body }, forward) => {
      if (!body.includes('NextToken')) bodies.push(`${operation} ${body}`)
      return forward()
    }
    const office = newOffice(relay.url, sections)
    const plan = await office.plan()
    const reads = bodies.splice(0)
    await expectApplied(office, '--max-deletes', '9')
    const sent = bodies.filter((one) => isWrite(one.split(' ')[0] ?? ''))
    return { reads, sent, plan: plan.operations.map(line), access: plan.access }
  }

  for (const shift of [
    { pageSize: 2, pageOverlap: 1 },
    { pageSize: 3, pageOverlap: 2 },
  ])
    it(`bring nothing twice, in pages of ${shift.pageSize} that repeat ${shift.pageOverlap}`, async () => {
      const [still, shifting] = await Promise.all([asked({}), asked(shift)])
      expect(new Set(shifting.reads).size).toBe(shifting.reads.length)
      expect(shifting.reads.length).toBe(still.reads.length)
      expect(new Set(shifting.sent).size).toBe(shifting.sent.length)
      expect(shifting.sent.length).toBe(still.sent.length)
      expect({ plan: shifting.plan, access: shifting.access }).toEqual({ plan: still.plan, access: still.access })
    })
})

describe.concurrent('an account that takes one request at a time', () => {
  const sets = ['A', 'B', 'C']
  const contents: Contents = {
    users: people('rin', 'sora', 'kai'),
    permissionSets: sets.map((name) => ({ name, tags: ours })),
    assignments: sets.flatMap((permissionSet) =>
      both.flatMap((account) => ['rin', 'kai'].map((user) => ({ permissionSet, account, user }))),
    ),
  }
  const sections: Sections = {
    users: external('rin', 'sora', 'kai'),
    permission_sets: Object.fromEntries(sets.map((name) => [name, { session_duration: '2h' }])),
    assignments: [{ users: ['rin', 'sora'], permission_sets: sets, accounts: both }],
  }

  it.each(['conflict', 'fail'] as const)('gets them one after the other, updates of sets too: %s', async (choice) => {
    const cloud = await newCloud({ contents })
    await cloud.faults({ looks: 1, unconfirmed: { secondOperationInAccount: choice } })
    await expectApplied(newOffice(cloud.url, sections), '--max-deletes', '9')
  })

  it.each(['allowed', 'conflict', 'fail'] as const)(
    'has what fails by itself told as such, and tried no more than twice: %s',
    async (secondOperationInAccount) => {
      const cloud = await newCloud({ contents, faults: { looks: 0 } })
      const rules = [
        {
          kind: 'fail',
          operations: ['CreateAccountAssignment'],
          accounts: [prod],
          reason: 'Policy Edge was not found',
        },
      ] as const
      await cloud.faults({ looks: 1, unconfirmed: { secondOperationInAccount }, rules })
      await cloud.forget()
      const { code, failed } = await newOffice(cloud.url, sections).outcomes('--max-deletes', '9')
      const reason = expect.stringContaining('ended FAILED: Policy Edge was not found')
      expect({ code, failed }).toEqual({
        code: 1,
        failed: Object.fromEntries(sets.map((set) => [`assignment/${set}:user:sora@${prod}`, reason])),
      })
      const accepted = (await cloud.calls()).filter(
        ({ operation, error }) => operation === 'CreateAccountAssignment' && !error,
      )
      // Three that succeed, three that fail; and each again once, where another one may have been the cause.
      expect(accepted.length).toBeLessThanOrEqual(12)
      expect(await count(cloud, 'DeleteAccountAssignment')).toBe(0)
      expect((await writes(cloud)).length).toBeGreaterThan(6)
    },
  )

  it('is not asked twice for each of many that fail in it for one reason', async () => {
    const names = Array.from({ length: 12 }, (_, nth) => `user${nth}`)
    const cloud = await newCloud({
      contents: { users: people(...names), permissionSets: [{ name: 'A', tags: ours }] },
      faults: { looks: 0 },
    })
    const rule = { kind: 'fail', operations: ['CreateAccountAssignment'], accounts: [prod], reason: 'No.' } as const
    await cloud.faults({ looks: 1, rules: [rule] })
    await cloud.forget()
    const office = newOffice(cloud.url, {
      users: external(...names),
      permission_sets: { A: {} },
      assignments: [{ users: names, permission_sets: ['A'], accounts: [prod] }],
    })
    const { code, failed } = await office.outcomes()
    expect([code, Object.keys(failed).length]).toEqual([1, names.length])
    expect(await count(cloud, 'CreateAccountAssignment')).toBe(names.length + 1)
  })
})
