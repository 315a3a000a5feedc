import { type Address, address } from '../../model/address.ts'
import { canonical, type JsonObject, ownValue } from '../../model/json.ts'
import type { Boundary, PermissionSetSpec } from '../../model/specs.ts'
import { parsePolicy } from '../../policies/document.ts'
import { customerReference, policyArn } from '../../policies/names.ts'
import type { WriteContext } from '../contexts.ts'
import { ignoreNotFound } from '../shared/not-found.ts'
import { settled } from '../shared/settled.ts'
import { readBoundary } from './content.ts'
import { joinPolicy } from './denial.ts'
import type { SetReference } from './policies.ts'

/** A set before and after an update. */
export interface Update {
  readonly at: Address
  readonly before: PermissionSetSpec
  readonly after: PermissionSetSpec
}

/** Puts the inline policy with the denials of ours in it, or takes it away where there is neither. */
export async function writeInlinePolicy(
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
  const put = (written: JsonObject) =>
    writer.send('PutInlinePolicyToPermissionSet', { ...of, InlinePolicy: JSON.stringify(written) })
  const remove = () => ignoreNotFound(() => writer.send('DeleteInlinePolicyFromPermissionSet', of))
  await settled(
    () => (policy ? put(policy) : remove()),
    async () => {
      const { InlinePolicy: live } = await writer.get('GetInlinePolicyForPermissionSet', of)
      return canonical(live ? parsePolicy(live) : null) === canonical(policy ?? null)
    },
    context,
  )
}

// Whoever is gone is known by the id alone.
function idOf(user: string, { entry, ref }: WriteContext): string {
  const at = address('user', user)
  return entry(at) ? ref(at) : user
}

/** Puts or takes away the permissions boundary. */
export async function writeBoundary(
  of: SetReference,
  before: Boundary | undefined,
  after: Boundary | undefined,
  context: WriteContext,
): Promise<void> {
  const { writer } = context
  const holds = async () => canonical((await readBoundary(writer, of)) ?? null) === canonical(after ?? null)
  if (after && JSON.stringify(before) !== JSON.stringify(after)) {
    const PermissionsBoundary =
      'managed_policy' in after
        ? { ManagedPolicyArn: policyArn(after.managed_policy, { partitionOf: of.PermissionSetArn }) }
        : { CustomerManagedPolicyReference: customerReference(after.customer_managed_policy) }
    const put = () => writer.send('PutPermissionsBoundaryToPermissionSet', { ...of, PermissionsBoundary })
    await settled(put, holds, context)
  }
  const remove = () => ignoreNotFound(() => writer.send('DeletePermissionsBoundaryFromPermissionSet', of))
  if (before && !after) await settled(remove, holds, context)
}
