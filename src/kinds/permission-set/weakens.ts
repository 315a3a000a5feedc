import { reservedRole } from '../../access/caller.ts'
import type { Weakened } from '../../access/lockout.ts'
import { allowsLess } from '../../access/losses.ts'
import { type Address, nameOf } from '../../model/address.ts'
import type { Facts } from '../../model/facts.ts'
import { ownValue } from '../../model/json.ts'
import type { OperationOf } from '../../model/operation.ts'
import type { PolicyTexts } from '../../model/policy-texts.ts'
import type { PermissionSetSpec } from '../../model/specs.ts'
import type { BothStates, Entry, State } from '../../model/state.ts'
import { policiesOf } from '../../policies/effective.ts'
import { newlyUnknown } from '../../policies/rights-change.ts'
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

/**
 * True for an update after which somebody may get all that the set gives, whatever the set gave before: a denial ends, or an account gets it
 * in place of an older version, which nobody knows. Pure.
 */
export function comesIntoForce(before: PermissionSetSpec | undefined, after: PermissionSetSpec): boolean {
  if (!before) return false
  const ended = Object.keys(before.revoked ?? {}).some((user) => ownValue(after.revoked, user) === undefined)
  return ended || (before.outdated_in ?? []).length > (after.outdated_in ?? []).length
}

/** The set that an update adds a policy to whose text is not known, and which may deny anything. Pure. */
export function obscures(
  { verb, address: set, before, after }: OperationOf<'permission-set'>,
  { texts }: State,
): Weakened | undefined {
  if (verb !== 'update' || !before || !after) return undefined
  return newlyUnknown(policiesOf(before, texts), policiesOf(after, texts)).length > 0 ? { set } : undefined
}

/** What a set that the manifest protects loses between two states, be it under another name; undefined for nothing. Pure. */
export function losesRights(
  at: Address,
  { was }: Entry<'permission-set'>,
  { live, end }: BothStates,
): string | undefined {
  const before = was !== undefined && !live['permission-set'].has(at) ? was : at
  if (!live['permission-set'].has(before)) return undefined
  if (!end['permission-set'].has(at)) return 'it is deleted'
  return allowsLess(nameOf(before), { live, end }, nameOf(at)) ? 'it allows less, or may' : undefined
}
