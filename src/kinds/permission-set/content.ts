import type { Reader } from '../../aws/port.ts'
import { error, Refusal, refusedWith } from '../../model/diagnostic.ts'
import { isActive } from '../../model/facts.ts'
import { isObject, type JsonObject } from '../../model/json.ts'
import { isTooDeep } from '../../model/json-depth.ts'
import type { Boundary, PermissionSetSpec } from '../../model/specs.ts'
import { parsePolicy } from '../../policies/document.ts'
import type { SetPolicies } from '../../policies/effective.ts'
import { customerPolicy, policyName } from '../../policies/names.ts'
import type { ReadContext } from '../contexts.ts'
import { directory } from '../shared/directory.ts'
import { holdsDenial, type SplitPolicy, splitPolicy } from './denial.ts'

/** What decides what a permission set allows. */
type Rights = SetPolicies & Pick<PermissionSetSpec, 'revoked'>

type Content = Rights & Pick<PermissionSetSpec, 'outdated_in'>

/** What of a permission set a look at it gives, with the moments from which users are denied by revocations. */
interface ContentRead<T> {
  readonly content: T
  readonly deniedSince: Readonly<Record<string, string>>
}

/** What a permission set grants, and where an older version of it is still in place: five calls. */
export async function readContent(context: ReadContext, PermissionSetArn: string): Promise<ContentRead<Content>> {
  const [{ content, deniedSince }, outdated] = await Promise.all([
    readRights(context, PermissionSetArn),
    outdatedAccounts(context, PermissionSetArn),
  ])
  return { content: { ...content, outdated_in: outdated }, deniedSince }
}

/** What a permission set allows: four calls. Customer-managed policies are documents of each account and are not looked into. */
export async function readRights(context: ReadContext, PermissionSetArn: string): Promise<ContentRead<Rights>> {
  const { reader, facts } = context
  const of = { InstanceArn: facts.instance.arn, PermissionSetArn }
  const [managed, customer, inline, boundary] = await Promise.all([
    reader.list('ListManagedPoliciesInPermissionSet', of),
    reader.list('ListCustomerManagedPolicyReferencesInPermissionSet', of),
    reader.get('GetInlinePolicyForPermissionSet', of),
    readBoundary(reader, of),
  ])
  const { own, revoked, since } = await inlinePolicy(inline.InlinePolicy, PermissionSetArn, context)
  return {
    content: {
      managed_policies: managed.map((one) => policyName(one.Arn ?? one.Name ?? '')).sort(),
      customer_managed_policies: customer
        .map(({ Name = '', Path = '/' }) => customerPolicy({ name: Name, path: Path }))
        .sort(),
      ...(own ? { inline_policy: own } : {}),
      revoked,
      ...(boundary ? { permissions_boundary: boundary } : {}),
    },
    deniedSince: since,
  }
}

// AWS answers with an empty text when there is none.
async function inlinePolicy(text: string | undefined, set: string, context: ReadContext): Promise<SplitPolicy> {
  if (!text) return { revoked: {}, since: {} }
  const policy = policyIn(text)
  if (!policy) throw unreadable(set)
  if (!holdsDenial(policy)) return { own: policy, revoked: {}, since: {} }
  const { users } = await directory(context)
  return splitPolicy(policy, (id) => users.get(id) ?? id)
}

function policyIn(text: string): JsonObject | undefined {
  if (isTooDeep(text)) return undefined
  try {
    const policy = parsePolicy(text)
    return isObject(policy) ? policy : undefined
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown
    return undefined
  }
}

// Of what it allows nothing is known, so nobody's access can be told.
function unreadable(set: string): Refusal {
  return new Refusal(
    error('aws-error', `sso:GetInlinePolicyForPermissionSet returned no policy document for ${set}`, {
      hint: 'expected JSON; look at the inline policy of this permission set in the console, and rewrite or delete it there',
    }),
  )
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

/**
 * Accounts that still hold an older version of a set; those that are not active can hold no other. What the status filter selects is
 * known from the names of its values only. An account that is in both answers is taken as up to date, so that a server which ignores
 * the filter does not make every set look stale for ever.
 */
export async function outdatedAccounts(
  { reader, facts }: ReadContext,
  PermissionSetArn: string,
): Promise<readonly string[]> {
  const of = { InstanceArn: facts.instance.arn, PermissionSetArn }
  const filtered = (
    ProvisioningStatus: 'LATEST_PERMISSION_SET_NOT_PROVISIONED' | 'LATEST_PERMISSION_SET_PROVISIONED',
  ) => reader.list('ListAccountsForProvisionedPermissionSet', { ...of, ProvisioningStatus })
  const outdated = (await filtered('LATEST_PERMISSION_SET_NOT_PROVISIONED')).filter((id) => isActive(id, facts))
  if (outdated.length === 0) return []
  const latest = new Set(await filtered('LATEST_PERMISSION_SET_PROVISIONED'))
  return outdated.filter((id) => !latest.has(id)).sort()
}
