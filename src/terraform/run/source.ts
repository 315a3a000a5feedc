import type { ReadContext } from '../../kinds/contexts.ts'
import { usersRequest } from '../../kinds/shared/users.ts'
import type { PlanInput } from '../../plan/diff.ts'
import type { SetDetails, Source } from '../source.ts'

/** What an export is made of: both sides, and what AWS says of users and declared sets beside a state. A look never asks twice. */
export async function sourceOf(context: ReadContext, { manifest, desired, live }: PlanInput): Promise<Source> {
  const { reader, facts } = context
  const declared = [...desired['permission-set']].flatMap(([at, { external }]) => {
    const arn = external ? undefined : live['permission-set'].get(at)?.ref
    return arn === undefined ? [] : [arn]
  })
  const [users, sets] = await Promise.all([
    reader.list('ListUsers', usersRequest({ IdentityStoreId: facts.instance.identity_store_id }, manifest.manifest)),
    Promise.all(declared.map(async (arn) => [arn, await detailsOf(context, arn)] as const)),
  ])
  return {
    ...{ manifest, facts, desired, live },
    users: new Map(users.map((user) => [user.UserId ?? '', user])),
    sets: new Map(sets),
  }
}

async function detailsOf({ reader, facts }: ReadContext, PermissionSetArn: string): Promise<SetDetails> {
  const InstanceArn = facts.instance.arn
  const of = { InstanceArn, PermissionSetArn }
  const [described, tags, inline] = await Promise.all([
    reader.get('DescribePermissionSet', of),
    reader.list('ListTagsForResource', { InstanceArn, ResourceArn: PermissionSetArn }),
    reader.get('GetInlinePolicyForPermissionSet', of),
  ])
  return { header: described.PermissionSet ?? {}, tags, policy: inline.InlinePolicy ?? '' }
}
