import { address, nameOf } from '../model/address.ts'
import { grouped } from '../model/grouped.ts'
import { oncePer } from '../model/once.ts'
import type { Principal } from '../model/specs.ts'
import type { State } from '../model/state.ts'
import { groupsOf, membersOf } from './known.ts'

/** Something that a user or a group holds, or may hold. */
export interface Held<T> {
  readonly what: T
  /** The group it comes through where nobody knows whether the user is in it, because its members were not read. */
  readonly maybeIn?: string
}

/** Something that is held no more, and the groups of whose members it depends; none where it surely is so. */
export interface Lost<T> {
  readonly what: T
  readonly depends: readonly string[]
}

/** How what is held compares. */
interface Comparing<T> {
  /** Only what has the same key can take the place of each other. */
  readonly key: (what: T) => string
  /** True where the second gives all that the first did. */
  readonly replaces: (before: T, after: T) => boolean
}

/** What somebody holds by itself and through groups, those too that it may be in. `of` is what a principal holds by itself. Pure. */
export function heldBy<T>(
  who: Principal,
  state: State,
  of: (principal: Principal) => readonly T[],
): readonly Held<T>[] {
  const own = of(who).map((what) => ({ what }))
  if (who.type === 'group') return own
  const through = (name: string) => of({ type: 'group', name })
  const known = groupsOf(state, who.name)
  const sure = known.groups.flatMap(through).map((what) => ({ what }))
  const open = known.complete ? [] : unreadGroups(state).filter((name) => !known.groups.includes(name))
  return [...own, ...sure, ...open.flatMap((maybeIn) => through(maybeIn).map((what) => ({ what, maybeIn })))]
}

/** What was held before and nothing replaces after. Whoever is in a group is so before and after, known or not. Pure. */
export function lostOf<T>(
  before: readonly Held<T>[],
  after: readonly Held<T>[],
  { key, replaces }: Comparing<T>,
): readonly Lost<T>[] {
  const left = grouped(after.map((one) => [key(one.what), one]))
  return before.flatMap(({ what, maybeIn }) => {
    const heirs = (left.get(key(what)) ?? []).filter((one) => replaces(what, one.what))
    if (heirs.some((one) => one.maybeIn === undefined || one.maybeIn === maybeIn)) return []
    const groups = [maybeIn, ...heirs.map((one) => one.maybeIn)].filter((one) => one !== undefined)
    return [{ what, depends: [...new Set(groups)].sort() }]
  })
}

const unreadGroups = oncePer((state: State) =>
  [...state.group.keys()].map(nameOf).filter((name) => !membersOf(state, name).complete),
)

/** Users of whom it is not known in which groups they are. Pure. */
export function withoutGroups(state: State, users: readonly string[]): readonly string[] {
  return users.filter((user) => state.user.has(address('user', user)) && !groupsOf(state, user).complete)
}
