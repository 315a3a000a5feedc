import { listed } from '../text/list.ts'
import { about } from '../text/quote.ts'
import { type Check, type Finding, ok, problem, warn } from './finding.ts'

/** Who can do everything in the management account, and who is revoked and has access all the same. */
export const access: Check = {
  name: 'access',
  title: 'Access',
  examine({ access: found }) {
    if (!found) return []
    if ('refusal' in found)
      return [warn('access-unread', found.refusal.message, found.refusal.hint ?? 'run sso-reconcile access')]
    const { administrators, possible, stillReached } = found.value
    return [administratorsOf(administrators, possible), ...stillReached.map(stillRevoked)]
  },
}

function administratorsOf(sure: readonly string[], possible: readonly string[]): Finding {
  if (sure.length > 0) return ok('administrators', `administrators of the management account: ${listed(sure, 5, 6)}`)
  if (possible.length === 0)
    return ok('administrators', 'no Identity Center user is an administrator of the management account')
  return warn(
    'administrators-unsure',
    `no user is certain to be an administrator of the management account; these may be: ${listed(possible, 5, 6)}`,
    'look for permissions boundaries, Deny statements and conditions in their permission sets, and for disabled users: sso-reconcile access --account management',
  )
}

function stillRevoked({ user, sentence }: { readonly user: string; readonly sentence: string }): Finding {
  return problem('revoked-still-reaches', sentence, {
    text: 'see who manages each grant and what ends it',
    commands: [about('revoke', [user])],
  })
}
