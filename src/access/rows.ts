import type { LiveAssignment, LiveGrants, LiveGroup } from './grants.ts'

/** One way in which one person reaches one account. The same access held twice, directly and through a group, is two rows. */
export interface AccessRow {
  /** User name; the id where the user, or the group it came through, no longer exists. */
  readonly user: string
  readonly account: string
  /** Nickname in the manifest, else the name in the organization, else the id. */
  readonly account_label: string
  readonly permission_set: string
  /** Longest session of the role, as `8h`. */
  readonly session_duration: string
  readonly via: 'direct' | 'group'
  /** Name of the group, or its id where it no longer exists; absent for a direct grant. */
  readonly group?: string
  /** The set allows everything: AdministratorAccess, or an inline Allow of * on *, without a boundary that narrows it. */
  readonly administrative: boolean
  /** The user or the group is gone and the assignment is left behind. */
  readonly orphan: boolean
  /** The user exists and can no longer sign in. */
  readonly disabled: boolean
}

/** A grant that reaches nobody today, and everybody who joins the group. */
export type IdleGrant = Pick<AccessRow, 'account' | 'account_label' | 'permission_set' | 'session_duration'> & {
  readonly group: string
}

/** Who can do what where. */
export interface Access {
  /** By user, account, permission set and way; orphans last. */
  readonly rows: readonly AccessRow[]
  /** Assignments of groups that have no members. */
  readonly idle: readonly IdleGrant[]
  /** A filter left things out, so that an empty list does not mean that nobody has access. */
  readonly narrowed: boolean
}

type Grant = Pick<AccessRow, 'account' | 'account_label' | 'permission_set' | 'session_duration' | 'administrative'>
type Holder = Pick<AccessRow, 'user' | 'via' | 'group' | 'orphan' | 'disabled'>

/** Everybody's access, with groups resolved to their members. Pure. */
export function accessOf(live: LiveGrants): Access {
  const holdersOf = holders(live)
  const grantOf = grants(live)
  const groups = new Map(live.groups.map((group) => [group.id, group]))
  const rows = live.assignments.flatMap((one) => holdersOf(one).map((holder) => ({ ...holder, ...grantOf(one) })))
  const idle = live.assignments.flatMap((one) => {
    const group = one.principal.type === 'group' ? groups.get(one.principal.id) : undefined
    const { administrative: _all, ...grant } = grantOf(one)
    return group?.members.length === 0 ? [{ group: group.name, ...grant }] : []
  })
  return {
    rows: rows.sort(byKey((row) => [row.orphan ? '1' : '0', row.user, ...placeKey(row), row.via, row.group ?? ''])),
    idle: idle.sort(byKey((grant) => [grant.group, ...placeKey(grant)])),
    narrowed: false,
  }
}

function holders({ users, groups }: LiveGrants): (assignment: LiveAssignment) => readonly Holder[] {
  const userOf = new Map(users.map((user) => [user.id, user]))
  const groupOf = new Map(groups.map((group) => [group.id, group]))
  const person = (id: string) => {
    const user = userOf.get(id)
    return { user: user?.name ?? id, orphan: user === undefined, disabled: user?.disabled ?? false }
  }
  const members = ({ name, members }: LiveGroup): Holder[] =>
    members.map((id) => ({ ...person(id), via: 'group', group: name }))
  return ({ principal: { type, id } }) => {
    if (type === 'user') return [{ ...person(id), via: 'direct' }]
    const group = groupOf.get(id)
    return group ? members(group) : [{ user: id, via: 'group', group: id, orphan: true, disabled: false }]
  }
}

function grants({ sets, accounts }: LiveGrants): (assignment: LiveAssignment) => Grant {
  const setOf = new Map(sets.map((set) => [set.arn, set]))
  const labelOf = new Map(accounts.map(({ id, label }) => [id, label]))
  return ({ set: arn, account }) => {
    const set = setOf.get(arn)
    return {
      account,
      account_label: labelOf.get(account) ?? account,
      permission_set: set?.name ?? arn,
      session_duration: set?.duration ?? '',
      administrative: set?.administrative ?? false,
    }
  }
}

function placeKey({ account_label, account, permission_set }: Grant | IdleGrant): readonly string[] {
  return [account_label, account, permission_set]
}

// By code unit, so that the order is the same on every machine.
function byKey<T>(key: (one: T) => readonly string[]): (a: T, b: T) => number {
  return (a, b) => {
    const [left, right] = [key(a), key(b)]
    const at = left.findIndex((part, index) => part !== right[index])
    if (at < 0) return 0
    return (left[at] ?? '') < (right[at] ?? '') ? -1 : 1
  }
}
