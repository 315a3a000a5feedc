import { beforeAll, describe, expect, it } from 'vitest'
import { json, type Relay } from '../e2e/support/relay.ts'
import { newCloud } from './support/cloud.ts'
import { newOffice, type Office } from './support/office.ts'

const team = '$' + '{path:userName}'
const sections = {
  identity_center: { region: 'us-east-1', additional_regions: ['eu-west-1'], delegated_administrator: '222233334444' },
  users: { aiko: { given_name: 'Aiko', family_name: 'Tanaka', email: 'aiko@example.com' } },
  groups: { team: { members: ['aiko'] } },
  permission_sets: {
    Viewer: { managed_policies: ['ReadOnlyAccess'], customer_managed_policies: [{ name: 'Own' }], tags: { a: 'b' } },
  },
  assignments: [
    {
      users: ['aiko'],
      groups: ['team'],
      permission_sets: ['Viewer'],
      accounts: ['222233334444', { tag: { env: 'prod' } }, { ou: 'Workloads' }],
    },
  ],
  access_control_attributes: { Team: team },
  applications: { Grafana: { users: ['aiko'], groups: ['team'], assignment_required: false } },
  trusted_token_issuers: {
    okta: { issuer_url: 'https://example.okta.com', claim: 'email', attribute: 'emails.value' },
  },
}
const own = ['Prod', 'Prod EU', 'Dev'].map((name, index) => ({
  id: ['333344445555', '444455556666', '222233334444'][index] ?? '',
  name,
  ou: 'Workloads',
  tags: { env: 'prod' },
  policies: [{ name: 'Own' }],
}))

// What the API models call required, and what nothing can be told without.
const holder = ['PrincipalId', 'PrincipalType']
const rows: Readonly<Record<string, readonly [list: string, members: readonly (string | readonly string[])[]]>> = {
  ListAccounts: ['Accounts', ['Id', ['State', 'Status']]],
  ListRoots: ['Roots', ['Id']],
  ListOrganizationalUnitsForParent: ['OrganizationalUnits', ['Id', 'Name']],
  ListAccountsForParent: ['Accounts', ['Id']],
  ListDelegatedAdministrators: ['DelegatedAdministrators', ['Id']],
  ListInstances: ['Instances', ['InstanceArn', 'IdentityStoreId']],
  ListRegions: ['Regions', ['RegionName']],
  ListApplications: ['Applications', ['ApplicationArn', 'Name']],
  ListApplicationAssignments: ['ApplicationAssignments', ['ApplicationArn', ...holder]],
  ListTrustedTokenIssuers: ['TrustedTokenIssuers', ['TrustedTokenIssuerArn', 'Name']],
  ListTagsForResource: ['Tags', ['Key', 'Value']],
  ListManagedPoliciesInPermissionSet: ['AttachedManagedPolicies', ['Arn']],
  ListCustomerManagedPolicyReferencesInPermissionSet: ['CustomerManagedPolicyReferences', ['Name']],
  ListUsers: ['Users', ['UserId', 'UserName']],
  ListGroups: ['Groups', ['GroupId', 'DisplayName']],
  ListGroupMemberships: ['GroupMemberships', ['GroupId', 'MembershipId', 'MemberId']],
  ListAccountAssignmentsForPrincipal: ['AccountAssignments', ['AccountId', 'PermissionSetArn', ...holder]],
}

/** These come in another look: at what somebody who goes held, or where that is the cheaper way. */
const rowsOfLeavers: typeof rows = {
  ListAccountAssignments: ['AccountAssignments', ['AccountId', 'PermissionSetArn', ...holder]],
  ListGroupMembershipsForMember: ['GroupMemberships', ['GroupId', 'MembershipId', 'MemberId']],
  ListApplicationAssignmentsForPrincipal: ['ApplicationAssignments', ['ApplicationArn', ...holder]],
}

type Changed = Readonly<Record<string, unknown>>

/** Every row of a list with other members. */
function changing(operation: string, list: string, members: Changed): Relay['pass'] {
  return async (call, forward) => {
    const answer = await forward()
    if (call.operation !== operation) return answer
    const body = JSON.parse(answer.body) as Readonly<Record<string, readonly object[]>>
    return json({ ...body, [list]: body[list]?.map((row) => ({ ...row, ...members })) })
  }
}

function casesOf(table: typeof rows): readonly (readonly [string, string, string, Changed])[] {
  return Object.entries(table).flatMap(([operation, [list, members]]) =>
    members.map((one): [string, string, string, Changed] => {
      const names = [one].flat()
      return [
        operation,
        list,
        `no ${names.join(' and no ')}`,
        Object.fromEntries(names.map((name) => [name, undefined])),
      ]
    }),
  )
}

const robots = ['ListApplicationAssignments', 'ListAccountAssignmentsForPrincipal'] as const
const robot = { PrincipalType: 'ROBOT' }

describe('rows that do not say what they are about', () => {
  let relay: Relay
  let here: Office
  beforeAll(async () => {
    const cloud = await newCloud({
      accounts: own,
      contents: {
        applications: [{ name: 'Grafana' }],
        trustedTokenIssuers: [],
      },
    })
    relay = await cloud.relay()
    here = newOffice(relay.url, sections)
    const { code, stdout, stderr } = await here.apply('--max-deletes', '9')
    expect(code, stdout + stderr).toBe(0)
    expect((await here.run(['plan', '--check'])).code).toBe(0)
  })

  /** The look asks, and ends: nothing goes, nothing comes, nothing is said to match. */
  async function expectEnded(operation: string, pass: Relay['pass']): Promise<void> {
    relay.forget()
    relay.pass = pass
    const { code, stdout, stderr } = await here.run(['plan'])
    relay.pass = undefined
    expect(relay.calls).toContain(operation)
    expect(code, stdout + stderr).toBe(1)
    expect(stdout).not.toMatch(/DELETE|Apply exactly|No changes|match/)
    expect(stderr).not.toMatch(/defect|unexpected/)
  }

  it.each(casesOf(rows))('%s: %s with %s', async (operation, list, _what, members) => {
    here.write(sections)
    await expectEnded(operation, changing(operation, list, members))
  })

  it.each(robots)('%s with a kind of principal that is not known', async (operation) => {
    here.write(sections)
    await expectEnded(operation, changing(operation, rows[operation]?.[0] ?? '', robot))
  })

  it.each([
    ...casesOf(rowsOfLeavers),
    ...Object.entries(rowsOfLeavers).flatMap(([operation, [list, members]]) =>
      members.includes('PrincipalType') ? [[operation, list, 'an unknown kind of principal', robot] as const] : [],
    ),
  ])('%s of whoever leaves: %s with %s', async (operation, list, _what, members) => {
    here.write({ absent: { users: ['aiko'], groups: ['team'] }, permission_sets: {}, assignments: [] })
    relay.forget()
    if (operation !== 'ListApplicationAssignmentsForPrincipal')
      return expectEnded(operation, changing(operation, list, members))
    // Nobody has to know these, so that they are told to be unknown.
    relay.pass = changing(operation, list, members)
    const { diagnostics, operations } = await here.plan()
    relay.pass = undefined
    expect(relay.calls).toContain(operation)
    expect(diagnostics.map(({ code }) => code)).toContain('application-assignments-unread')
    expect(operations.filter(({ kind }) => kind === 'application-assignment')).toEqual([])
  })
})
