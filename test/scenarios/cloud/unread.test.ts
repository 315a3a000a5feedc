import { describe, expect, it, vi } from 'vitest'
import { declared, full, world } from './support/administrators.ts'
import { codes, codesBeside, dev, expectRefused, ours } from './support/cases.ts'
import { management, newCloud } from './support/cloud.ts'
import { newOffice, type Sections } from './support/office.ts'

vi.setConfig({ testTimeout: 120_000 })

/** `sora` is an administrator too: by a set that nobody declares, or through a group. */
const bySet = world(
  { ...full, tags: {} },
  {
    permissionSets: [{ name: 'Spare', ...full }],
    assignments: [{ permissionSet: 'Spare', user: 'sora', account: management }],
  },
)
const byGroup = world(full, {
  groups: [{ displayName: 'Others', members: ['sora'] }],
  permissionSets: [{ name: 'Spare', ...full }],
  assignments: [{ permissionSet: 'Spare', group: 'Others', account: management }],
})
const leaves: Sections = { groups: { 'Platform Team': { members: [] } } }
const emptied: Sections = { permission_sets: { Root: declared }, assignments: [] }

/** What the caller may not ask, and what the plan is made of. */
const reads = [
  [['identitystore:ListGroupMemberships'], byGroup, emptied],
  [['sso:ListManagedPoliciesInPermissionSet'], bySet, leaves],
  [['sso:GetInlinePolicyForPermissionSet'], bySet, leaves],
  [['sso:GetPermissionsBoundaryForPermissionSet'], bySet, leaves],
  [['sso:ListAccountsForProvisionedPermissionSet'], bySet, leaves],
  [['sso:ListPermissionSetsProvisionedToAccount'], bySet, leaves],
  [['sso:ListAccountAssignments'], bySet, leaves],
  [['sso:ListAccountAssignmentsForPrincipal', 'sso:ListAccountAssignments'], bySet, leaves],
] as const

describe.concurrent('what a caller may not read is not taken for nothing', () => {
  it.each(reads)(
    '%s: who remains is unknown, which refuses the plan and names the permission',
    async (denied, contents, sections) => {
      const cloud = await newCloud({ contents, faults: { looks: 0 } })
      const office = newOffice(cloud.url, sections)
      expect(codesBeside(await office.plan())).toEqual([])
      const operations = denied.map((one) => one.replace('sso:', 'sso-admin:'))
      await cloud.faults({ looks: 0, rules: [{ kind: 'deny', operations }] })
      const { stderr } = await expectRefused(
        cloud,
        office,
        'would leave nobody with administrator access to the management account, as far as could be read',
      )
      expect(denied.filter((one) => stderr.includes(`give the caller the permission ${one}`))).not.toEqual([])
    },
  )

  it('a role of whose grants nothing can be read is not cut off', async () => {
    const cloud = await newCloud({ contents: bySet, faults: { looks: 0 } })
    const rin = await cloud.signedIn('rin', 'Root', management)
    await cloud.faults({ looks: 0, rules: [{ kind: 'deny', operations: ['ListAccountAssignments*'] }] })
    const { stderr } = await expectRefused(
      cloud,
      newOffice(cloud.url, leaves, rin),
      /would leave nobody|removes the access/,
    )
    expect(stderr).toContain('give the caller the permission sso:ListAccountAssignments')
  })

  it('where nobody can be locked out, the plan says what it does not know and goes on', async () => {
    const contents = world(full, {
      permissionSets: [{ name: 'Reader', tags: ours }],
      assignments: [{ permissionSet: 'Reader', group: 'Platform Team', account: dev }],
    })
    const rules = [{ kind: 'deny', operations: ['ListGroupMemberships'] }] as const
    const cloud = await newCloud({ contents, faults: { looks: 0, rules } })
    const ignore = { permission_sets: ['Root'] }
    const office = newOffice(cloud.url, { permission_sets: { Reader: {} }, assignments: [], ignore })
    const { access, ...plan } = await office.plan()
    expect({ codes: codes(plan), ...access }).toEqual({
      codes: ['role-removed'],
      gained: [],
      lost: ['members of Platform Team (members unknown) lose Reader (1h) on Dev'],
    })
    expect(await office.apply('--quiet')).toMatchObject({ code: 0 })
  })
})

describe.concurrent('iam-policy grants every read that a plan makes, whatever is left out of the manifest', () => {
  const policyOf = (text: string) =>
    (JSON.parse(text) as { Statement: { Action: string | string[] }[] }).Statement.flatMap(({ Action }) => Action)

  it.each<readonly [string, typeof bySet, Sections]>([
    ['groups alone', bySet, leaves],
    ['absent users alone', bySet, { absent: { users: ['rin'] } }],
    ['absent groups alone', bySet, { absent: { groups: ['Platform Team'] } }],
    ['absent sets alone', bySet, { absent: { permission_sets: ['Root'] } }],
    ['revoked alone', bySet, { revoked: { rin: '2026-11-20T08:00:00Z' } }],
    ['sets alone', byGroup, { permission_sets: {} }],
    ['sets and assignments', byGroup, emptied],
  ])('%s', async (_what, contents, sections) => {
    const cloud = await newCloud({ contents, faults: { looks: 0 } })
    const office = newOffice(cloud.url, sections)
    await office.plan()
    const asked = new Set(
      (await cloud.calls()).map(({ service, operation }) => `${service.replace('sso-admin', 'sso')}:${operation}`),
    )
    const { stdout } = await office.run(['iam-policy', '--read-only'])
    const granted = new Set(policyOf(stdout))
    // Nobody needs a permission to ask who one is.
    expect([...asked].filter((one) => !granted.has(one) && one !== 'sts:GetCallerIdentity')).toEqual([])
  })
})
