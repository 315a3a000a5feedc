import type { FoundBy } from './table.ts'
import type { TableName, Tables } from './tables.ts'

/** What rows of a table are found by, so that nobody has to look at all of them. */
export interface Index<N extends TableName> {
  readonly table: N
  readonly by: FoundBy<Tables[N]>
}

/** Memberships by the id of their group. */
export const membershipsByGroup = index('memberships', ({ GroupId }) => GroupId)

/** Memberships by the id of their user. */
export const membershipsByUser = index('memberships', ({ UserId }) => UserId)

/** Assignments by account and set, as `placeOf` writes them. */
export const assignmentsByPlace = index('assignments', placeOf)

/** Assignments by the id of their user or group. */
export const assignmentsByPrincipal = index('assignments', ({ principal }) => principal)

/** Assignments of applications by the ARN of the application. */
export const assignmentsByApplication = index('applicationAssignments', ({ application }) => application)

/** Assignments of applications by the id of their user or group. */
export const applicationsByPrincipal = index('applicationAssignments', ({ principal }) => principal)

/** Roles by the ARN of their set. */
export const provisionsBySet = index('provisions', ({ permissionSet }) => permissionSet)

/** Roles by their account. */
export const provisionsByAccount = index('provisions', ({ account }) => account)

/** What roles that are on their way out are found under. */
export const leavingMark = 'leaving'

/** Roles that are on their way out. */
export const leavingProvisions = index('provisions', ({ leaving, leaves }) =>
  leaving === undefined && leaves === undefined ? undefined : leavingMark,
)

/** Requests by their status. */
export const requestsByStatus = index('requests', ({ status }) => status)

/** Users by name in small letters. */
export const usersByName = index('users', ({ UserName }) => UserName.toLowerCase())

/** Groups by name in small letters. */
export const groupsByName = index('groups', ({ DisplayName }) => DisplayName.toLowerCase())

/** Account and set in one text, which is the key of the role there. */
export function placeOf({ account, permissionSet }: { readonly account: string; readonly permissionSet: string }) {
  return `${account} ${permissionSet}`
}

/** An index of a table by what this function says of each row. */
export function index<N extends TableName>(table: N, by: FoundBy<Tables[N]>): Index<N> {
  return { table, by }
}
