import { answer, defaultPage, emptyMark, type PageRequest, page } from '../page.ts'
import type { AccountRow } from '../state/tables.ts'
import type { Context, Operation, OperationOutput } from './context.ts'
import { accountFor, administered, arnOf, organization, parentFor } from './organization-scope.ts'
import { tagList } from './tags.ts'

const accountPage = 20

/** organizations: accounts. */
export const accountOperations = {
  ListAccounts: (context, input: PageRequest) => {
    administered(context)
    return accountList(context, [...context.state.rows('accounts').values()], input)
  },
  ListAccountsForParent: (context, input: { ParentId: string } & PageRequest) => {
    administered(context)
    const all = [...context.state.rows('accounts').values()]
    return accountList(
      context,
      all.filter(({ parent }) => parent === parentFor(context, input.ParentId)),
      input,
    )
  },
  DescribeAccount: (context, input: { AccountId: string }) => {
    administered(context)
    return { Account: account(context, accountFor(context, input.AccountId)) }
  },
  ListTagsForResource: (context, input: { ResourceId: string } & PageRequest) => {
    const { root } = administered(context)
    const isUnit = input.ResourceId === root || context.state.rows('units').has(input.ResourceId)
    const tags = isUnit ? {} : accountFor(context, input.ResourceId, 'TargetNotFoundException').tags
    return answer(
      'Tags',
      page(tagList(tags), ({ Key }) => Key, input),
      (tag) => ({ ...tag }),
    )
  },
} satisfies Record<string, Operation>

/** Accounts come 20 a page at most, and AWS documents that a page may be empty and still not be the last. */
function accountList(context: Context, rows: readonly AccountRow[], input: PageRequest): OperationOutput {
  const isSecond = input.NextToken?.startsWith(emptyMark) === true
  const token = input.NextToken?.replace(emptyMark, '')
  const request = { ...input, ...(token === undefined ? {} : { NextToken: token }) }
  if (isSecond && token !== undefined) return { Accounts: [], NextToken: token }
  const size = Math.min(input.MaxResults ?? defaultPage, accountPage)
  const { items, next } = page(rows, ({ id }) => id, { ...request, MaxResults: size })
  const isFirst = input.NextToken === undefined
  const further = next === undefined ? {} : { NextToken: isFirst ? emptyMark + next : next }
  return { Accounts: items.map((row) => account(context, row)), ...further }
}

/** An account as organizations shows it. */
export function account(context: Context, row: AccountRow): OperationOutput {
  return {
    Id: row.id,
    Arn: arnOf(context, 'account', row.id),
    Email: row.email,
    Name: row.name,
    State: row.state,
    Status: statuses[row.state] ?? row.state,
    JoinedMethod: row.id === organization(context).managementAccount ? 'INVITED' : 'CREATED',
    JoinedTimestamp: row.joined,
  }
}

/** `Status` is the older member with fewer values. */
const statuses: Readonly<Record<string, string>> = { PENDING_ACTIVATION: 'SUSPENDED', CLOSED: 'SUSPENDED' }
