import { describe, expect, it } from 'vitest'
import type { Case } from '../support/planning/planning.ts'
import { runCase } from '../support/planning/running.ts'

const instance = 'arn:aws:sso:::instance/ssoins-1234567890abcdef'
const set = { InstanceArn: instance, PermissionSetArn: 'id of Admin' }
const resource = { InstanceArn: instance, ResourceArn: 'id of Admin' }
const provision = ['ProvisionPermissionSet', { ...set, TargetType: 'ALL_PROVISIONED_ACCOUNTS' }]
const arn = (name: string) => `arn:aws:iam::aws:policy/${name}`

interface Row extends Case {
  readonly name: string
  /** What DescribeUser answers; without it nothing may ask. */
  readonly user?: object
  /** Every request that changes something, in order, with all its members. */
  readonly sent: readonly (readonly unknown[])[]
}

function table(rows: readonly Row[]): void {
  for (const { name, sent, user, ...one } of rows)
    it(name, async () => {
      expect((await runCase(one, { provisioned: ['111122223333'], ...(user ? { user } : {}) })).sent).toEqual(sent)
    })
}

describe('requests for a permission set', () => {
  const ours = { mark: 'sso-reconcile', session_duration: '8h' }
  table([
    {
      name: 'a new set carries the mark from its first request on',
      manifest: `name: home
permission_sets:
  Admin:
    session_duration: 90m
    relay_state: https://example.com/
    managed_policies: [job-function/Billing]
    customer_managed_policies: [{ name: Extra, path: /team/ }]
    inline_policy: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "s3:*", Resource: "*" }] }
    permissions_boundary: { managed_policy: ReadOnlyAccess }
    tags: { team: x }`,
      sent: [
        [
          'CreatePermissionSet',
          {
            InstanceArn: instance,
            Name: 'Admin',
            SessionDuration: 'PT1H30M',
            RelayState: 'https://example.com/',
            Tags: [
              { Key: 'managed-by', Value: 'sso-reconcile/home' },
              { Key: 'team', Value: 'x' },
            ],
          },
        ],
        [
          'AttachManagedPolicyToPermissionSet',
          { ...set, PermissionSetArn: 'new id of Admin', ManagedPolicyArn: arn('job-function/Billing') },
        ],
        [
          'AttachCustomerManagedPolicyReferenceToPermissionSet',
          {
            ...set,
            PermissionSetArn: 'new id of Admin',
            CustomerManagedPolicyReference: { Name: 'Extra', Path: '/team/' },
          },
        ],
        [
          'PutInlinePolicyToPermissionSet',
          {
            ...set,
            PermissionSetArn: 'new id of Admin',
            InlinePolicy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}',
          },
        ],
        [
          'PutPermissionsBoundaryToPermissionSet',
          {
            ...set,
            PermissionSetArn: 'new id of Admin',
            PermissionsBoundary: { ManagedPolicyArn: arn('ReadOnlyAccess') },
          },
        ],
      ],
    },
    {
      name: 'a changed description keeps the relay state, which AWS would clear, and reaches the accounts once',
      manifest:
        'permission_sets: { Admin: { description: New, session_duration: 8h, relay_state: "https://example.com/" } }',
      live: { permission_sets: { Admin: { ...ours, description: 'Old', relay_state: 'https://example.com/' } } },
      sent: [
        [
          'UpdatePermissionSet',
          { ...set, Description: 'New', SessionDuration: 'PT8H', RelayState: 'https://example.com/' },
        ],
        provision,
      ],
    },
    {
      name: 'policies are added before others are removed',
      manifest:
        'permission_sets: { Admin: { session_duration: 8h, managed_policies: [B], customer_managed_policies: [{ name: D }] } }',
      live: {
        permission_sets: { Admin: { ...ours, managed_policies: ['A'], customer_managed_policies: ['/team/C'] } },
      },
      sent: [
        ['AttachManagedPolicyToPermissionSet', { ...set, ManagedPolicyArn: arn('B') }],
        [
          'AttachCustomerManagedPolicyReferenceToPermissionSet',
          { ...set, CustomerManagedPolicyReference: { Name: 'D', Path: '/' } },
        ],
        ['DetachManagedPolicyFromPermissionSet', { ...set, ManagedPolicyArn: arn('A') }],
        [
          'DetachCustomerManagedPolicyReferenceFromPermissionSet',
          { ...set, CustomerManagedPolicyReference: { Name: 'C', Path: '/team/' } },
        ],
        provision,
      ],
    },
    {
      name: 'what is left out is taken away',
      manifest: 'permission_sets: { Admin: { session_duration: 8h } }',
      live: {
        permission_sets: {
          Admin: {
            ...ours,
            inline_policy: { Statement: [] },
            permissions_boundary: { customer_managed_policy: '/Limit' },
          },
        },
      },
      sent: [
        ['DeleteInlinePolicyFromPermissionSet', set],
        ['DeletePermissionsBoundaryFromPermissionSet', set],
        provision,
      ],
    },
    {
      name: 'tags stay on the set: no account is touched, the mark neither',
      manifest: 'permission_sets: { Admin: { session_duration: 8h, tags: { team: b, tier: c } } }',
      live: { permission_sets: { Admin: { ...ours, tags: { team: 'a', old: 'x' } } } },
      sent: [
        [
          'TagResource',
          {
            ...resource,
            Tags: [
              { Key: 'team', Value: 'b' },
              { Key: 'tier', Value: 'c' },
            ],
          },
        ],
        ['UntagResource', { ...resource, TagKeys: ['old'] }],
      ],
    },
    {
      name: 'accounts with an older version are brought up to date, and nothing else',
      manifest: 'permission_sets: { Admin: { session_duration: 8h } }',
      live: { permission_sets: { Admin: { ...ours, outdated_in: ['111122223333'] } } },
      sent: [provision],
    },
  ])

  it('asks for no provisioning where the set is in no account, since that would end FAILED', async () => {
    const { sent } = await runCase(
      { manifest: 'permission_sets: { Admin: { session_duration: 8h } }', live: { permission_sets: { Admin: {} } } },
      { provisioned: [] },
    )
    expect(sent.map(([operation]) => operation)).toEqual(['UpdatePermissionSet'])
  })
})

describe('requests for users and groups', () => {
  const store = { IdentityStoreId: 'd-1234567890' }
  const taro = { given_name: 'Taro', family_name: 'Y', email: 'taro@example.com', display_name: 'Taro Y' }
  const names = 'given_name: Taro, family_name: Y, email: taro@example.com'
  table([
    {
      name: 'a new user',
      manifest: `users: { taro: { ${names}, phone: "+81 3", title: Chief, address: { country: JP } } }`,
      sent: [
        [
          'CreateUser',
          {
            ...store,
            UserName: 'taro',
            Name: { GivenName: 'Taro', FamilyName: 'Y' },
            DisplayName: 'Taro Y',
            Title: 'Chief',
            Emails: [{ Value: 'taro@example.com', Type: 'work', Primary: true }],
            PhoneNumbers: [{ Value: '+81 3', Type: 'work', Primary: true }],
            Addresses: [{ Country: 'JP', Primary: true }],
          },
        ],
      ],
    },
    {
      name: 'an update names what changes in the spelling of UpdateUser, and leaves the value out to clear',
      manifest: `users: { taro: { ${names.replace('Taro', 'Tarou').replace('taro@', 'new@')}, title: "", address: { country: JP } } }`,
      live: { users: { taro: { ...taro, title: 'Chief', address: { locality: 'Tokyo', country: 'JP' } } } },
      user: {
        Emails: [{ Value: 'taro@example.com', Type: 'work', Primary: true }],
        Addresses: [{ Locality: 'Tokyo', Country: 'JP', Primary: true }],
      },
      sent: [
        [
          'UpdateUser',
          {
            ...store,
            UserId: 'id of taro',
            Operations: [
              { AttributePath: 'name.givenName', AttributeValue: 'Tarou' },
              { AttributePath: 'title' },
              {
                AttributePath: 'emails',
                AttributeValue: [{ value: 'new@example.com', type: 'work', primary: true }],
              },
              { AttributePath: 'addresses', AttributeValue: [{ country: 'JP', primary: true }] },
            ],
          },
        ],
      ],
    },
    {
      name: 'an update of texts alone reads nothing and replaces no list, in whatever order an address is written',
      manifest: `users: { taro: { ${names}, title: Boss, address: { country: JP, locality: Tokyo } } }`,
      live: { users: { taro: { ...taro, title: 'Chief', address: { locality: 'Tokyo', country: 'JP' } } } },
      sent: [
        [
          'UpdateUser',
          { ...store, UserId: 'id of taro', Operations: [{ AttributePath: 'title', AttributeValue: 'Boss' }] },
        ],
      ],
    },
    {
      name: 'a list that is cleared is unset, and an address without parts is none',
      manifest: `users: { taro: { ${names}, phone: "", address: {} }, jiro: { ${names.replace('taro@', 'jiro@')}, title: "", address: {} } }`,
      live: {
        users: {
          taro: { ...taro, phone: '+81 3', address: { country: 'JP' } },
          jiro: { ...taro, email: 'jiro@example.com', title: 'Chief' },
        },
      },
      user: { PhoneNumbers: [{ Value: '+81 3', Type: 'home' }], Addresses: [{ Country: 'JP', Formatted: 'Japan' }] },
      sent: [
        ['UpdateUser', { ...store, UserId: 'id of jiro', Operations: [{ AttributePath: 'title' }] }],
        [
          'UpdateUser',
          {
            ...store,
            UserId: 'id of taro',
            Operations: [{ AttributePath: 'phoneNumbers' }, { AttributePath: 'addresses' }],
          },
        ],
      ],
    },
    {
      name: 'groups: created without an empty description, described, and cleared',
      manifest: 'groups: { new: { description: "" }, ops: { description: Operations }, old: { description: "" } }',
      live: { groups: { ops: {}, old: { description: 'Old' } } },
      sent: [
        ['CreateGroup', { ...store, DisplayName: 'new' }],
        ['UpdateGroup', { ...store, GroupId: 'id of old', Operations: [{ AttributePath: 'description' }] }],
        [
          'UpdateGroup',
          {
            ...store,
            GroupId: 'id of ops',
            Operations: [{ AttributePath: 'description', AttributeValue: 'Operations' }],
          },
        ],
      ],
    },
  ])
})
