import { reservedRole } from '../../access/caller.ts'
import type { Weakened } from '../../access/lockout.ts'
import type { Facts } from '../../model/facts.ts'
import type { OperationOf } from '../../model/operation.ts'
import type { PolicyTexts } from '../../model/policy-texts.ts'
import type { PermissionSetSpec } from '../../model/specs.ts'
import type { State } from '../../model/state.ts'
import { policiesOf } from '../../policies/effective.ts'
import { takesRightsAway } from '../../policies/takes-away.ts'

/** True for an update after which a set may allow less. A shorter session takes no right away. Pure. */
export function restricts(before: PermissionSetSpec, after: PermissionSetSpec, texts: PolicyTexts): boolean {
  return takesRightsAway(policiesOf(before, texts), policiesOf(after, texts))
}

/** What an update leaves with less, or may: where it brings an account up to date, nobody knows what the older version gave. Pure. */
export function weakens(operation: OperationOf<'permission-set'>, { texts }: State): Weakened | undefined {
  const { verb, address: set, before, after } = operation
  if (verb !== 'update' || !before || !after) return undefined
  if (restricts(before, after, texts)) return { set }
  const accounts = before.outdated_in ?? []
  return accounts.length > 0 ? { set, accounts } : undefined
}

/** True for a denial of whoever runs the tool, in the very set that it runs through. Pure. */
export function endsSession({ address: at, fields }: OperationOf<'permission-set'>, { caller }: Facts): boolean {
  const role = reservedRole(caller)
  if (!role || at !== `permission-set/${role.set}`) return false
  return fields.some(({ path, after }) => path === `revoked.${role.user}` && after !== undefined)
}
