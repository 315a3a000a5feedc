import type { Item, Output } from '../../aws/operations.ts'
import { isoDuration, parseDuration } from '../../manifest/duration.ts'
import { type Address, address } from '../../model/address.ts'
import { answered } from '../../model/answer.ts'
import { canonical, ownValue } from '../../model/json.ts'
import type { Boundary, PermissionSetSpec } from '../../model/specs.ts'
import { customerReference, policyArn } from '../../policies/names.ts'
import type { WriteContext } from '../contexts.ts'
import { appeared } from '../shared/appeared.ts'
import { ignoreNotFound } from '../shared/not-found.ts'
import { sameText } from '../shared/same-text.ts'
import { deniesMore, joinPolicy } from './denial.ts'
import { ownershipTag } from './live-sets.ts'
import { carryOut, policySteps, type SetReference } from './policies.ts'
import { provision } from './provision.ts'

/** Creates a set with the ownership tag in the same call, then its content: an interrupted run leaves a set that is known as ours. */
export async function createSet(Name: string, spec: PermissionSetSpec, context: WriteContext): Promise<string> {
  const { writer, facts } = context
  const Tags = [{ Key: ownershipTag, Value: facts.owner }, ...tagList(spec.tags ?? {})]
  const InstanceArn = facts.instance.arn
  const created = await writer.send(
    'CreatePermissionSet',
    { InstanceArn, Name, ...header(spec), Tags },
    async (mayBeOurs) => {
      const found = await setNamed(Name, context)
      if (!found) return undefined
      const isSame = sameHead(found, { spec, tags: Tags })
      const asAsked = isSame ? { PermissionSet: { PermissionSetArn: found.arn } } : undefined
      return appeared({ what: `permission set ${Name}`, mayBeOurs, asAsked }, context)
    },
  )
  const arn = answered(created.PermissionSet?.PermissionSetArn, 'sso:CreatePermissionSet', 'an ARN')
  const of = { InstanceArn, PermissionSetArn: arn }
  const empty = { session_duration: spec.session_duration }
  await writeContent(of, { at: address('permission-set', Name), before: empty, after: spec }, context)
  return arn
}

/** A set before and after an update. */
interface Update {
  readonly at: Address
  readonly before: PermissionSetSpec
  readonly after: PermissionSetSpec
}

/** Changes what differs, then brings the accounts that hold the set up to date, once. */
export async function updateSet(update: Update, context: WriteContext): Promise<undefined> {
  const { at, before, after } = update
  const arn = context.ref(at)
  const of = { InstanceArn: context.facts.instance.arn, PermissionSetArn: arn }
  // Always all three: UpdatePermissionSet clears a relay state that it is not given.
  if (JSON.stringify(header(before)) !== JSON.stringify(header(after))) await updateHeader(of, before, after, context)
  await writeContent(of, update, context)
  await writeTags(arn, before, after, context)
  if (touchesRoles(before, after)) await provision(arn, context)
  return undefined
}

/** A set as it is found where it was to be created. */
interface FoundSet {
  readonly arn: string
  readonly set: SetDescription
  readonly tags: readonly Item<'ListTagsForResource'>[]
}

type SetDescription = NonNullable<Output<'DescribePermissionSet'>['PermissionSet']>

async function setNamed(name: string, { writer, facts }: WriteContext): Promise<FoundSet | undefined> {
  const InstanceArn = facts.instance.arn
  const arns = await writer.list('ListPermissionSets', { InstanceArn })
  const sets = await Promise.all(
    arns.map(async (PermissionSetArn) => {
      const { PermissionSet: set } = await writer.get('DescribePermissionSet', { InstanceArn, PermissionSetArn })
      return { arn: PermissionSetArn, set }
    }),
  )
  const [found] = sets.flatMap(({ arn, set }) => (set?.Name === name ? [{ arn, set }] : []))
  if (!found) return undefined
  return { ...found, tags: await writer.list('ListTagsForResource', { InstanceArn, ResourceArn: found.arn }) }
}

// Its content is written afterwards in any case; what came with the request tells whose it is.
function sameHead({ set, tags }: FoundSet, asked: { spec: PermissionSetSpec; tags: readonly Tag[] }): boolean {
  const { description = '', session_duration, relay_state = '' } = asked.spec
  const seconds = parseDuration(String(set.SessionDuration ?? 'PT1H'))
  const byKey = (all: readonly Tag[]) =>
    canonical(Object.fromEntries(all.map(({ Key = '', Value = '' }) => [Key, Value])))
  return (
    sameText('description', set.Description ?? '', description) &&
    seconds === (parseDuration(session_duration) ?? 3600) &&
    (set.RelayState ?? '') === relay_state &&
    byKey(tags) === byKey(asked.tags)
  )
}

type Tag = Item<'ListTagsForResource'>

// Leaving a description out is not known to clear it, and an empty one cannot be sent: what is left of it becomes a blank, which
// counts as none when it is read.
async function updateHeader(
  of: SetReference,
  before: PermissionSetSpec,
  after: PermissionSetSpec,
  { writer }: WriteContext,
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

// What is added goes before what is removed, and the denial of somebody before all else.
async function writeContent(of: SetReference, update: Update, context: WriteContext): Promise<void> {
  const { before, after } = update
  const policies = policySteps(before, after)
  const denies = deniesMore(before, after)
  if (denies) await writeInlinePolicy(of, update, context)
  await carryOut(policies.first, of, context)
  if (!denies) await writeInlinePolicy(of, update, context)
  await writeBoundary(of, before.permissions_boundary, after.permissions_boundary, context)
  await carryOut(policies.last, of, context)
}

async function writeInlinePolicy(
  of: SetReference,
  { at, before, after }: Update,
  context: WriteContext,
): Promise<void> {
  const { writer } = context
  const same = (one: PermissionSetSpec) => canonical([one.inline_policy ?? null, one.revoked ?? {}])
  if (same(before) === same(after)) return
  const { inline_policy, revoked = {} } = after
  // A denial that stays keeps its time: sessions from before it are over sooner than those from before a new one.
  const kept = (user: string) =>
    before.revoked?.[user] === revoked[user] ? ownValue(context.entry(at)?.deniedSince, user) : undefined
  const since = (user: string) => kept(user) ?? context.now().toISOString()
  const policy = joinPolicy(inline_policy, revoked, (user) => idOf(user, context), since)
  if (policy) await writer.send('PutInlinePolicyToPermissionSet', { ...of, InlinePolicy: JSON.stringify(policy) })
  else await ignoreNotFound(() => writer.send('DeleteInlinePolicyFromPermissionSet', of))
}

// Whoever is gone is known by the id alone.
function idOf(user: string, { entry, ref }: WriteContext): string {
  const at = address('user', user)
  return entry(at) ? ref(at) : user
}

async function writeBoundary(
  of: SetReference,
  before: Boundary | undefined,
  after: Boundary | undefined,
  { writer }: WriteContext,
): Promise<void> {
  if (after && JSON.stringify(before) !== JSON.stringify(after)) {
    const PermissionsBoundary =
      'managed_policy' in after
        ? { ManagedPolicyArn: policyArn(after.managed_policy, { partitionOf: of.PermissionSetArn }) }
        : { CustomerManagedPolicyReference: customerReference(after.customer_managed_policy) }
    await writer.send('PutPermissionsBoundaryToPermissionSet', { ...of, PermissionsBoundary })
  }
  if (before && !after) await ignoreNotFound(() => writer.send('DeletePermissionsBoundaryFromPermissionSet', of))
}

async function writeTags(
  arn: string,
  before: PermissionSetSpec,
  after: PermissionSetSpec,
  { writer, facts }: WriteContext,
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
  const content = ({ tags: _tags, ...rest }: PermissionSetSpec) => canonical(rest)
  return content(before) !== content(after)
}

function tagList(tags: Readonly<Record<string, string>>) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
}
