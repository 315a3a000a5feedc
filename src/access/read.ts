import type { Item } from '../aws/operations.ts'
import type { Reader } from '../aws/port.ts'
import type { Facts, Instance } from '../model/facts.ts'
import type { LiveAssignment, LiveGrants, LiveGroup } from './grants.ts'
import { readSet } from './read-set.ts'

/** Where to look and how far. */
export interface AccessScope {
  readonly facts: Facts & { readonly instance: Instance }
  /** Ids of the only accounts that matter; all when absent. */
  readonly accounts?: readonly string[]
}

type Row = Item<'ListAccountAssignments'>

/**
 * Everything live that access follows from, complete: assignments whose principal is gone are in it. Everything independent is
 * asked side by side.
 */
export async function readGrants(reader: Reader, { facts, accounts: wanted }: AccessScope): Promise<LiveGrants> {
  const { arn: InstanceArn, identity_store_id: IdentityStoreId } = facts.instance
  const arns = reader.list('ListPermissionSets', { InstanceArn })
  const ids = wanted ?? facts.accounts.map(({ id }) => id)
  const [users, groups, sets, pairs] = await Promise.all([
    reader.list('ListUsers', { IdentityStoreId }),
    readGroups(reader, IdentityStoreId),
    arns.then((all) => Promise.all(all.map((arn) => readSet(reader, InstanceArn, arn)))),
    arns.then((all) => provisioned(reader, InstanceArn, all, ids)),
  ])
  const within = pairs.filter(({ AccountId }) => wanted?.includes(AccountId) ?? true)
  const rows = await Promise.all(within.map((pair) => reader.list('ListAccountAssignments', { InstanceArn, ...pair })))
  return {
    users: users.map(({ UserId = '', UserName = '', UserStatus }) => ({
      id: UserId,
      name: UserName,
      disabled: UserStatus === 'DISABLED',
    })),
    groups,
    sets,
    accounts: facts.accounts,
    assignments: rows.flat().map(assignmentOf),
  }
}

async function readGroups(reader: Reader, IdentityStoreId: string): Promise<LiveGroup[]> {
  const groups = await reader.list('ListGroups', { IdentityStoreId })
  return Promise.all(
    groups.map(async ({ GroupId = '', DisplayName = '' }) => {
      const members = await reader.list('ListGroupMemberships', { IdentityStoreId, GroupId })
      return { id: GroupId, name: DisplayName, members: members.map(({ MemberId }) => MemberId?.UserId ?? '') }
    }),
  )
}

type Pair = { readonly AccountId: string; readonly PermissionSetArn: string }

/** Where each set is in place: assignments exist nowhere else. One call an account or one a set, whichever is fewer. */
async function provisioned(
  reader: Reader,
  InstanceArn: string,
  sets: readonly string[],
  accounts: readonly string[],
): Promise<readonly Pair[]> {
  const byAccount = async (AccountId: string) => {
    const found = await reader.list('ListPermissionSetsProvisionedToAccount', { InstanceArn, AccountId })
    return found.map((PermissionSetArn) => ({ AccountId, PermissionSetArn }))
  }
  const bySet = async (PermissionSetArn: string) => {
    const found = await reader.list('ListAccountsForProvisionedPermissionSet', { InstanceArn, PermissionSetArn })
    return found.map((AccountId) => ({ AccountId, PermissionSetArn }))
  }
  const pairs = accounts.length <= sets.length ? accounts.map(byAccount) : sets.map(bySet)
  return (await Promise.all(pairs)).flat()
}

function assignmentOf({ PermissionSetArn = '', AccountId = '', PrincipalType, PrincipalId = '' }: Row): LiveAssignment {
  return {
    set: PermissionSetArn,
    account: AccountId,
    principal: { type: PrincipalType === 'GROUP' ? 'group' : 'user', id: PrincipalId },
  }
}
