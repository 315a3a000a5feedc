import { beforeAll, describe, expect, it } from 'vitest'
import { run } from '../../support/here.ts'
import { type Desk, newDesk } from '../e2e/support/desk.ts'
import { json, type Relay } from '../e2e/support/relay.ts'
import { type Cloud, newCloud } from './support/cloud.ts'

const manifest = `version: 1
identity_center: { region: us-east-1 }
users: { aiko: { given_name: Aiko, family_name: Tanaka, email: aiko@example.com } }
groups: { team: { members: [aiko] } }
permission_sets: { Viewer: { managed_policies: [ReadOnlyAccess], tags: { a: b } } }
assignments:
  - { users: [aiko], permission_sets: [Viewer], accounts: [{ tag: { env: prod } }, { ou: Workloads }] }
`

const lists = [
  'ListTagsForResource',
  'ListAccountsForParent',
  'ListOrganizationalUnitsForParent',
  'ListAccounts',
  'ListInstances',
  'ListUsers',
  'ListGroups',
  'ListGroupMemberships',
  'ListPermissionSets',
  'ListManagedPoliciesInPermissionSet',
  'ListAccountAssignmentsForPrincipal',
]
const singles = ['DescribePermissionSet', 'DescribeOrganization', 'GetCallerIdentity']

/** A server that says 200 and leaves out what matters: half a list must never become a delete, nor a create. */
describe('an answer that is not whole', () => {
  let cloud: Cloud
  let relay: Relay
  let desk: Desk
  let before: object
  beforeAll(async () => {
    cloud = await newCloud()
    relay = await cloud.relay()
    desk = newDesk(relay.url, manifest)
    expect(await run(desk, ['apply', '--yes'])).toMatchObject({ code: 0 })
    before = await cloud.portrait()
  })

  const answers: [string, string, object][] = [
    ...[...lists, ...singles].map((name): [string, string, object] => ['nothing at all', name, {}]),
    ['a hole in the list', 'ListUsers', { Users: [null] }],
  ]
  it.each(answers)('with %s, to %s, ends the run before anything is changed', async (_what, operation, body) => {
    relay.pass = async (call, forward) => (call.operation === operation ? json(body) : forward())
    const { code, stdout, stderr } = await run(desk, ['apply', '--yes', '--max-deletes', '99', '--allow-lockout'])
    relay.pass = undefined
    expect(code).toBe(1)
    expect(stdout).not.toContain('DELETE')
    expect(stderr).not.toContain('defect')
    expect(await cloud.portrait()).toEqual(before)
  })

  it.each([
    ['no JSON', '{ "Version": '],
    ['no document', '["2012-10-17"]'],
    ['half a number', '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":01}]}'],
    ['a heap of brackets', '['.repeat(100_000)],
  ])('of a policy, with %s, is told with what to do, and nothing is changed', async (_what, InlinePolicy) => {
    relay.pass = async (call, forward) =>
      call.operation === 'GetInlinePolicyForPermissionSet' ? json({ InlinePolicy }) : forward()
    const { code, stderr } = await run(desk, ['apply', '--yes', '--max-deletes', '99', '--allow-lockout'])
    const access = await run(desk, ['access'])
    relay.pass = undefined
    expect([code, access.code]).toEqual([1, 1])
    for (const told of [stderr, access.stderr]) {
      expect(told).toMatch(/GetInlinePolicyForPermissionSet returned no policy document for arn:/)
      expect(told).not.toContain('defect')
    }
    expect(await cloud.portrait()).toEqual(before)
  })

  it('to a create is told as the failure of that one operation', async () => {
    const empty = newDesk((await newCloud().then((one) => one.relay())).url, manifest)
    const other = await newCloud()
    const tampered = await other.relay()
    tampered.pass = async (call, forward) => {
      const answer = await forward()
      return call.operation === 'CreateUser' ? json({}) : answer
    }
    const { code, stdout, stderr } = await run({ ...empty, endpoint: tampered.url }, ['apply', '--yes'])
    expect(code).toBe(1)
    expect(stderr).toContain('user/aiko  FAILED: identitystore:CreateUser responded without a user id')
    expect(stdout).toContain('Stopped: ')
    tampered.pass = undefined
    expect((await run({ ...empty, endpoint: tampered.url }, ['apply', '--yes'])).code).toBe(0)
  })
})
