import { address } from '../model/address.ts'
import { accountLabel, type Facts } from '../model/facts.ts'
import type { AssignmentSpec } from '../model/specs.ts'
import type { State } from '../model/state.ts'
import { isAdministrative } from '../policies/everything.ts'
import { isDenied } from './claims.ts'
import { membersOf } from './known.ts'
import { policiesIn } from './policies.ts'
import { type RoleNames, rolePattern } from './role-arn.ts'
import type { SeenTags } from './session-tags.ts'
import type { SeenSettings } from './settings.ts'

/** One way in which one person reaches one account. The same access held twice, directly and through a group, is two rows. */
export interface AccessRow extends RoleNames {
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
  /** The set allows everything, as far as its policies are known, without a boundary that narrows it; a condition or a Deny may take some away. */
  readonly administrative: boolean
  /** The user or the group is gone and the assignment is left behind. */
  readonly orphan: boolean
  /** The user exists and can no longer sign in. */
  readonly disabled: boolean
  /** A revocation denies the user everything the set gives there; absent when it does not. */
  readonly denied?: true
}

/** A grant that reaches nobody today, and everybody who joins the group. */
export type IdleGrant = Pick<AccessRow, 'account' | 'account_label' | 'permission_set' | 'session_duration'> &
  RoleNames & {
    readonly group: string
  }

/** Who can do what where. */
export interface Access {
  /** By user, account, permission set and way; orphans last. */
  readonly rows: readonly AccessRow[]
  /** Assignments of groups that have no members. */
  readonly idle: readonly IdleGrant[]
  /** Tags that sessions carry for attribute-based access control; absent where nobody asked. */
  readonly tags?: SeenTags
  /** Settings of the instance; absent where nobody asked, or only for a part of what there is. */
  readonly settings?: SeenSettings
  /** A filter left things out, so that an empty list does not mean that nobody has access. */
  readonly narrowed: boolean
}

type Grant = Pick<AccessRow, 'account' | 'account_label' | 'permission_set' | 'session_duration' | 'administrative'> &
  RoleNames
type Holder = Pick<AccessRow, 'user' | 'via' | 'group' | 'orphan' | 'disabled'>

/** Everybody's access, with groups resolved to their members. The state has to cover everything that is asked about. Pure. */
export function accessOf(state: State, facts: Facts): Access {
  const specs = [...state.assignment.values()].map(({ spec }) => spec)
  const rows = specs.flatMap((spec) => {
    const grant = grantOf(state, spec, facts)
    return holdersOf(state, spec).map((holder) => ({ ...holder, ...grant, ...denied(state, holder, grant) }))
  })
  return {
    rows: rows.sort(inOrder),
    idle: specs
      .filter((spec) => isIdle(state, spec))
      .map((spec) => idleGrant(state, spec, facts))
      .sort(byKey((grant) => [grant.group, ...placeKey(grant)])),
    narrowed: false,
  }
}

/** By user, account, permission set and way; orphans last. */
function inOrder(a: AccessRow, b: AccessRow): number {
  return (
    Number(a.orphan) - Number(b.orphan) ||
    compared(a.user, b.user) ||
    compared(a.account_label, b.account_label) ||
    compared(a.account, b.account) ||
    compared(a.permission_set, b.permission_set) ||
    compared(a.via, b.via) ||
    compared(a.group ?? '', b.group ?? '')
  )
}

function compared(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function denied(state: State, { user }: Holder, { permission_set, account }: Grant): Pick<AccessRow, 'denied'> {
  return isDenied(state, { user, permission_set, account }) ? { denied: true } : {}
}

/** Whoever holds an assignment: its user, or the known members of its group. Pure. */
export function holdersOf(
  state: State,
  { principal_type, principal }: Pick<AssignmentSpec, 'principal_type' | 'principal'>,
): readonly Holder[] {
  if (principal_type === 'user') return [{ ...person(state, principal), via: 'direct' }]
  if (!state.group.has(address('group', principal)))
    return [{ user: principal, via: 'group', group: principal, orphan: true, disabled: false }]
  return membersOf(state, principal).users.map((user) => ({ ...person(state, user), via: 'group', group: principal }))
}

function person(state: State, user: string): Pick<Holder, 'user' | 'orphan' | 'disabled'> {
  const found = state.user.get(address('user', user))
  return { user, orphan: found === undefined, disabled: found?.disabled ?? false }
}

function isIdle(state: State, { principal_type, principal }: AssignmentSpec): boolean {
  const exists = principal_type === 'group' && state.group.has(address('group', principal))
  return exists && membersOf(state, principal).users.length === 0
}

function idleGrant(state: State, spec: AssignmentSpec, facts: Facts): IdleGrant {
  const { administrative: _all, ...grant } = grantOf(state, spec, facts)
  return { group: spec.principal, ...grant }
}

function grantOf(state: State, { permission_set, account }: AssignmentSpec, facts: Facts): Grant {
  const set = state['permission-set'].get(address('permission-set', permission_set))?.spec
  return {
    account,
    account_label: accountLabel(account, facts),
    permission_set,
    session_duration: set?.session_duration ?? '',
    administrative: isAdministrative(policiesIn(state, permission_set)),
    role_arn: null,
    role_arn_pattern: rolePattern(account, permission_set, facts),
  }
}

function placeKey({ account_label, account, permission_set }: Grant | IdleGrant): readonly string[] {
  return [account_label, account, permission_set]
}

/** Order by a key, by code unit, so that it is the same on every machine. Pure. */
export function byKey<T>(key: (one: T) => readonly string[]): (a: T, b: T) => number {
  return (a, b) => {
    const [left, right] = [key(a), key(b)]
    const at = left.findIndex((part, index) => part !== right[index])
    if (at < 0) return 0
    return (left[at] ?? '') < (right[at] ?? '') ? -1 : 1
  }
}
