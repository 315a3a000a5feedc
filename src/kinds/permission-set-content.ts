import type { Reader } from '../aws/port.ts'
import { refusedWith } from '../model/diagnostic.ts'
import type { JsonObject } from '../model/json.ts'
import type { Boundary, PermissionSetSpec } from '../model/specs.ts'
import type { Look } from './kind.ts'
import { customerPolicy, policyName } from './policy-name.ts'
import { splitPolicy } from './revocation.ts'

type Content = Pick<
  PermissionSetSpec,
  | 'managed_policies'
  | 'customer_managed_policies'
  | 'inline_policy'
  | 'permissions_boundary'
  | 'revoked'
  | 'outdated_in'
>

/** What a permission set grants, and where an older version of it is still in place: five calls. */
export async function readContent(look: Look, PermissionSetArn: string): Promise<Content> {
  const { reader, facts } = look
  const of = { InstanceArn: facts.instance.arn, PermissionSetArn }
  const [managed, customer, inline, boundary, outdated] = await Promise.all([
    reader.list('ListManagedPoliciesInPermissionSet', of),
    reader.list('ListCustomerManagedPolicyReferencesInPermissionSet', of),
    reader.get('GetInlinePolicyForPermissionSet', of),
    readBoundary(reader, of),
    outdatedAccounts(reader, of),
  ])
  return {
    managed_policies: managed.map((one) => policyName(one.Arn ?? one.Name ?? '')).sort(),
    customer_managed_policies: customer
      .map(({ Name = '', Path = '/' }) => customerPolicy({ name: Name, path: Path }))
      .sort(),
    ...(await inlinePolicy(inline.InlinePolicy, look)),
    ...(boundary ? { permissions_boundary: boundary } : {}),
    outdated_in: outdated,
  }
}

// AWS answers with an empty text when there is none.
async function inlinePolicy(
  text: string | undefined,
  { reader, facts }: Look,
): Promise<Pick<Content, 'inline_policy' | 'revoked'>> {
  if (!text) return {}
  const users = await reader.list('ListUsers', { IdentityStoreId: facts.instance.identity_store_id })
  const nameOf = (id: string) => users.find((one) => one.UserId === id)?.UserName ?? id
  const { own, revoked } = splitPolicy(JSON.parse(text) as JsonObject, nameOf)
  return { ...(own ? { inline_policy: own } : {}), revoked }
}

interface Of {
  readonly InstanceArn: string
  readonly PermissionSetArn: string
}

/** The permissions boundary of a set. A missing one is an error of the API, not an empty answer. */
export async function readBoundary(reader: Reader, of: Of): Promise<Boundary | undefined> {
  try {
    const { PermissionsBoundary: boundary } = await reader.get('GetPermissionsBoundaryForPermissionSet', of)
    const customer = boundary?.CustomerManagedPolicyReference
    if (customer)
      return { customer_managed_policy: customerPolicy({ name: customer.Name ?? '', path: customer.Path ?? '/' }) }
    return boundary?.ManagedPolicyArn ? { managed_policy: policyName(boundary.ManagedPolicyArn) } : undefined
  } catch (thrown) {
    if (refusedWith(thrown, 'aws-not-found')) return undefined
    throw thrown
  }
}

// What the status filter selects is known from the names of its values only. An account that is in both answers is taken as up
// to date, so that a server which ignores the filter does not make every set look stale for ever.
async function outdatedAccounts(reader: Reader, of: Of): Promise<string[]> {
  const filtered = (
    ProvisioningStatus: 'LATEST_PERMISSION_SET_NOT_PROVISIONED' | 'LATEST_PERMISSION_SET_PROVISIONED',
  ) => reader.list('ListAccountsForProvisionedPermissionSet', { ...of, ProvisioningStatus })
  const outdated = await filtered('LATEST_PERMISSION_SET_NOT_PROVISIONED')
  if (outdated.length === 0) return []
  const latest = new Set(await filtered('LATEST_PERMISSION_SET_PROVISIONED'))
  return outdated.filter((id) => !latest.has(id)).sort()
}
