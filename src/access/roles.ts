import { address } from '../model/address.ts'
import { accountLabel, type Facts } from '../model/facts.ts'
import { grouped } from '../model/grouped.ts'
import type { State } from '../model/state.ts'
import { assignmentsRead } from './known.ts'
import { assignmentsByAccount } from './lookup.ts'
import { type RoleOfSet, roleOfSet, rolePath } from './role-arn.ts'
import type { Access, AccessRow } from './rows.ts'

/** What IAM tells of the roles of permission sets: those of one account, or why it tells nothing. */
export type RolesRead = { readonly account: string } & (
  | { readonly arns: readonly string[] }
  | { readonly unread: string; readonly denied: boolean }
)

/** A role of Identity Center that no assignment accounts for. */
export interface UnassignedRole {
  readonly role_arn: string
  readonly reason: string
}

/** An account of the report whose IAM was not read. */
export interface ElsewhereRoles {
  readonly account: string
  readonly account_label: string
}

/** What is known of the roles in a report, besides the roles themselves. */
export interface RoleReport {
  /** Whose IAM was asked: the account of the caller; absent where the report is about other accounts alone. */
  readonly home?: { readonly account: string; readonly account_label: string; readonly trouble?: RoleTrouble }
  /** Permission sets of that account that IAM has no role of, or several. */
  readonly unclear: readonly { readonly permission_set: string; readonly roles: number }[]
  readonly unassigned: readonly UnassignedRole[]
  readonly elsewhere: readonly ElsewhereRoles[]
}

/** Why IAM told nothing. */
export interface RoleTrouble {
  readonly unread: string
  /** It is the permission that is missing. */
  readonly denied: boolean
}

/** Rows with the ARNs of their roles, as far as IAM told them. Pure. */
export function withRoles(access: Access, read: RolesRead | undefined, facts: Facts): Access {
  if (!read || !('arns' in read)) return access
  const roles = rolesBySet(read, facts)
  const told = <T extends Place>(one: T): T => {
    const [only, second] = one.account === read.account ? (roles.get(one.permission_set) ?? []) : []
    return only && !second ? { ...one, role_arn: only.arn } : one
  }
  return { ...access, rows: access.rows.map(told), idle: access.idle.map(told) }
}

type Place = Pick<AccessRow, 'account' | 'account_label' | 'permission_set' | 'role_arn'>

/** Roles of one account that are where this Identity Center makes them, by set: a role that is on its way out may be beside its successor. */
function rolesBySet({ account, arns }: { readonly account: string; readonly arns: readonly string[] }, facts: Facts) {
  const found = rolesIn(account, arns).filter(({ path }) => path === rolePath(facts.region))
  return grouped(found.map((one) => [one.set, one] as const))
}

function rolesIn(account: string, arns: readonly string[]): readonly RoleOfSet[] {
  return arns.flatMap((arn) => roleOfSet(arn) ?? []).filter((one) => one.account === account)
}

/** What there is to say beside the roles of a report; `access` is what the report shows. Pure. */
export function roleReport({ rows, idle }: Access, { read, state, facts, sets }: RoleContext): RoleReport {
  const places: readonly Place[] = [...rows, ...idle]
  const home = read?.account
  const here = places.filter(({ account, role_arn }) => account === home && role_arn === null)
  const roles = read && 'arns' in read ? rolesBySet(read, facts) : undefined
  const names = [...new Set(here.map(({ permission_set }) => permission_set))]
  return {
    ...(read ? { home: homeOf(read, facts) } : {}),
    unclear: roles ? names.map((one) => ({ permission_set: one, roles: roles.get(one)?.length ?? 0 })) : [],
    unassigned: read && 'arns' in read ? unassignedRoles(read, state, facts, sets) : [],
    elsewhere: accountsOf(places.filter(({ account }) => account !== home)),
  }
}

/** What a report is made from. */
interface RoleContext {
  readonly read: RolesRead | undefined
  readonly state: State
  readonly facts: Facts
  /** The permission sets that the report is narrowed to. */
  readonly sets?: readonly string[] | undefined
}

function homeOf(read: RolesRead, facts: Facts): NonNullable<RoleReport['home']> {
  const { account } = read
  const trouble = 'unread' in read ? { trouble: { unread: read.unread, denied: read.denied } } : {}
  return { account, account_label: accountLabel(account, facts), ...trouble }
}

function accountsOf(places: readonly Place[]): readonly ElsewhereRoles[] {
  return [...new Map(places.map(({ account, account_label }) => [account, { account, account_label }])).values()]
}

// Where assignments of users and groups that are gone were not looked for, one of them may be what keeps a role.
function unassignedRoles(
  { account, arns }: { readonly account: string; readonly arns: readonly string[] },
  state: State,
  facts: Facts,
  sets: readonly string[] | undefined,
): readonly UnassignedRole[] {
  const { principals, ...covers } = state.covers
  if (!assignmentsRead({ ...state, covers: { ...covers, principals: new Set() } }, { account })) return []
  const held = new Set((assignmentsByAccount(state.assignment).get(account) ?? []).map((one) => one.permission_set))
  return rolesIn(account, arns).flatMap(({ arn, set, path }) => {
    if (sets && !sets.includes(set)) return []
    if (path !== rolePath(facts.region)) return [{ role_arn: arn, reason: 'of an Identity Center in another Region' }]
    if (held.has(set)) return []
    const exists = state['permission-set'].has(address('permission-set', set))
    return [{ role_arn: arn, reason: exists ? `${set} is not assigned there` : `there is no permission set ${set}` }]
  })
}
