import type { Address } from '../model/address.ts'
import { address } from '../model/address.ts'
import type { Facts } from '../model/facts.ts'
import type { State } from '../model/state.ts'
import { callerClaims } from './caller.ts'
import { type Claim, claimsOn } from './claims.ts'

/** What is known beside the states when access is judged. */
export interface Watch {
  readonly facts: Facts
  /** Users whose access the manifest revokes: they never count as remaining. */
  readonly revoked: ReadonlySet<string>
}

/** A change as access sees it. */
export interface StateChange {
  readonly before: State
  readonly after: State
  /** What allows less afterwards, or may; absent for any other change. */
  readonly weakened?: Weakened
}

/** A permission set that allows less than before, or may. */
export interface Weakened {
  readonly set: Address
  /** 12-digit ids of the accounts in which it does; absent where it does in all of them. */
  readonly accounts?: readonly string[]
}

/** Users who surely are administrators of the management account. Pure. */
function administrators(state: State, { facts, revoked }: Watch): ReadonlySet<string> {
  const claims = facts.management ? claimsOn(state, facts.management) : []
  return new Set(claims.flatMap(({ who, sure }) => (sure && !revoked.has(who) ? [who] : [])))
}

/** Users who may be administrators of the management account, for all that is known, and the sets they would be so through. Pure. */
export function doubtful(state: State, { facts, revoked }: Watch): readonly Claim[] {
  const claims = facts.management ? claimsOn(state, facts.management) : []
  return claims.filter(({ who, sure }) => !sure && !revoked.has(who))
}

/**
 * True when a change takes from somebody who may be an administrator of the management account, and leaves nobody who surely is one.
 * Pure.
 */
export function leavesNoAdministrator(change: StateChange, watch: Watch): boolean {
  const { management } = watch.facts
  if (!management || administrators(change.after, watch).size > 0) return false
  const less = weakenedIn(management, change)
  return lost(claimsOn(change.before, management), claimsOn(change.after, management), less).length > 0
}

/**
 * True when a change takes away a path to the role that runs the tool, or the certainty of it, and no sure one is left, or when it
 * weakens that role. Pure.
 */
export function cutsCaller(change: StateChange, { facts: { caller } }: Watch): boolean {
  const before = callerClaims(change.before, caller)
  const after = callerClaims(change.after, caller)
  const less = caller && weakenedIn(caller.account, change)
  if (before.some(({ set }) => isWeakened(set, less))) return true
  if (after.some(({ sure }) => sure)) return false
  return before.some(({ sure }) => sure) || lost(before, after, undefined).length > 0
}

function weakenedIn(account: string, { weakened }: StateChange): Address | undefined {
  return weakened && (weakened.accounts?.includes(account) ?? true) ? weakened.set : undefined
}

function lost(before: readonly Claim[], after: readonly Claim[], weakened: Address | undefined): readonly Claim[] {
  const key = ({ who, set = '' }: Claim) => `${who}\n${set}`
  const kept = new Set(after.map(key))
  const sure = new Set(after.filter((claim) => claim.sure).map(key))
  return before.filter((one) => !kept.has(key(one)) || (isWeakened(one.set, weakened) && !sure.has(key(one))))
}

function isWeakened(set: string | undefined, weakened: Address | undefined): boolean {
  return set !== undefined && weakened === address('permission-set', set)
}
