import { address } from '../model/address.ts'
import { oncePer } from '../model/once.ts'
import type { AssignmentSpec, Principal } from '../model/specs.ts'
import type { BothStates, State } from '../model/state.ts'
import type { Policies } from '../policies/decide.ts'
import { newlyUnknown } from '../policies/rights-change.ts'
import { takesRightsAway } from '../policies/takes-away.ts'
import { type Held, heldBy, lostOf } from './doubt.ts'
import { assignmentsOf, groupsOf } from './known.ts'
import { policiesIn } from './policies.ts'

/** A permission set in an account that somebody no longer has, or that allows less than it did. */
export interface Loss {
  readonly permission_set: string
  readonly account: string
  /** The permission set stays, and allows less. */
  readonly isPart: boolean
  /** Groups whose members were not read, and on which it depends whether anything is lost; none where it surely is. */
  readonly depends: readonly string[]
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
  const [before, after] = [states.live, states.end].map((state) => heldBy(who, state, grantsIn(state))) as [
    Grants,
    Grants,
  ]
  const lost = lostOf(before, after, {
    key: ({ account }) => account,
    replaces: (from, to) => !allowsLess(from.permission_set, states, to.permission_set),
  })
  const left = new Set(after.map(({ what }) => `${what.permission_set} ${what.account}`))
  return lost.map(({ what: { permission_set, account }, depends }) => {
    return { permission_set, account, isPart: left.has(`${permission_set} ${account}`), depends }
  })
}

type Grants = readonly Held<AssignmentSpec>[]

function grantsIn(state: State): (principal: Principal) => readonly AssignmentSpec[] {
  return (principal) => assignmentsOf(state, principal).assignments
}

/** Groups that a user leaves and whose grants were not read, so that nobody knows what goes with them. Pure. */
export function leftUnread(user: string, { live, end }: BothStates): readonly string[] {
  const kept = new Set(groupsOf(end, user).groups)
  const left = groupsOf(live, user).groups.filter((name) => !kept.has(name))
  return left.filter((name) => !assignmentsOf(live, { type: 'group', name }).complete)
}
