import { address, nameOf } from '../model/address.ts'
import type { Entitlements } from '../model/entitlements.ts'
import { accountLabel, type Facts } from '../model/facts.ts'
import type { State } from '../model/state.ts'
import { type AccessFilter, among } from './filter.ts'
import { groupsOf, membersOf } from './known.ts'
import { byKey } from './rows.ts'

/** An IAM role that a user or the members of a group may take through account access manager. */
export interface RoleEntitlement {
  readonly principal_type: 'user' | 'group'
  /** Name of the user or group; the id of one that was not found. */
  readonly principal: string
  readonly principal_id: string
  /** User names of the members of a group; of a user, empty. */
  readonly members: readonly string[]
  readonly account: string
  readonly account_label: string
  readonly role_arn: string
  readonly entitlement_id: string
  readonly application_arn: string
}

/** Who may take which IAM role through account access manager, as far as it was read. */
export interface RoleEntitlements {
  /** By principal, account and role. */
  readonly roles: readonly RoleEntitlement[]
  /** Why others may be missing, in words that end a sentence. */
  readonly unread?: string
  /** True where it is known to be in use, and what it gives is not. */
  readonly isInUse?: true
}

/** Entitlements with the names of users, groups and accounts. Pure. */
export function roleEntitlementsOf(
  { entitlements, ...rest }: Entitlements,
  state: State,
  facts: Facts,
): RoleEntitlements {
  const names = { user: namesById(state, 'user'), group: namesById(state, 'group') }
  const roles = entitlements.map(({ id, application, ...one }) => {
    const { principal_type, principal_id, account } = one
    const name = names[principal_type].get(principal_id)
    const members = principal_type === 'group' && name !== undefined ? membersOf(state, name).users : []
    return {
      ...one,
      ...{ principal: name ?? principal_id, members, account_label: accountLabel(account, facts) },
      ...{ entitlement_id: id, application_arn: application },
    }
  })
  return { roles: roles.sort(byKey((one) => [one.principal_type, one.principal, one.account, one.role_arn])), ...rest }
}

function namesById(state: State, type: 'user' | 'group'): ReadonlyMap<string, string> {
  return new Map([...state[type]].flatMap(([at, { ref }]) => (ref === undefined ? [] : [[ref, nameOf(at)]])))
}

/** Only what the filter lets through; a role is of no permission set. Pure. */
export function entitlementsFor(all: RoleEntitlements, { users, accounts, sets }: AccessFilter): RoleEntitlements {
  const concerns = ({ principal_type, principal, principal_id, members, account, account_label }: RoleEntitlement) => {
    const people = principal_type === 'user' ? [principal, principal_id] : members
    return among(users, ...people) && among(accounts, account, account_label)
  }
  return { ...all, roles: sets ? [] : all.roles.filter(concerns) }
}

/** What one user may take, directly and through the groups that the user is known to be in. Ids decide: a name may look like one. Pure. */
export function entitlementsOfUser(all: RoleEntitlements, state: State, user: string): readonly RoleEntitlement[] {
  const mine = new Set([
    state.user.get(address('user', user))?.ref,
    ...groupsOf(state, user).groups.map((name) => state.group.get(address('group', name))?.ref),
  ])
  return all.roles.filter(({ principal_id }) => mine.has(principal_id))
}
