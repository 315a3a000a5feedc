import type { TablesJson } from '../../../src/sandbox/state/state.ts'

type Row = Readonly<Record<string, unknown>>

/** A resource as `terraform show -json` has it. */
export interface Shown extends Row {
  readonly address: string
  readonly type: string
  readonly values: Row
}

/** What Terraform would say of everything in an Identity Center, each thing a resource of its own. */
export function resourcesOf(tables: TablesJson): readonly Shown[] {
  const rows = (name: keyof TablesJson) => Object.values(tables[name] ?? {}) as readonly Row[]
  const [instance] = rows('instances')
  const instance_arn = instance?.arn
  const identity_store_id = instance?.identityStoreId
  return numbered([
    ...rows('users').map(({ UserId: user_id, UserName: user_name, attributes }) => ({
      type: 'aws_identitystore_user',
      values: { identity_store_id, user_id, user_name, ...userValues(attributes as Row) },
    })),
    ...rows('groups').map(({ GroupId: group_id, DisplayName: display_name, Description: description = '' }) => ({
      type: 'aws_identitystore_group',
      values: { identity_store_id, group_id, display_name, description },
    })),
    ...rows('memberships').map(({ MembershipId: membership_id, GroupId: group_id, UserId: member_id }) => ({
      type: 'aws_identitystore_group_membership',
      values: { identity_store_id, membership_id, group_id, member_id },
    })),
    ...rows('permissionSets').flatMap((set) => setResources(set, instance_arn)),
    ...rows('assignments').map((one) => ({
      type: 'aws_ssoadmin_account_assignment',
      values: {
        ...{ instance_arn, permission_set_arn: one.permissionSet, target_id: one.account, target_type: 'AWS_ACCOUNT' },
        ...{ principal_id: one.principal, principal_type: one.principalType },
      },
    })),
  ])
}

function userValues({ DisplayName: display_name, Name = {}, Emails = [] }: Row) {
  const { GivenName: given_name, FamilyName: family_name } = Name as Row
  return {
    display_name,
    name: [{ given_name, family_name }],
    emails: (Emails as readonly Row[]).map(({ Value: value, Primary: primary = false }) => ({ value, primary })),
  }
}

function setResources(set: Row, instance_arn: unknown) {
  const of = { instance_arn, permission_set_arn: set.arn }
  const {
    name,
    description = '',
    sessionDuration: session_duration,
    relayState: relay_state = '',
    tags: tags_all,
  } = set
  return [
    {
      type: 'aws_ssoadmin_permission_set',
      values: { instance_arn, arn: set.arn, name, description, session_duration, relay_state, tags_all },
    },
    ...(set.managed as readonly (string | Row)[]).map((policy) => ({
      type: 'aws_ssoadmin_managed_policy_attachment',
      values: { ...of, managed_policy_arn: typeof policy === 'string' ? policy : policy.arn },
    })),
    ...(set.inline
      ? [{ type: 'aws_ssoadmin_permission_set_inline_policy', values: { ...of, inline_policy: set.inline } }]
      : []),
  ]
}

function numbered(all: readonly { readonly type: string; readonly values: Row }[]): readonly Shown[] {
  return all.map(({ type, values }, index) => ({
    ...{ address: `${type}.r["${index}"]`, mode: 'managed', type, name: 'r', index: String(index) },
    ...{ provider_name: 'registry.terraform.io/hashicorp/aws', schema_version: 0, values, sensitive_values: {} },
  }))
}

/** The document of `terraform show -json` with these resources in its root module. */
export function stateText(resources: readonly object[], more: object = {}): string {
  const values = { root_module: { resources } }
  return JSON.stringify({ format_version: '1.0', terraform_version: '1.11.4', values, ...more })
}
