import { address } from '../model/address.ts'
import { grouped } from '../model/grouped.ts'
import type { AssignmentSpec, Principal } from '../model/specs.ts'
import type { State } from '../model/state.ts'
import { newlyUnknown } from '../policies/rights-change.ts'
import { takesRightsAway } from '../policies/takes-away.ts'
import { assignmentsOf, membersOf } from './known.ts'
import { assignmentsByAccount } from './lookup.ts'
import { policiesIn } from './policies.ts'

/** Two states, of which the second comes after the first. */
export interface Passage {
  readonly live: State
  readonly end: State
}

/** A permission set in an account that somebody no longer has, or that allows less than it did. */
export interface Loss {
  readonly permission_set: string
  readonly account: string
  /** The permission set stays, and allows less. */
  readonly isPart: boolean
}

/** True where a permission set allows less in the second state, or may: it is gone, or a policy came whose text is not known. Pure. */
export function allowsLess(set: string, { live, end }: Passage, heir = set): boolean {
  const before = live['permission-set'].has(address('permission-set', set))
  if (!before) return false
  if (!end['permission-set'].has(address('permission-set', heir))) return true
  const [from, to] = [policiesIn(live, set), policiesIn(end, heir)]
  return takesRightsAway(from, to) || newlyUnknown(from, to).length > 0
}

/** What a user or group holds, or may hold, in the first state, and nothing that gives as much in the second. Pure. */
export function lostBy(who: Principal, passage: Passage): readonly Loss[] {
  const kept = grouped(heldBy(who, passage.end, 'surely').map((one) => [one.account, one.permission_set]))
  return heldBy(who, passage.live, 'perhaps').flatMap(({ permission_set, account }) => {
    const heirs = kept.get(account) ?? []
    if (heirs.some((heir) => !allowsLess(permission_set, passage, heir))) return []
    return [{ permission_set, account, isPart: heirs.includes(permission_set) }]
  })
}

/** A group whose members were not read may have the user among them: that counts for what is there, and not for what remains. */
function heldBy({ type, name }: Principal, state: State, how: 'surely' | 'perhaps'): readonly AssignmentSpec[] {
  if (type === 'group') return assignmentsOf(state, { type, name }).assignments
  const isHeld = ({ principal_type, principal }: AssignmentSpec) => {
    if (principal_type === 'user') return principal === name
    const { users, complete } = membersOf(state, principal)
    return users.includes(name) || (how === 'perhaps' && !complete)
  }
  return [...assignmentsByAccount(state.assignment).values()].flat().filter(isHeld)
}
