import { error, Refusal, refusedWith, sentence } from '../../model/diagnostic.ts'
import { accountLabel, isActive } from '../../model/facts.ts'
import type { WriteContext } from '../contexts.ts'
import { waitForOthers } from '../shared/appeared.ts'
import { ignoreNotFound } from '../shared/not-found.ts'
import { settled } from '../shared/settled.ts'
import type { SetReference } from './policies.ts'

/**
 * Brings the accounts that hold a set up to date: all of them with one request, or one by one where a closed account is among them,
 * which would make that request fail. A request for all that fails is made up for account by account, so that one account holds back
 * no other. Throws a Refusal that names every account that could not be brought up to date.
 */
export async function provision(PermissionSetArn: string, context: WriteContext): Promise<void> {
  const { writer, facts } = context
  const of = { InstanceArn: facts.instance.arn, PermissionSetArn }
  const places = await writer.list('ListAccountsForProvisionedPermissionSet', of)
  const open = places.filter((id) => isActive(id, facts))
  // A set that is provisioned nowhere has nothing to bring up to date, and asking for it would end FAILED.
  if (open.length === 0) return
  if (open.length < places.length) return provisionEach(open, of, context)
  try {
    await start({ ...of, TargetType: 'ALL_PROVISIONED_ACCOUNTS' }, context)
  } catch (thrown) {
    if (!refusedWith(thrown, 'aws-request-failed')) throw thrown
    const left = await behind(of, context)
    if (left === undefined) throw thrown
    await provisionEach(left, of, context)
  }
}

/** Accounts that still hold an older version; undefined when that cannot be told, none when every account is known to be up to date. */
async function behind(of: SetReference, { writer, facts }: WriteContext): Promise<readonly string[] | undefined> {
  const listed = (ProvisioningStatus: 'LATEST_PERMISSION_SET_NOT_PROVISIONED' | 'LATEST_PERMISSION_SET_PROVISIONED') =>
    writer.list('ListAccountsForProvisionedPermissionSet', { ...of, ProvisioningStatus })
  const outdated = (await listed('LATEST_PERMISSION_SET_NOT_PROVISIONED')).filter((id) => isActive(id, facts))
  if (outdated.length > 0) return outdated
  const [latest, all] = await Promise.all([
    listed('LATEST_PERMISSION_SET_PROVISIONED'),
    writer.list('ListAccountsForProvisionedPermissionSet', of),
  ])
  return all.every((id) => latest.includes(id) || !isActive(id, facts)) ? [] : undefined
}

async function provisionEach(accounts: readonly string[], of: SetReference, context: WriteContext): Promise<void> {
  const attempts = accounts.map((TargetId) => start({ ...of, TargetType: 'AWS_ACCOUNT', TargetId }, context))
  const ended = await Promise.allSettled(attempts)
  const failed = ended.flatMap((one, index) =>
    one.status === 'rejected' ? [{ id: accounts[index] ?? '', why: one.reason }] : [],
  )
  if (failed.length === 0) return
  // An account that has lost the set in the meantime, with its last assignment, has nothing to bring up to date.
  const places = await context.writer.list('ListAccountsForProvisionedPermissionSet', of)
  const left = failed.filter(({ id, why }) => places.includes(id) || !refusedWith(why, 'aws-request-failed'))
  const failures = left.map(({ id, why }) => `${accountLabel(id, context.facts)} (${id}): ${sentence(why)}`)
  if (failures.length === 0) return
  throw new Refusal(
    error('aws-request-failed', `the permission set was changed, but not in every account: ${failures.join('; ')}`, {
      hint: 'fix what AWS reports in these accounts, then run this again; it continues where this run stopped',
    }),
  )
}

function start(
  input: SetReference & { TargetType: 'AWS_ACCOUNT' | 'ALL_PROVISIONED_ACCOUNTS'; TargetId?: string },
  { writer }: WriteContext,
) {
  return writer.follow('provisioning', input.TargetId, async () => {
    // One that runs may have begun before the set was changed, so that without an answer it is asked for again.
    const started = await writer.send('ProvisionPermissionSet', input, async (mayBeOurs) =>
      mayBeOurs ? 'changing' : undefined,
    )
    return started.PermissionSetProvisioningStatus
  })
}

/** Deletes a set, waiting for its roles to disappear from the accounts. */
export function deleteSet(arn: string, context: WriteContext): Promise<undefined> {
  const { writer, facts } = context
  const InstanceArn = facts.instance.arn
  const of = { InstanceArn, PermissionSetArn: arn }
  return settled(
    () => ignoreNotFound(() => writer.send('DeletePermissionSet', of, () => stillThere(of, context))),
    async () => !(await writer.list('ListPermissionSets', { InstanceArn })).includes(arn),
    context,
  )
}

// The roles in the accounts disappear a while after the last assignment; an assignment that is still there never does by itself, nor
// does a role in a closed account.
async function stillThere(of: SetReference, { writer, facts }: Pick<WriteContext, 'writer' | 'facts'>) {
  const accounts = await writer.list('ListAccountsForProvisionedPermissionSet', of)
  const rows = await Promise.all(
    accounts.map((AccountId) => writer.list('ListAccountAssignments', { ...of, AccountId })),
  )
  const held = accounts.filter((_, index) => (rows[index]?.length ?? 0) > 0)
  if (held.length > 0)
    return { final: `the permission set is still assigned in ${held.join(', ')}`, hint: waitForOthers }
  if (accounts.length === 0) return undefined
  if (accounts.some((id) => isActive(id, facts))) return 'changing'
  const labels = accounts.map((id) => accountLabel(id, facts))
  return {
    final: `its role is still in ${labels.join(', ')}, where nothing can be changed because the account is closed`,
  }
}
