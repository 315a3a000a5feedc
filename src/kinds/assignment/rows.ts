import type { Item } from '../../aws/operations.ts'
import type { ReadContext } from '../contexts.ts'
import type { Asked } from '../shared/leavers.ts'

/** An assignment as lists give it. */
export type Row = Pick<
  Item<'ListAccountAssignments'>,
  'AccountId' | 'PermissionSetArn' | 'PrincipalType' | 'PrincipalId'
>

/** What a principal holds: one call. Answers for a user mix in what the user's groups hold, which readers leave out. */
export function rowsOfPrincipal({ reader, facts }: ReadContext, { type, id }: Asked): Promise<readonly Row[]> {
  return reader.list('ListAccountAssignmentsForPrincipal', {
    InstanceArn: facts.instance.arn,
    PrincipalId: id,
    PrincipalType: type,
  })
}

/** Who holds a set, in all accounts or in some: one call, and one an account. */
export async function rowsOfSet(
  context: ReadContext,
  PermissionSetArn: string,
  accounts?: readonly string[],
): Promise<readonly Row[]> {
  const { reader, facts } = context
  const of = { InstanceArn: facts.instance.arn, PermissionSetArn }
  const found = await accountsOfSet(context, PermissionSetArn)
  const wished = accounts && new Set(accounts)
  const places = found.filter((id) => wished?.has(id) ?? true)
  const rows = await Promise.all(places.map((AccountId) => reader.list('ListAccountAssignments', { ...of, AccountId })))
  return rows.flat()
}

/** Accounts in which a set is in place: one call. */
export function accountsOfSet({ reader, facts }: ReadContext, PermissionSetArn: string): Promise<readonly string[]> {
  return reader.list('ListAccountsForProvisionedPermissionSet', { InstanceArn: facts.instance.arn, PermissionSetArn })
}

/** Who holds what in an account: one call, and one a set that is in place there. */
export async function rowsInAccount(context: ReadContext, AccountId: string): Promise<readonly Row[]> {
  const { reader, facts } = context
  const of = { InstanceArn: facts.instance.arn, AccountId }
  const sets = await setsInAccount(context, AccountId)
  const rows = await Promise.all(
    sets.map((PermissionSetArn) => reader.list('ListAccountAssignments', { ...of, PermissionSetArn })),
  )
  return rows.flat()
}

/** Sets that are in place in an account: one call. */
export function setsInAccount({ reader, facts }: ReadContext, AccountId: string): Promise<readonly string[]> {
  return reader.list('ListPermissionSetsProvisionedToAccount', { InstanceArn: facts.instance.arn, AccountId })
}
