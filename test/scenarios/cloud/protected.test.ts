import { expect, it, vi } from 'vitest'
import { isWrite } from '../e2e/support/relay.ts'
import { newCloud } from './support/cloud.ts'
import { newOffice, type Sections } from './support/office.ts'

vi.setConfig({ testTimeout: 120_000 })

const dev = '222233334444'
const contents = {
  users: [{ userName: 'glass' }, { userName: 'taro' }],
  permissionSets: [{ name: 'Open', tags: { 'managed-by': 'sso-reconcile' } }],
  assignments: ['glass', 'taro'].map((user) => ({ permissionSet: 'Open', user, account: dev })),
}
const keeping = (users: readonly string[], glass = {}): Sections => ({
  users: { glass: { external: true, ...glass }, taro: { external: true } },
  permission_sets: { Open: {} },
  assignments: [{ users, permission_sets: ['Open'], accounts: [dev] }],
})
const allowances = ['--allow-lockout', '--allow-unknown', '--allow-programs', '--max-deletes', '9']

it.each([
  ['all of it', []],
  ['assignments only', ['--only', 'assignment']],
  ['one of them', ['--target', `assignment/Open:user:glass@${dev}`]],
])('whoever is protected keeps the grant, with every flag, where a plan is about %s', async (_what, part) => {
  const cloud = await newCloud({ contents })
  const office = newOffice(cloud.url, keeping(['taro'], { protect: true }))
  await cloud.forget()
  const { code, stderr } = await office.apply(...allowances, ...part)
  expect(stderr).toMatch(/sso\.yaml:\d+:\d+ {2}error {2}user\/glass is protected, and with this plan it loses Open/)
  expect(stderr).toMatch(/take protect out of sso\.yaml:\d+ first; no flag overrides it/)
  expect(code).toBe(1)
  expect((await cloud.calls()).map(({ operation }) => operation).filter(isWrite)).toEqual([])
  // The advice, tried.
  office.write(keeping(['taro']))
  const done = await office.apply('--max-deletes', '9', ...part)
  expect(done.code, done.stderr).toBe(0)
})

it('revoke leaves whoever is protected, and the file, as they are; sessions can be ended', async () => {
  const cloud = await newCloud({ contents })
  const office = newOffice(cloud.url, keeping(['glass', 'taro'], { protect: true }))
  await cloud.forget()
  const { code, stderr, stdout } = await office.run(['revoke', 'glass', '--yes', '--allow-lockout'])
  expect(stderr).toMatch(/sso\.yaml:\d+:\d+ {2}error {2}glass is protected, so nothing is revoked/)
  expect(stderr).toMatch(/take protect out of sso\.yaml:\d+ first; no flag overrides it/)
  expect([code, stdout]).toEqual([1, ''])
  expect((await cloud.calls()).map(({ operation }) => operation).filter(isWrite)).toEqual([])
  expect((await office.plan()).operations).toEqual([])
  expect((await office.run(['revoke', 'glass', '--sessions', '--yes'])).code).toBe(0)
  expect((await office.plan()).operations).toEqual([])
})

const memberships = ['ListGroupMemberships', 'ListGroupMembershipsForMember']

/** A set that only a group holds of which the manifest says nothing, and the user that the manifest protects. */
async function groupOfOthers(members: readonly string[]) {
  const cloud = await newCloud({
    contents: {
      users: [{ userName: 'glass' }],
      groups: [{ displayName: 'idp', members }],
      permissionSets: [
        {
          name: 'Open',
          tags: { 'managed-by': 'sso-reconcile' },
          managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
        },
      ],
      assignments: [{ permissionSet: 'Open', group: 'idp', account: dev }],
    },
  })
  const office = newOffice(cloud.url)
  const declare = (managed_policies: readonly string[]) =>
    office.write({
      users: { glass: { external: true, protect: true } },
      permission_sets: { Open: { managed_policies } },
      assignments: [],
      ignore: { groups: ['idp'] },
    })
  return { cloud, office, declare }
}

it('a group that the manifest does not name refuses nothing by being there', async () => {
  const { cloud, office, declare } = await groupOfOthers(['glass'])
  declare(['ReadOnlyAccess'])
  await cloud.faults({ rules: [{ kind: 'deny', operations: memberships }] })
  expect(await office.plan()).toMatchObject({ operations: [], refusals: [] })
})

it.each([
  ['is in', ['glass'], [/with this plan less is allowed by Open \(1h\) on Dev$/]],
  ['is not in', [], []],
] as const)('who %s such a group is looked up where its grants allow less', async (_what, members, expected) => {
  const { office, declare } = await groupOfOthers(members)
  declare(['SecurityAudit'])
  const { refusals, complete } = await office.plan()
  expect(complete).toBe(true)
  expect(refusals.map(({ message }) => message)).toEqual(expected.map((one) => expect.stringMatching(one)))
})

it('what cannot be looked up is not said to be so, and refuses the plan all the same', async () => {
  const { cloud, office, declare } = await groupOfOthers([])
  declare(['SecurityAudit'])
  await cloud.faults({ rules: [{ kind: 'deny', operations: memberships }] })
  const { code, stderr } = await office.apply(...allowances)
  expect(code).toBe(1)
  const said = stderr.replace(/\s+/g, ' ')
  expect(said).toContain(
    'user/glass is protected, and with this plan less may be allowed by Open (1h) on Dev, which depends on a group whose members were not read: idp',
  )
  expect(said).toMatch(
    /hint: identitystore:ListGroupMembershipsForMember was denied, so some access is unknown: give the caller the permission identitystore:ListGroupMembershipsForMember, .*; or leave it what it has, or take protect out of sso\.yaml:\d+/,
  )
  // The advice, tried.
  await cloud.faults({ rules: [] })
  expect((await office.apply(...allowances)).code).toBe(0)
})

it('a group whose grants cannot be read, and which somebody protected leaves, names what is denied', async () => {
  const cloud = await newCloud({
    contents: {
      users: [{ userName: 'glass' }],
      groups: [{ displayName: 'ops', members: ['glass'] }],
      permissionSets: [{ name: 'Open' }],
      assignments: [{ permissionSet: 'Open', group: 'ops', account: dev }],
    },
  })
  const office = newOffice(cloud.url, {
    users: { glass: { external: true, protect: true } },
    groups: { ops: { members: [] } },
  })
  await cloud.faults({ rules: [{ kind: 'deny', operations: ['ListAccountAssignmentsForPrincipal'] }] })
  const { code, stderr } = await office.apply(...allowances)
  expect(code).toBe(1)
  const said = stderr.replace(/\s+/g, ' ')
  expect(said).toContain('user/glass is protected, and with this plan it leaves ops, whose grants were not read')
  expect(said).toContain('give the caller the permission sso:ListAccountAssignmentsForPrincipal')
})
