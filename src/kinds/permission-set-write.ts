import { isoDuration, parseDuration } from '../manifest/duration.ts'
import { address } from '../model/address.ts'
import { answered } from '../model/answer.ts'
import { canonical } from '../model/json.ts'
import type { Boundary, PermissionSetSpec } from '../model/specs.ts'
import { appeared, untilGone } from './gone.ts'
import type { Hands } from './kind.ts'
import { attachPolicies, detachPolicies, type SetReference } from './permission-set-policies.ts'
import { customerReference, policyArn } from './policy-name.ts'
import { joinPolicy } from './revocation.ts'
import { ownershipTag } from './sets.ts'

/** Creates a set with the ownership tag in the same call, then its content: an interrupted run leaves a set that is known as ours. */
export async function createSet(Name: string, spec: PermissionSetSpec, hands: Hands): Promise<string> {
  const { writer, facts } = hands
  const Tags = [{ Key: ownershipTag, Value: facts.owner }, ...tagList(spec.tags ?? {})]
  const InstanceArn = facts.instance.arn
  const created = await writer.send('CreatePermissionSet', { InstanceArn, Name, ...header(spec), Tags }, () =>
    nameTaken(Name, hands),
  )
  const arn = answered(created.PermissionSet?.PermissionSetArn, 'sso:CreatePermissionSet', 'an ARN')
  await writeContent({ InstanceArn, PermissionSetArn: arn }, { session_duration: spec.session_duration }, spec, hands)
  return arn
}

/** Changes what differs, then brings the accounts that hold the set up to date, once. */
export async function updateSet(
  arn: string,
  before: PermissionSetSpec,
  after: PermissionSetSpec,
  hands: Hands,
): Promise<undefined> {
  const of = { InstanceArn: hands.facts.instance.arn, PermissionSetArn: arn }
  // Always all three: UpdatePermissionSet clears a relay state that it is not given.
  if (JSON.stringify(header(before)) !== JSON.stringify(header(after))) await updateHeader(of, before, after, hands)
  await writeContent(of, before, after, hands)
  await writeTags(arn, before, after, hands)
  if (touchesRoles(before, after)) await provision(arn, hands)
  return undefined
}

/** Deletes a set, waiting for its roles to disappear from the accounts. */
export function deleteSet(arn: string, { writer, facts }: Hands): Promise<undefined> {
  const of = { InstanceArn: facts.instance.arn, PermissionSetArn: arn }
  return untilGone(() => writer.send('DeletePermissionSet', of, () => stillAssigned(of, writer)))
}

async function nameTaken(name: string, { writer, facts }: Hands): Promise<string | undefined> {
  const InstanceArn = facts.instance.arn
  const arns = await writer.list('ListPermissionSets', { InstanceArn })
  const sets = await Promise.all(
    arns.map((PermissionSetArn) => writer.get('DescribePermissionSet', { InstanceArn, PermissionSetArn })),
  )
  const taken = sets.some(({ PermissionSet: set }) => set?.Name === name)
  return taken ? appeared(`permission set ${name}`) : undefined
}

// The roles in the accounts disappear a while after the last assignment; an assignment that is still there never does by itself.
async function stillAssigned(of: SetReference, writer: Hands['writer']): Promise<string | undefined> {
  const accounts = await writer.list('ListAccountsForProvisionedPermissionSet', of)
  const rows = await Promise.all(
    accounts.map((AccountId) => writer.list('ListAccountAssignments', { ...of, AccountId })),
  )
  const held = accounts.filter((_, index) => (rows[index]?.length ?? 0) > 0)
  return held.length > 0 ? `the permission set is still assigned in ${held.join(', ')}` : undefined
}

// Leaving a description out is not known to clear it, and an empty one cannot be sent: what is left of it becomes a blank, which
// counts as none when it is read.
async function updateHeader(
  of: SetReference,
  before: PermissionSetSpec,
  after: PermissionSetSpec,
  { writer }: Hands,
): Promise<void> {
  await writer.send('UpdatePermissionSet', { ...of, ...header(after) })
  if (after.description || !before.description) return
  const { PermissionSet: set } = await writer.get('DescribePermissionSet', of)
  if (set?.Description) await writer.send('UpdatePermissionSet', { ...of, ...header(after), Description: ' ' })
}

function header({ description, session_duration, relay_state }: PermissionSetSpec) {
  return {
    ...(description ? { Description: description } : {}),
    SessionDuration: isoDuration(parseDuration(session_duration) ?? 3600),
    ...(relay_state ? { RelayState: relay_state } : {}),
  }
}

// What is added goes before what is removed.
async function writeContent(
  of: SetReference,
  before: PermissionSetSpec,
  after: PermissionSetSpec,
  hands: Hands,
): Promise<void> {
  await attachPolicies(of, before, after, hands)
  await writeInlinePolicy(of, before, after, hands)
  await writeBoundary(of, before.permissions_boundary, after.permissions_boundary, hands)
  await detachPolicies(of, before, after, hands)
}

async function writeInlinePolicy(
  of: SetReference,
  before: PermissionSetSpec,
  after: PermissionSetSpec,
  { writer, ref }: Hands,
): Promise<void> {
  const same = (one: PermissionSetSpec) => canonical([one.inline_policy ?? null, one.revoked ?? {}])
  if (same(before) === same(after)) return
  const policy = joinPolicy(after.inline_policy, after.revoked ?? {}, (user) => ref(address('user', user)))
  if (policy) await writer.send('PutInlinePolicyToPermissionSet', { ...of, InlinePolicy: JSON.stringify(policy) })
  else await writer.send('DeleteInlinePolicyFromPermissionSet', of)
}

async function writeBoundary(
  of: SetReference,
  before: Boundary | undefined,
  after: Boundary | undefined,
  { writer }: Hands,
): Promise<void> {
  if (after && JSON.stringify(before) !== JSON.stringify(after)) {
    const PermissionsBoundary =
      'managed_policy' in after
        ? { ManagedPolicyArn: policyArn(after.managed_policy, { partitionOf: of.PermissionSetArn }) }
        : { CustomerManagedPolicyReference: customerReference(after.customer_managed_policy) }
    await writer.send('PutPermissionsBoundaryToPermissionSet', { ...of, PermissionsBoundary })
  }
  if (before && !after) await writer.send('DeletePermissionsBoundaryFromPermissionSet', of)
}

async function writeTags(
  arn: string,
  before: PermissionSetSpec,
  after: PermissionSetSpec,
  { writer, facts }: Hands,
): Promise<void> {
  const resource = { InstanceArn: facts.instance.arn, ResourceArn: arn }
  const [was, will] = [before.tags ?? {}, after.tags ?? {}]
  const changed = Object.entries(will).filter(([key, value]) => was[key] !== value)
  const removed = Object.keys(was).filter((key) => !(key in will))
  if (changed.length > 0) await writer.send('TagResource', { ...resource, Tags: tagList(Object.fromEntries(changed)) })
  if (removed.length > 0) await writer.send('UntagResource', { ...resource, TagKeys: removed })
}

// Tags stay on the set; everything else reaches the roles in the accounts only by provisioning.
function touchesRoles(before: PermissionSetSpec, after: PermissionSetSpec): boolean {
  const content = ({ tags: _tags, ...rest }: PermissionSetSpec) => JSON.stringify(Object.entries(rest).sort())
  return content(before) !== content(after)
}

// A set that is provisioned nowhere has nothing to bring up to date, and asking for it would end FAILED.
async function provision(PermissionSetArn: string, { writer, facts }: Hands): Promise<void> {
  const of = { InstanceArn: facts.instance.arn, PermissionSetArn }
  const accounts = await writer.list('ListAccountsForProvisionedPermissionSet', of)
  if (accounts.length === 0) return
  const started = await writer.send('ProvisionPermissionSet', { ...of, TargetType: 'ALL_PROVISIONED_ACCOUNTS' })
  await writer.settled('provisioning', started.PermissionSetProvisioningStatus)
}

function tagList(tags: Readonly<Record<string, string>>) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
}
