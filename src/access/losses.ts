import { address, nameOf } from '../model/address.ts'
import { grouped } from '../model/grouped.ts'
import { oncePer } from '../model/once.ts'
import type { AssignmentSpec, Principal } from '../model/specs.ts'
import type { BothStates, State } from '../model/state.ts'
import type { Policies } from '../policies/decide.ts'
import { newlyUnknown } from '../policies/rights-change.ts'
import { takesRightsAway } from '../policies/takes-away.ts'
import { assignmentsOf, groupsOf, membersOf } from './known.ts'
import { policiesIn } from './policies.ts'

/** A permission set in an account that somebody no longer has, or that allows less than it did. */
export interface Loss {
  readonly permission_set: string
  readonly account: string
  /** The permission set stays, and allows less. */
  readonly isPart: boolean
}

/** True where a permission set allows less in the second state, or may: it is gone, or a policy came whose text is not known. Pure. */
export function allowsLess(set: string, { live, end }: BothStates, heir = set): boolean {
  const before = live['permission-set'].has(address('permission-set', set))
  if (!before) return false
  if (!end['permission-set'].has(address('permission-set', heir))) return true
  return isLess(policiesIn(live, set), policiesIn(end, heir))
}

/** Thousands of grants are of few permission sets. */
function isLess(from: Policies, to: Policies): boolean {
  const known = compared(from)
  const less = known.get(to) ?? (takesRightsAway(from, to) || newlyUnknown(from, to).length > 0)
  known.set(to, less)
  return less
}

const compared = oncePer((_from: Policies) => new WeakMap<Policies, boolean>())

/** What a user or group holds, or may hold, in the first state, and nothing that gives as much in the second. Pure. */
export function lostBy(who: Principal, states: BothStates): readonly Loss[] {
  const kept = grouped(heldBy(who, states.end, 'surely').map((one) => [one.account, one.permission_set]))
  return heldBy(who, states.live, 'perhaps').flatMap(({ permission_set, account }) => {
    const heirs = kept.get(account) ?? []
    if (heirs.some((heir) => !allowsLess(permission_set, states, heir))) return []
    return [{ permission_set, account, isPart: heirs.includes(permission_set) }]
  })
}

/** Groups that a user leaves and whose grants were not read, so that nobody knows what goes with them. Pure. */
export function leftUnread(user: string, { live, end }: BothStates): readonly string[] {
  const kept = new Set(groupsOf(end, user).groups)
  const left = groupsOf(live, user).groups.filter((name) => !kept.has(name))
  return left.filter((name) => !assignmentsOf(live, { type: 'group', name }).complete)
}

/** A group whose members were not read may have the user among them: that counts for what is there, and not for what remains. */
function heldBy(who: Principal, state: State, how: 'surely' | 'perhaps'): readonly AssignmentSpec[] {
  const own = assignmentsOf(state, who).assignments
  if (who.type === 'group') return own
  const groups = new Set([...groupsOf(state, who.name).groups, ...(how === 'perhaps' ? unreadGroups(state) : [])])
  return [...own, ...[...groups].flatMap((name) => assignmentsOf(state, { type: 'group', name }).assignments)]
}

const unreadGroups = oncePer((state: State) =>
  [...state.group.keys()].map(nameOf).filter((name) => !membersOf(state, name).complete),
)
