import { describe, expect, it, vi } from 'vitest'
import {
  amongOthers,
  bounded,
  type Content,
  declared,
  full,
  limited,
  withMfa,
  world,
} from './support/administrators.ts'
import { allowing, codes, dev, europe, expectGuarded, external, ours, outdate, people, prod } from './support/cases.ts'
import { management, newCloud } from './support/cloud.ts'
import { newOffice, type Sections } from './support/office.ts'

vi.setConfig({ testTimeout: 120_000 })

const faults = { looks: 0 }
const nobody = 'would leave nobody with administrator access to the management account'
const root = (content: object): Sections => ({ permission_sets: { Root: content } })
const team = external('Platform Team')
const rule = (set: string, more: object = {}) => ({
  groups: ['Platform Team'],
  permission_sets: [set],
  accounts: ['management'],
  ...more,
})

/** How the last administrator's access could go: what the set holds, and all that the manifest says. */
const ways: readonly (readonly [string, Content, Sections])[] = [
  ['by leaving the set out', full, { permission_sets: {} }],
  [
    'by a list of assignments without it',
    { inlinePolicy: allowing('*') },
    { ...root({ inline_policy: allowing('*') }), assignments: [] },
  ],
  ['by a manifest of groups alone', { inlinePolicy: amongOthers }, { groups: { 'Platform Team': { members: [] } } }],
  ['by absent.groups alone', { inlinePolicy: withMfa }, { absent: { groups: ['Platform Team'] } }],
  ['by absent.users alone', full, { absent: { users: ['rin'] } }],
  ['by absent.permission_sets alone', bounded, { absent: { permission_sets: ['Root'] } }],
  ['by revoked alone', full, { revoked: { rin: '2026-11-20T08:00:00Z' } }],
  [
    'by a grant that is over, of a set of others',
    { ...full, tags: {} },
    { groups: team, permission_sets: external('Root'), assignments: [rule('Root', { until: '2026-03-31' })] },
  ],
  ['by taking the policy from the set', full, root({ managed_policies: ['job-function/Billing'] })],
  [
    'by taking the inline policy from the set',
    { inlinePolicy: allowing(['*']) },
    root({ managed_policies: ['ReadOnlyAccess'] }),
  ],
  ['by a boundary', full, root({ ...declared, permissions_boundary: { managed_policy: 'SecurityAudit' } })],
  ['by a Deny', full, root({ ...declared, inline_policy: limited })],
  ['by a policy of AWS that denies', full, root({ managed_policies: [...declared.managed_policies, 'AWSDenyAll'] })],
  [
    'by a rename to a set that allows less',
    full,
    {
      groups: team,
      permission_sets: { Base: { managed_policies: ['ReadOnlyAccess'], was: 'Root' } },
      assignments: [rule('Base')],
    },
  ],
]

describe.concurrent("the last administrator's access, through a group that the manifest need not name, is not taken away", () => {
  it.each(ways)('%s', async (_how, set, sections) => {
    const cloud = await newCloud({ contents: world(set), faults })
    await expectGuarded(cloud, newOffice(cloud.url, sections), nobody)
  })

  it('by bringing the account up to date with a set that allows less by now', async () => {
    const cloud = await newCloud({ contents: world(), faults })
    await outdate(cloud, 'Root', { managed: [] })
    await expectGuarded(cloud, newOffice(cloud.url, root({ tags: { team: 'x' } })), nobody)
  })

  it('by an assignment that brings the account up to date with such a set', async () => {
    const cloud = await newCloud({ contents: world({ ...full, tags: {} }), faults })
    await outdate(cloud, 'Root', { managed: [] })
    const grant = { users: ['sora'], permission_sets: ['Root'], accounts: ['management'] }
    const sections = { users: external('sora'), permission_sets: external('Root'), assignments: [grant] }
    await expectGuarded(cloud, newOffice(cloud.url, sections), nobody)
  })
})

it('names whoever may be left, and says that something limits them', async () => {
  const cloud = await newCloud({ contents: world({ ...full, inlinePolicy: limited }), faults })
  const office = newOffice(cloud.url, { users: external('sora'), groups: { 'Platform Team': { members: ['sora'] } } })
  const { code, stderr } = await office.apply()
  expect(stderr).toMatch(/management account; sora may still have it through Root, but a boundary, a condition, a Deny/)
  expect(stderr).toContain('hint: keep one administrator without such limits')
  expect(code).toBe(1)
})

it('numbers of members are those that are live, of groups too that the manifest says nothing of', async () => {
  const more = {
    users: people('kai', 'mio'),
    groups: [
      { displayName: 'Three', members: ['sora', 'kai', 'mio'] },
      { displayName: 'None' },
      { displayName: 'Grows', members: ['kai'] },
    ],
    permissionSets: [{ name: 'Reader', tags: ours }],
    assignments: [
      { permissionSet: 'Reader', group: 'Three', account: dev },
      { permissionSet: 'Reader', group: 'None', account: dev },
      { permissionSet: 'Reader', group: 'Platform Team', account: prod },
      { permissionSet: 'Reader', user: 'sora', account: management },
    ],
  }
  const cloud = await newCloud({ contents: world(full, more), faults })
  const office = newOffice(cloud.url, {
    users: external('kai', 'mio'),
    groups: { ...external('Three'), Grows: { members: ['kai', 'mio'] } },
    permission_sets: { Root: declared, Reader: {} },
    assignments: [{ groups: ['Three', 'Grows'], permission_sets: ['Reader'], accounts: [europe] }],
  })
  const { access, ...plan } = await office.plan('--max-deletes', '9')
  expect(codes(plan)).toEqual(['lockout-administrator', 'role-removed', 'role-removed'])
  expect(access).toEqual({
    gained: ['members of Grows (2) get Reader (1h) on Prod EU', 'members of Three (3) get Reader (1h) on Prod EU'],
    lost: [
      'members of None (0) lose Reader (1h) on Dev',
      'members of Platform Team (1) lose Reader (1h) on Prod',
      'members of Platform Team (1) lose Root (1h) on Home',
      'members of Three (3) lose Reader (1h) on Dev',
      'sora loses Reader (1h) on Home',
    ],
  })
})
