import { accountLabel, type Facts } from '../../model/facts.ts'
import type { Verb } from '../../model/operation.ts'

/** "security (222233334444)". Pure. */
export function delegateWords(account: string, facts: Facts): string {
  const label = accountLabel(account, facts)
  return label === account ? account : `${label} (${account})`
}

/** What a change of the delegated administrator comes to; the address names the account by its id. Pure. */
export function effectOf(verb: Verb, account: string, facts: Facts): string {
  const who = `administrators of ${accountLabel(account, facts)}`
  return verb === 'delete'
    ? `${who} can no longer manage Identity Center`
    : `${who} can manage users, groups and access to all member accounts`
}
