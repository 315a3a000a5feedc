import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import type { StateResource } from './resource.ts'

/** What a resource manages, by the ids that AWS gave. */
export type Subject =
  | { readonly kind: 'user' | 'group'; readonly id: string }
  | { readonly kind: 'membership'; readonly group: string; readonly member: string }
  | { readonly kind: 'set'; readonly arn: string }
  | { readonly kind: 'part'; readonly arn: string; readonly part: Part }
  | {
      readonly kind: 'assignment'
      readonly arn: string
      readonly type: 'user' | 'group'
      readonly principal: string
      readonly account: string
    }
  | { readonly kind: 'attributes' }
  | { readonly kind: 'delegate'; readonly account: string }
  | { readonly kind: 'application'; readonly arn: string }
  | { readonly kind: 'issuer'; readonly arn: string }
  | {
      readonly kind: 'application-assignment'
      readonly arn: string
      readonly type: 'user' | 'group'
      readonly principal: string
    }

/** A part of a permission set that has a resource of its own; customer-managed policies by path and name. */
export type Part =
  | { readonly policies: readonly string[] }
  | { readonly customer: readonly string[] }
  | { readonly inline: string }
  | { readonly boundary: string }

/** A resource of Identity Center, and what it manages; undefined where the state does not tell. */
export interface Claim {
  readonly resource: StateResource
  readonly subject: Subject | undefined
  /** The instance and the identity store that it is in, as far as the state tells. */
  readonly instance: string | undefined
  readonly store: string | undefined
  readonly region: string | undefined
}

/** Resources of Identity Center, sorted by whether a manifest can say what they manage. */
export interface Claims {
  readonly claims: readonly Claim[]
  /** What a manifest has no place for, such as applications themselves. */
  readonly unknown: readonly StateResource[]
}

/** What of a state is about Identity Center; everything else is left out. Pure. Source: the AWS provider, "SSO Admin" and "SSO Identity Store". */
export function claimsOf(resources: readonly StateResource[]): Claims {
  const ours = resources.filter(
    (one) => isDelegation(one) || /^aws(?:cc)?_(?:sso|ssoadmin|identitystore)_/.test(one.type),
  )
  return {
    claims: ours.flatMap((resource) => (Object.hasOwn(subjects, resource.type) ? claimOf(resource) : [])),
    unknown: ours.filter(({ type }) => !Object.hasOwn(subjects, type)),
  }
}

// Accounts are registered for other services too.
function isDelegation({ type, values }: StateResource): boolean {
  return type === 'aws_organizations_delegated_administrator' && values.service_principal === 'sso.amazonaws.com'
}

function claimOf(resource: StateResource): Claim {
  const { values } = resource
  return {
    resource,
    subject: subjects[resource.type]?.(values),
    instance: textOf(values, 'instance_arn'),
    store: textOf(values, 'identity_store_id'),
    region: textOf(values, 'region'),
  }
}

const subjects: Readonly<Record<string, (values: JsonObject) => Subject | undefined>> = {
  aws_identitystore_user: (values) => named('user', textOf(values, 'user_id') ?? last(values)),
  aws_identitystore_group: (values) => named('group', textOf(values, 'group_id') ?? last(values)),
  aws_identitystore_group_membership(values) {
    const [group, member] = [textOf(values, 'group_id'), textOf(values, 'member_id')]
    return group && member ? { kind: 'membership', group, member } : undefined
  },
  aws_ssoadmin_permission_set(values) {
    // The id is the ARN of the set, and that of the instance behind a comma.
    const arn = textOf(values, 'arn') ?? textOf(values, 'id')?.split(',')[0]
    return arn ? { kind: 'set', arn } : undefined
  },
  aws_ssoadmin_managed_policy_attachment: (values) =>
    part(values, { policies: texts([values.managed_policy_arn ?? null]) }),
  aws_ssoadmin_managed_policy_attachments_exclusive: (values) =>
    part(values, { policies: texts(listOf(values, 'managed_policy_arns')) }),
  aws_ssoadmin_customer_managed_policy_attachment: customerPart,
  aws_ssoadmin_customer_managed_policy_attachments_exclusive: customerPart,
  aws_ssoadmin_permission_set_inline_policy: (values) =>
    part(values, { inline: textOf(values, 'inline_policy') ?? '' }),
  aws_ssoadmin_permissions_boundary_attachment(values) {
    const [boundary] = listOf(values, 'permissions_boundary').filter(isObject)
    const managed = boundary && textOf(boundary, 'managed_policy_arn')
    const [own = ''] = boundary ? references(boundary) : []
    return part(values, { boundary: managed ?? own })
  },
  aws_ssoadmin_account_assignment(values) {
    const [arn, principal, account] = [
      textOf(values, 'permission_set_arn'),
      textOf(values, 'principal_id'),
      textOf(values, 'target_id'),
    ]
    const type = values.principal_type === 'USER' ? 'user' : 'group'
    return arn && principal && account ? { kind: 'assignment', arn, type, principal, account } : undefined
  },
  aws_ssoadmin_application_assignment(values) {
    const [arn, principal] = [textOf(values, 'application_arn'), textOf(values, 'principal_id')]
    const type = values.principal_type === 'USER' ? 'user' : 'group'
    return arn && principal ? { kind: 'application-assignment', arn, type, principal } : undefined
  },
  aws_ssoadmin_application_assignment_configuration(values) {
    const arn = textOf(values, 'application_arn')
    return arn ? { kind: 'application', arn } : undefined
  },
  aws_ssoadmin_trusted_token_issuer(values) {
    const arn = textOf(values, 'arn') ?? textOf(values, 'id')
    return arn ? { kind: 'issuer', arn } : undefined
  },
  aws_ssoadmin_instance_access_control_attributes: () => ({ kind: 'attributes' }),
  aws_organizations_delegated_administrator(values) {
    const account = textOf(values, 'account_id')
    return account ? { kind: 'delegate', account } : undefined
  },
}

function named(kind: 'user' | 'group', id: string | undefined): Subject | undefined {
  return id ? { kind, id } : undefined
}

// Before there was an attribute of its own, the id was only behind that of the store.
function last(values: JsonObject): string | undefined {
  return textOf(values, 'id')?.split('/').at(-1)
}

function part(values: JsonObject, what: Part): Subject | undefined {
  const arn = textOf(values, 'permission_set_arn')
  return arn ? { kind: 'part', arn, part: what } : undefined
}

function customerPart(values: JsonObject): Subject | undefined {
  return part(values, { customer: references(values) })
}

function references(values: JsonObject): readonly string[] {
  return listOf(values, 'customer_managed_policy_reference')
    .filter(isObject)
    .map((one) => `${textOf(one, 'path') ?? '/'}${textOf(one, 'name') ?? ''}`)
}

/** A text that is there. Null stands for what is not known yet. */
export function textOf(values: JsonObject, key: string): string | undefined {
  const value = values[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A list, or none. */
export function listOf(values: JsonObject, key: string): readonly Json[] {
  const value = values[key]
  return Array.isArray(value) ? (value as readonly Json[]) : []
}

function texts(list: readonly Json[]): readonly string[] {
  return list.filter((one) => typeof one === 'string')
}
