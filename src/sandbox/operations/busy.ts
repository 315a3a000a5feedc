import { conflict } from '../service-error.ts'
import type { RequestRow } from '../state/tables.ts'
import type { Context } from './context.ts'
import { holders } from './effects.ts'

/** What a request concerns: one account, or every one that holds the set. */
type Concern = Pick<RequestRow, 'account' | 'permissionSet'>

/** Accounts that a request concerns, in order. */
export function accountsOf({ state }: Context, { account, permissionSet }: Concern): readonly string[] {
  return account === undefined ? holders(state, permissionSet) : [account]
}

/**
 * Of these accounts, those where a further request is bound to fail because another one is in progress there, and why.
 * @throws ServiceError ConflictException where such a request is not even accepted.
 */
export function refuseBusy(context: Context, accounts: readonly string[]): Readonly<Record<string, string>> {
  const wish = context.choices.secondOperationInAccount
  const busy = wish === 'allowed' ? [] : busyAmong(context, accounts)
  const [first] = busy
  if (wish === 'conflict' && first !== undefined) throw conflict(reason(first))
  return Object.fromEntries(busy.map((account) => [account, reason(account)]))
}

function busyAmong(context: Context, accounts: readonly string[]): readonly string[] {
  const running = [...context.state.rows('requests').values()].filter(({ status }) => status === 'IN_PROGRESS')
  const busy = new Set(running.flatMap((request) => accountsOf(context, request)))
  return accounts.filter((account) => busy.has(account))
}

function reason(account: string): string {
  return `Another operation is in progress in AWS account ${account}.`
}
