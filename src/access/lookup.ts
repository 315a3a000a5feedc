import { grouped } from '../model/grouped.ts'
import { oncePer } from '../model/once.ts'
import type { ApplicationAssignmentSpec, AssignmentSpec, MembershipSpec } from '../model/specs.ts'
import type { Entries } from '../model/state.ts'

/** Lists by a key. */
type Lists<T> = ReadonlyMap<string, readonly T[]>

/**
 * Lists of what a map holds by a key, made once for each map: the maps of a state never change, and a plan asks thousands of times.
 */
function lookup<E extends object, T>(row: (spec: E) => readonly [key: string, value: T]) {
  return oncePer(
    (entries: ReadonlyMap<string, { readonly spec: E }>): Lists<T> =>
      grouped([...entries.values()].map(({ spec }) => row(spec))),
  )
}

/** Users by group. */
export const usersByGroup: (entries: Entries<'membership'>) => Lists<string> = lookup(
  ({ group, user }: MembershipSpec) => [group, user],
)

/** Groups by user. */
export const groupsByUser: (entries: Entries<'membership'>) => Lists<string> = lookup(
  ({ group, user }: MembershipSpec) => [user, group],
)

/** Assignments by account. */
export const assignmentsByAccount: (entries: Entries<'assignment'>) => Lists<AssignmentSpec> = lookup(
  (spec: AssignmentSpec) => [spec.account, spec],
)

/** Assignments by type and name of the principal, `user taro`. */
export const assignmentsByPrincipal: (entries: Entries<'assignment'>) => Lists<AssignmentSpec> = lookup(
  (spec: AssignmentSpec) => [`${spec.principal_type} ${spec.principal}`, spec],
)

/** Applications by type and name of the principal, `user taro`. */
export const applicationsByPrincipal: (entries: Entries<'application-assignment'>) => Lists<string> = lookup(
  (spec: ApplicationAssignmentSpec) => [`${spec.principal_type} ${spec.principal}`, spec.application],
)

/** Ids of the accounts in which nothing can be changed, as far as something is assigned there. */
export const inertAccounts: (entries: Entries<'assignment'>) => ReadonlySet<string> = oncePer(
  (entries: Entries<'assignment'>) =>
    new Set([...entries.values()].flatMap(({ spec, inert }) => (inert ? [spec.account] : []))),
)
