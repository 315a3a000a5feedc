import type { JsonObject } from '../model/json.ts'
import type { PolicyTexts } from '../model/policy-texts.ts'
import type { Boundary, PermissionSetSpec } from '../model/specs.ts'
import type { Policies, Policy } from './decide.ts'
import { excessOf } from './size.ts'

/** What of a permission set decides what its role may do. The denials of revoked users are no part of it. */
export type SetPolicies = Pick<
  PermissionSetSpec,
  'managed_policies' | 'customer_managed_policies' | 'inline_policy' | 'permissions_boundary'
>

/** What people call the policy that is written into a permission set. */
const inlineName = 'inline policy'

/** What no policy gives. */
export const nothingAllowed: Policies = { identity: [] }

/**
 * The policies of a permission set with their texts, as far as these are known. An inline policy that is too large for AWS counts as one
 * whose text is not known: nothing of it can come into force, and comparing megabytes of patterns takes hours.
 */
export function policiesOf(set: SetPolicies, texts: PolicyTexts): Policies {
  const { managed_policies = [], customer_managed_policies = [], inline_policy, permissions_boundary: boundary } = set
  const attached = [...managed_policies, ...customer_managed_policies].map((name) => named(name, texts))
  const inline = inline_policy ? [inlined(inline_policy)] : []
  return {
    identity: [...attached, ...inline],
    ...(boundary ? { boundary: named(boundaryName(boundary), texts) } : {}),
  }
}

/** Names of the policies that a set refers to: AWS-managed and customer-managed ones, its boundary among them. */
export function referredTo(set: SetPolicies): readonly string[] {
  const { managed_policies = [], customer_managed_policies = [], permissions_boundary: boundary } = set
  return [...managed_policies, ...customer_managed_policies, ...(boundary ? [boundaryName(boundary)] : [])]
}

/** True where some of what is known of policies is from the list of AWS's policies that comes with the tool. Pure. */
export function isFromList({ identity, boundary }: Policies): boolean {
  const all = boundary ? [...identity, boundary] : identity
  return all.some(({ name, document }) => document !== undefined && name !== inlineName && !always.has(name))
}

function boundaryName(boundary: Boundary): string {
  return 'managed_policy' in boundary ? boundary.managed_policy : boundary.customer_managed_policy
}

function inlined(document: JsonObject): Policy {
  const policy =
    remembered.get(document) ?? (excessOf(document) ? { name: inlineName } : { name: inlineName, document })
  remembered.set(document, policy)
  return policy
}

// A plan asks at every step, and measuring takes as long as the document is.
const remembered = new WeakMap<JsonObject, Policy>()

function named(name: string, texts: PolicyTexts): Policy {
  const document = texts.get(name) ?? always.get(name)
  return document === undefined ? { name } : { name, document }
}

/** The one policy whose text is known without reading any: it has had one version since 2015. */
const always = new Map<string, JsonObject>([
  ['AdministratorAccess', { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }],
])
