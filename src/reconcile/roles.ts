import type { RolesRead } from '../access/roles.ts'
import type { Reader } from '../aws/port.ts'
import { rolesBelow } from '../aws/roles.ts'
import type { Facts } from '../model/facts.ts'
import { reservedPath } from '../model/reserved-path.ts'

/** The roles in the caller's account; undefined where a report about these accounts does not show it. Never fails. */
export async function readRoles(
  reader: Reader,
  { caller }: Pick<Facts, 'caller'>,
  accounts: readonly string[] | undefined,
): Promise<RolesRead | undefined> {
  if (!caller || (accounts && !accounts.includes(caller.account))) return undefined
  const found = await rolesBelow(reader, reservedPath)
  if ('arns' in found) return { account: caller.account, arns: found.arns }
  return { account: caller.account, unread: found.unread, denied: found.code === 'aws-access-denied' }
}
