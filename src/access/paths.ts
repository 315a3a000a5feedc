import type { AssignmentSpec } from '../model/specs.ts'
import type { State } from '../model/state.ts'
import { assignmentsOf, groupsOf, membersOf } from './known.ts'

/** One way in which a user reaches an account. The same access held twice, directly and through a group, is two paths. */
export interface Path {
  readonly user: string
  readonly permission_set: string
  /** 12-digit id. */
  readonly account: string
  /** Name of the group it comes through; absent for a direct grant. */
  readonly group?: string
}

/** The ways of a user into accounts, and whether these are all. */
export interface Paths {
  readonly paths: readonly Path[]
  readonly complete: boolean
}

/** Every way of a user, directly and through groups. Pure. */
export function pathsOf(state: State, user: string): Paths {
  const direct = assignmentsOf(state, { type: 'user', name: user })
  const { groups, complete } = groupsOf(state, user)
  const through = groups.map((name) => assignmentsOf(state, { type: 'group', name }))
  return {
    paths: [
      ...direct.assignments.map((spec) => pathOf(user, spec)),
      ...through.flatMap(({ assignments }) => assignments.map((spec) => pathOf(user, spec))),
    ],
    complete: complete && direct.complete && through.every((one) => one.complete),
  }
}

/** The ways that one assignment gives: one for a user, one for each known member of a group. Pure. */
export function pathsThrough(state: State, spec: AssignmentSpec): Paths {
  if (spec.principal_type === 'user') return { paths: [pathOf(spec.principal, spec)], complete: true }
  const { users, complete } = membersOf(state, spec.principal)
  return { paths: users.map((user) => pathOf(user, spec)), complete }
}

function pathOf(user: string, { permission_set, account, principal_type, principal }: AssignmentSpec): Path {
  return { user, permission_set, account, ...(principal_type === 'group' ? { group: principal } : {}) }
}
