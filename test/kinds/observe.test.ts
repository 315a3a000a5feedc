import { describe, expect, it } from 'vitest'
import type { Transport } from '../../src/aws/connect.ts'
import { type Definition, type OperationName, operations } from '../../src/aws/operations.ts'
import { openReader } from '../../src/aws/reader.ts'
import type { ReadContext } from '../../src/kinds/contexts.ts'
import { kinds } from '../../src/kinds/index.ts'
import type { CloudKind } from '../../src/kinds/kind.ts'
import { planScope } from '../../src/kinds/scopes.ts'
import { error, Refusal } from '../../src/model/diagnostic.ts'
import type { Entry } from '../../src/model/state.ts'
import { sidesOf } from '../support/planning/planning.ts'

type Input = Readonly<Record<string, unknown>>
type Answers = Readonly<Record<string, (input: Input) => unknown>>

const [management, dev] = ['111122223333', '444455556666']
const arnOf = (name: string) => `arn:aws:sso:::permissionSet/i/${name}`
const tag = (value: string) => [{ Key: 'managed-by', Value: value }]

/** Identity Center with two users, one group and three sets; a test overrides what it is about. */
const usual: Answers = {
  ListUsers: () => [
    { UserName: 'taro', UserId: 'u-taro' },
    { UserName: 'hana', UserId: 'u-hana', UserStatus: 'DISABLED', ExternalIds: [{ Issuer: 'x', Id: 'y' }] },
  ],
  ListGroups: () => [{ DisplayName: 'ops', GroupId: 'g-ops' }],
  ListGroupMemberships: () => [{ MembershipId: 'm-1', GroupId: 'g-ops', MemberId: { UserId: 'u-taro' } }],
  ListPermissionSets: () => [arnOf('Admin'), arnOf('Theirs')],
  DescribePermissionSet: ({ PermissionSetArn }) => ({
    PermissionSet: { Name: String(PermissionSetArn).split('/').at(-1), SessionDuration: 'PT8H' },
  }),
  ListTagsForResource: ({ ResourceArn }) => (ResourceArn === arnOf('Theirs') ? tag('terraform') : []),
  ListManagedPoliciesInPermissionSet: () => [
    { Name: 'ReadOnlyAccess', Arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    { Name: 'Billing', Arn: 'arn:aws:iam::aws:policy/job-function/Billing' },
  ],
  ListCustomerManagedPolicyReferencesInPermissionSet: () => [{ Name: 'Extra', Path: '/team/' }],
  GetInlinePolicyForPermissionSet: () => ({ InlinePolicy: '' }),
  GetPermissionsBoundaryForPermissionSet: () => {
    throw new Refusal(error('aws-not-found', 'there is none'))
  },
  ListAccountsForProvisionedPermissionSet: ({ ProvisioningStatus }) =>
    ProvisioningStatus === 'LATEST_PERMISSION_SET_NOT_PROVISIONED' ? [] : [management],
  ListAccountAssignmentsForPrincipal: () => [],
  ListAccountAssignments: () => [],
}

/** What a kind reads, and the names of the operations it asked for. */
async function live(
  kind: 'user' | 'membership' | 'permission-set' | 'assignment',
  manifest: string,
  own: Answers = {},
) {
  const asked: string[] = []
  const answer = async (operation: OperationName, input: Input) => {
    asked.push(operation)
    const { items }: Definition = operations[operation]
    const found = ({ ...usual, ...own }[operation] ?? (() => []))(input)
    return items ? { [items]: found } : found
  }
  const { manifest: loaded, facts, desired } = await sidesOf({ manifest })
  const scope = planScope(loaded, { thorough: false, mustKnow: () => true })
  const look = { reader: openReader(answer as unknown as Transport), facts, manifest: loaded, desired, scope }
  const { entries, covers } = await (kinds[kind] as CloudKind).observe(look as ReadContext)
  return { entries: Object.fromEntries<Entry>(entries), covers, asked }
}

describe('users', () => {
  it('are read with who owns them and whether they can sign in', async () => {
    const { entries } = await live('user', 'users: {}')
    expect(entries).toEqual({
      'user/taro': { spec: {}, ref: 'u-taro', provisioned: false, disabled: false },
      'user/hana': { spec: {}, ref: 'u-hana', provisioned: true, disabled: true },
    })
  })

  it('have their attributes under the keys of the manifest, empty ones left out', async () => {
    const ListUsers = () => [
      {
        UserName: 'taro',
        UserId: 'u',
        Name: { GivenName: 'Taro', FamilyName: 'Y', MiddleName: '' },
        DisplayName: 'T. Y.',
        Emails: [{ Value: 'taro@example.com', Type: 'work', Primary: true }],
        PhoneNumbers: [{ Value: '+81 3' }],
        Addresses: [{ Country: 'JP', Primary: true }],
        Title: 'Chief',
      },
    ]
    const { entries } = await live('user', 'users: {}', { ListUsers })
    expect(entries['user/taro']?.spec).toEqual({
      given_name: 'Taro',
      family_name: 'Y',
      display_name: 'T. Y.',
      email: 'taro@example.com',
      phone: '+81 3',
      address: { country: 'JP' },
      title: 'Chief',
    })
  })
})

describe('memberships', () => {
  it('are read by name for the groups of the manifest only', async () => {
    const { entries } = await live('membership', 'groups: { ops: {} }')
    expect(Object.keys(entries)).toEqual(['membership/ops:taro'])
    const others = await live('membership', 'groups: { other: {} }')
    expect(others.asked).not.toContain('ListGroupMemberships')
  })

  it('of somebody who leaves are read in every group', async () => {
    const { entries } = await live('membership', 'absent: { users: [taro] }', {
      ListGroupMembershipsForMember: () => [{ MembershipId: 'm', GroupId: 'g-ops', MemberId: { UserId: 'u-taro' } }],
    })
    expect(Object.keys(entries)).toEqual(['membership/ops:taro'])
  })

  it('whose user is gone keep the id', async () => {
    const ListGroupMemberships = () => [{ MembershipId: 'm', GroupId: 'g-ops', MemberId: { UserId: 'u-gone' } }]
    const { entries } = await live('membership', 'groups: { ops: {} }', { ListGroupMemberships })
    expect(Object.keys(entries)).toEqual(['membership/ops:u-gone'])
  })
})

describe('permission sets', () => {
  it('of the manifest are read in full, in the form of the manifest; others by name', async () => {
    const { entries } = await live('permission-set', 'permission_sets: { Admin: {} }')
    expect(entries).toEqual({
      'permission-set/Admin': {
        spec: {
          session_duration: '8h',
          managed_policies: ['ReadOnlyAccess', 'job-function/Billing'],
          customer_managed_policies: ['/team/Extra'],
        },
        ref: arnOf('Admin'),
      },
      'permission-set/Theirs': {
        spec: { session_duration: '8h' },
        ref: arnOf('Theirs'),
        mark: 'terraform',
        partial: 'header',
      },
    })
  })

  it('take a boundary that could not be read for a failure, not for none', async () => {
    const GetPermissionsBoundaryForPermissionSet = () => {
      throw new Refusal(error('aws-access-denied', 'denied'))
    }
    const reading = live('permission-set', 'permission_sets: { Admin: {} }', { GetPermissionsBoundaryForPermissionSet })
    await expect(reading).rejects.toThrow('denied')
  })

  it('say where an older version is, unless the server answers both questions alike', async () => {
    const outdated = async (notLatest: string[], latest: string[]) => {
      const ListAccountsForProvisionedPermissionSet = ({ ProvisioningStatus }: Input) =>
        ProvisioningStatus === 'LATEST_PERMISSION_SET_NOT_PROVISIONED' ? notLatest : latest
      const manifest = 'permission_sets: { Admin: {} }'
      const { entries } = await live('permission-set', manifest, { ListAccountsForProvisionedPermissionSet })
      return entries['permission-set/Admin']?.spec
    }
    expect(await outdated([dev, management], [management])).toMatchObject({ outdated_in: [dev] })
    expect(await outdated([dev, management], [dev, management])).not.toHaveProperty('outdated_in')
  })
})

describe('assignments', () => {
  const row = (set: string, PrincipalType: string, PrincipalId: string, AccountId: string) => ({
    PermissionSetArn: arnOf(set),
    PrincipalType,
    PrincipalId,
    AccountId,
  })
  const many = () => Array.from({ length: 50 }, (_, n) => ({ UserName: `u${n}`, UserId: `u-${n}` }))

  it('read by principal leave out what a user holds through a group', async () => {
    const mixed = [row('Theirs', 'USER', 'u-taro', dev), row('Theirs', 'GROUP', 'g-ops', dev)]
    const { entries } = await live('assignment', 'absent: { users: [taro] }', {
      ListAccountAssignmentsForPrincipal: () => mixed,
    })
    expect(Object.keys(entries)).toEqual([`assignment/Theirs:user:taro@${dev}`])
  })

  it('of a few sets among many users are read by set, orphans by their id', async () => {
    const { entries, asked } = await live('assignment', 'permission_sets: { Admin: {} }', {
      ListUsers: many,
      ListAccountAssignments: () => [
        row('Admin', 'USER', 'u-gone', management),
        row('Admin', 'GROUP', 'g-ops', management),
      ],
    })
    expect(Object.keys(entries)).toEqual([
      `assignment/Admin:user:u-gone@${management}`,
      `assignment/Admin:group:ops@${management}`,
    ])
    expect(asked).not.toContain('ListAccountAssignmentsForPrincipal')
  })

  it('of somebody who leaves are read however many others there are', async () => {
    const { entries } = await live('assignment', 'permission_sets: { Admin: {} }\nabsent: { users: [u7] }', {
      ListUsers: many,
      ListAccountAssignmentsForPrincipal: ({ PrincipalId }) => [row('Theirs', 'USER', String(PrincipalId), dev)],
    })
    expect(Object.keys(entries)).toEqual([`assignment/Theirs:user:u7@${dev}`])
  })

  it('of a set that leaves are read by set, so that its orphans go too', async () => {
    const { entries } = await live('assignment', 'absent: { permission_sets: [Admin] }', {
      ListAccountAssignments: () => [row('Admin', 'USER', 'u-gone', management)],
    })
    expect(Object.keys(entries)).toEqual([`assignment/Admin:user:u-gone@${management}`])
  })
})
