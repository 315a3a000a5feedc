import { describe, expect, it, vi } from 'vitest'
import type { Contents } from '../../../src/sandbox/content-types.ts'
import { amongOthers, bounded, type Content, full, limited, withMfa, world } from './support/administrators.ts'
import { arn, codes, dev, expectRefused, external, outdate, people } from './support/cases.ts'
import { type Cloud, management, newCloud } from './support/cloud.ts'
import { newOffice, type Sections } from './support/office.ts'

vi.setConfig({ testTimeout: 120_000 })

const faults = { looks: 0 }
const nobody = 'would leave nobody with administrator access to the management account'
const time = '2026-11-20T08:00:00Z'

/** The administrator leaves the only group that gave the access. */
const leaves: Sections = { groups: { 'Platform Team': { members: [] } } }
const admin = arn('AdministratorAccess')
const holds = { permissionSet: 'Spare', user: 'sora', account: management }

/** `sora` holds a second set in the management account. */
function spare(content: Content, more: Contents = {}): Contents {
  return { permissionSets: [{ name: 'Spare', ...content }], assignments: [holds], ...more }
}

/** `sora` holds it through a group of these members instead. */
function shared(members: readonly string[]): Contents {
  const assignments = [{ permissionSet: 'Spare', group: 'Others', account: management }]
  return spare(full, { groups: [{ displayName: 'Others', members }], assignments })
}

interface Row {
  readonly how: string
  readonly more: Contents
  readonly also?: Sections
}

const counts: readonly Row[] = [
  { how: 'directly', more: spare(full) },
  { how: 'through another group', more: shared(['sora']) },
  { how: 'with an inline policy', more: spare({ inlinePolicy: amongOthers }) },
  {
    how: 'with a boundary that bounds nothing',
    more: spare({ ...full, permissionsBoundary: { ManagedPolicyArn: admin } }),
  },
  {
    how: 'by somebody whom the manifest ignores',
    more: spare(full),
    also: { ignore: { permission_sets: ['Spare'], users: ['sora'] } },
  },
  {
    how: 'by somebody whose sessions from before some time are ended',
    more: spare(full),
    also: { users: external('sora'), revoked: { sora: { sessions: time } } },
  },
]

const kai = { given_name: 'Kai', family_name: 'Mori', email: 'kai@example.com' }
const doesNot: readonly Row[] = [
  { how: 'in another account', more: spare(full, { assignments: [{ ...holds, account: dev }] }) },
  { how: 'with a boundary', more: spare(bounded) },
  { how: 'with a Deny', more: spare({ inlinePolicy: limited }) },
  { how: 'under a condition', more: spare({ inlinePolicy: withMfa }) },
  {
    how: 'with a set that allows less',
    more: spare({ managedPolicies: ['PowerUserAccess', 'IAMFullAccess'].map(arn) }),
  },
  { how: 'by a group without members', more: shared([]) },
  { how: 'by somebody who is revoked', more: spare(full), also: { revoked: { sora: time } } },
  {
    how: 'by somebody whom this plan only creates',
    more: spare(full, { assignments: [] }),
    also: {
      users: { kai },
      permission_sets: external('Spare'),
      assignments: [{ users: ['kai'], permission_sets: ['Spare'], accounts: ['management'] }],
    },
  },
]

describe.concurrent('administrator access that remains', () => {
  for (const { how, more, also } of counts)
    it(`counts when it is held ${how}`, async () => {
      const cloud = await newCloud({ contents: world(full, more), faults })
      const plan = await newOffice(cloud.url, { ...leaves, ...also }).plan()
      expect({ codes: codes(plan), lost: plan.access.lost }).toEqual({
        codes: [],
        lost: ['rin loses Root (1h) on Home through Platform Team'],
      })
    })

  const expectNotCounted = (cloud: Cloud, also: Sections = {}) =>
    expectRefused(cloud, newOffice(cloud.url, { ...leaves, ...also }), nobody)

  for (const { how, more, also } of doesNot)
    it(`does not count when it is held ${how}`, async () => {
      await expectNotCounted(await newCloud({ contents: world(full, more), faults }), also)
    })

  it('does not count when it is held by a disabled user', async () => {
    const users = [...people('rin'), { userName: 'sora', disabled: true }]
    await expectNotCounted(await newCloud({ contents: { ...world(full, spare(full)), users }, faults }))
  })

  it('does not count when nobody knows what is in place in the account', async () => {
    const cloud = await newCloud({ contents: world(full, spare(full)), faults })
    await outdate(cloud, 'Spare')
    await expectNotCounted(cloud)
  })

  it('does not count when the set has denied its holder everything since a revocation', async () => {
    const cloud = await newCloud({ contents: world(full, spare({})), faults })
    const { users = {}, permissionSets = {}, ...tables } = await cloud.export()
    const id = Object.values(users).find(({ UserName }) => UserName === 'sora')?.UserId ?? ''
    const Condition = { StringEquals: { 'identitystore:userId': id } }
    const Sid = `SsoReconcileRevoked${id.replaceAll('-', '')}At1795000000`
    const Statement = [
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Sid, Effect: 'Deny', Action: '*', Resource: '*', Condition },
    ]
    const rows = Object.entries(permissionSets).map(([key, row]) => {
      const inline = JSON.stringify({ Version: '2012-10-17', Statement })
      return [key, row.name === 'Spare' ? { ...row, inline } : row]
    })
    await cloud.restore({ ...tables, users, permissionSets: Object.fromEntries(rows) })
    await expectNotCounted(cloud)
  })
})

describe.concurrent('what is put in the place of the last administrator', () => {
  const replacing: Sections = {
    users: external('sora'),
    permission_sets: { Root: { managed_policies: ['AdministratorAccess', 'job-function/Billing'] } },
    assignments: [{ users: ['sora'], permission_sets: ['Root'], accounts: ['management'] }],
  }

  it('is there before anything is taken away, for a user who exists', async () => {
    const cloud = await newCloud({ contents: world(), faults })
    expect(await newOffice(cloud.url, replacing).apply('--quiet')).toMatchObject({ code: 0 })
  })

  it('keeps the old access where it fails', async () => {
    const rules = [{ kind: 'fail', operations: ['CreateAccountAssignment'], reason: 'not today' }] as const
    const cloud = await newCloud({ contents: world(), faults: { ...faults, rules } })
    const before = await cloud.portrait()
    const { code, failed, skipped } = await newOffice(cloud.url, replacing).outcomes()
    expect({ code, failed: Object.keys(failed), skipped: Object.keys(skipped) }).toEqual({
      code: 1,
      failed: [`assignment/Root:user:sora@${management}`],
      skipped: [`assignment/Root:group:Platform%20Team@${management}`],
    })
    expect(await cloud.portrait()).toEqual(before)
  })
})
