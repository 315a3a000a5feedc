import { type Unread, unreadBecause } from './lookups.ts'
import type { Reader } from './port.ts'

/**
 * ARNs of the roles below a path in the account that asks, all of them, or why there is no answer: not permitted, no such service, no
 * network. Needs iam:ListRoles, and never fails.
 */
export async function rolesBelow(
  reader: Reader,
  PathPrefix: string,
): Promise<{ readonly arns: readonly string[] } | Unread> {
  try {
    const rows = await reader.list('ListRoles', { PathPrefix })
    return { arns: rows.flatMap(({ Arn }) => Arn ?? []) }
  } catch (thrown) {
    return unreadBecause(thrown)
  }
}
