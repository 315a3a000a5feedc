import { reservedRole } from '../../access/caller.ts'
import type { Weakened } from '../../access/lockout.ts'
import type { Facts } from '../../model/facts.ts'
import type { OperationOf } from '../../model/operation.ts'
import { restrictsSet } from '../../policies/rights.ts'

/** What an update leaves with less, or may: where it brings an account up to date, nobody knows what the older version gave. Pure. */
export function weakens({ verb, address: set, before, after }: OperationOf<'permission-set'>): Weakened | undefined {
  if (verb !== 'update' || !before || !after) return undefined
  if (restrictsSet(before, after)) return { set }
  const accounts = before.outdated_in ?? []
  return accounts.length > 0 ? { set, accounts } : undefined
}

/** True for a denial of whoever runs the tool, in the very set that it runs through. Pure. */
export function endsSession({ address: at, fields }: OperationOf<'permission-set'>, { caller }: Facts): boolean {
  const role = reservedRole(caller)
  if (!role || at !== `permission-set/${role.set}`) return false
  return fields.some(({ path, after }) => path === `revoked.${role.user}` && after !== undefined)
}
