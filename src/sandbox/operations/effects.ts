import { provisionsBySet } from '../state/indexes.ts'
import type { State } from '../state/state.ts'
import type { AssignmentRow, RequestRow } from '../state/tables.ts'
import type { Course } from './context.ts'
import { dismiss, furnish } from './role.ts'
import { isActive } from './scope.ts'

/** Takes effect, or gives the reason why not. */
type Effect = (course: Course, request: RequestRow) => string | undefined

const notThere = 'Received a 404 status error: '

/** What becomes of each kind of request when it ends. */
export const effects: Readonly<Record<RequestRow['kind'], Effect>> = {
  create: (course, request) => {
    const row = assignmentOf(request)
    return closedProblem(course.state, row.account) ?? strangerProblem(course.state, row) ?? grant(course, row)
  },
  delete: (course, request) => {
    const { state, choices } = course
    const row = assignmentOf(request)
    const key = assignmentKey(row)
    const closed = closedProblem(state, row.account)
    if (closed !== undefined) return closed
    if (!state.rows('assignments').has(key)) return `${notThere}Assignment not found.`
    const orphaned = choices.orphanDeletion === 'fails' ? strangerProblem(state, row) : undefined
    if (orphaned !== undefined) return orphaned
    state.remove('assignments', key)
    dismiss(course, row.account, row.permissionSet)
    return undefined
  },
  provision: (course, request) => {
    const { account, permissionSet } = request
    if (account === undefined) return renewEverywhere(course, request)
    const closed = closedProblem(course.state, account)
    if (closed !== undefined) return closed
    if (holders(course.state, permissionSet).includes(account))
      return furnish(course, account, permissionSet, 'renewed')
    return `${notThere}Permission set provision not found in AWS account ${account}.`
  },
}

/** Accounts that hold a set, in order. */
export function holders(state: State, permissionSet: string): readonly string[] {
  const roles = state.find(provisionsBySet, permissionSet)
  return roles.map(({ account }) => account).sort()
}

/** Puts an assignment into effect with the role it needs, or gives the reason why that cannot be. */
export function grant(course: Course, row: AssignmentRow): string | undefined {
  const failure = furnish(course, row.account, row.permissionSet, 'granted')
  if (failure === undefined) course.state.put('assignments', assignmentKey(row), row)
  return failure
}

/** Key of an assignment: account, set, kind and id of the principal. */
export function assignmentKey(of: {
  readonly account?: string
  readonly permissionSet: string
  readonly principalType?: string
  readonly principal?: string
}): string {
  return `${of.account} ${of.permissionSet} ${of.principalType} ${of.principal}`
}

/** Provisioning everywhere is sound for a set that is nowhere: clients do it after each change without asking. */
function renewEverywhere(course: Course, { permissionSet, doomed }: RequestRow): string | undefined {
  let first: string | undefined
  for (const account of holders(course.state, permissionSet)) {
    const known = doomed?.[account] ?? closedProblem(course.state, account)
    const failure = known ?? furnish(course, account, permissionSet, 'renewed')
    first ??= failure
    if (failure !== undefined && !course.choices.provisionPastFailure) break
  }
  return first
}

function assignmentOf({
  account = '',
  permissionSet,
  principalType = 'USER',
  principal = '',
}: RequestRow): AssignmentRow {
  return { account, permissionSet, principalType, principal }
}

function closedProblem(state: State, account: string): string | undefined {
  if (isActive(state, account)) return undefined
  if (!state.rows('accounts').has(account)) return `${notThere}Account ${account} is not in the organization.`
  // As reported from the field: AWS does not say that the account is closed.
  return `AWS SSO is unable to complete your request at this time. Obtaining permissions to manage your AWS account '${account}' is taking longer than usual.`
}

function strangerProblem(state: State, { principalType, principal }: AssignmentRow): string | undefined {
  if (state.rows(principalType === 'GROUP' ? 'groups' : 'users').has(principal)) return undefined
  return `${notThere}the ${principalType} assignee ${principal} was not found in the directory.`
}
