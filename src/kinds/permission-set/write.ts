import type { Input, Item, Output } from '../../aws/operations.ts'
import { isoDuration, parseDuration } from '../../manifest/duration.ts'
import { address } from '../../model/address.ts'
import { answered } from '../../model/answer.ts'
import { canonical } from '../../model/json.ts'
import { sameText } from '../../model/same-text.ts'
import type { PermissionSetSpec } from '../../model/specs.ts'
import type { WriteContext } from '../contexts.ts'
import { appeared } from '../shared/appeared.ts'
import { settled } from '../shared/settled.ts'
import { ownershipTag, tagList, writeTags } from '../shared/tags.ts'
import { deniesMore } from './denial.ts'
import { carryOut, policySteps, type SetReference } from './policies.ts'
import { provision } from './provision.ts'
import { type Update, writeBoundary, writeInlinePolicy } from './write-parts.ts'

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

/** Changes what differs, then brings the accounts that hold the set up to date, once. */
export async function updateSet(update: Update, context: WriteContext): Promise<undefined> {
  const { at, before, after } = update
  const arn = context.ref(at)
  const of = { InstanceArn: context.facts.instance.arn, PermissionSetArn: arn }
  // Always all three: UpdatePermissionSet clears a relay state that it is not given.
  if (JSON.stringify(header(before)) !== JSON.stringify(header(after))) await updateHeader(of, before, after, context)
  await writeContent(of, update, context)
  await writeTags(arn, before.tags ?? {}, after.tags ?? {}, context)
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
    sameText(set.Description, description) &&
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
  context: WriteContext,
): Promise<void> {
  const live = async () => (await context.writer.get('DescribePermissionSet', of)).PermissionSet
  const write = (more: { readonly Description?: string }) =>
    settled(
      () => context.writer.send('UpdatePermissionSet', { ...of, ...header(after), ...more }),
      async () => hasHeader(await live(), { ...header(after), ...more }),
      context,
    )
  await write({})
  if (after.description || !before.description) return
  if ((await live())?.Description) await write({ Description: ' ' })
}

// A member that was not sent is as it was, but for the relay state, which is cleared.
function hasHeader(
  set: SetDescription | undefined,
  { Description, SessionDuration, RelayState = '' }: Header,
): boolean {
  const isDescribed = Description === undefined || sameText(set?.Description, Description)
  const isAsLong = parseDuration(set?.SessionDuration ?? '') === parseDuration(SessionDuration)
  return set !== undefined && isDescribed && isAsLong && (set.RelayState ?? '') === RelayState
}

type Header = Omit<Input<'UpdatePermissionSet'>, keyof SetReference> & { readonly SessionDuration: string }

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

// Tags stay on the set; everything else reaches the roles in the accounts only by provisioning.
function touchesRoles(before: PermissionSetSpec, after: PermissionSetSpec): boolean {
  const content = ({ tags: _tags, ...rest }: PermissionSetSpec) => canonical(rest)
  return content(before) !== content(after)
}
