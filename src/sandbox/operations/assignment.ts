import { answer, type PageRequest, page } from '../page.ts'
import { conflict, denied, ServiceError } from '../service-error.ts'
import { assignmentsByPlace, assignmentsByPrincipal, membershipsByUser, placeOf } from '../state/indexes.ts'
import type { AssignmentRow, PrincipalType } from '../state/tables.ts'
import type { Context, Operation, OperationOutput } from './context.ts'
import { assignmentKey } from './effects.ts'
import { type BySet, setFor } from './permission-set.ts'
import { assignmentStatus, outstanding, requestFor, requestList, start } from './request.ts'
import { guardManagementAccount, setsInstance } from './scope.ts'

type Triple = BySet & { readonly TargetId: string; readonly PrincipalType: PrincipalType; readonly PrincipalId: string }
type StatusList = { readonly InstanceArn: string; readonly Filter?: { readonly Status?: string } } & PageRequest
type ForPrincipal = {
  readonly InstanceArn: string
  readonly PrincipalId: string
  readonly PrincipalType: PrincipalType
  readonly Filter?: { readonly AccountId?: string }
} & PageRequest

const maxOutstanding = 15

/** sso-admin: who has which permission set in which account. */
export const assignmentOperations = {
  CreateAccountAssignment: (context, input: Triple) => {
    if (outstanding(context, 'create').length >= maxOutstanding) {
      throw new ServiceError('ThrottlingException', 'There are too many requests processing. Please try again later.')
    }
    return { AccountAssignmentCreationStatus: assignmentStatus(request(context, 'create', input)) }
  },
  DeleteAccountAssignment: (context, input: Triple) => ({
    AccountAssignmentDeletionStatus: assignmentStatus(request(context, 'delete', input)),
  }),
  DescribeAccountAssignmentCreationStatus: (
    context,
    input: { InstanceArn: string; AccountAssignmentCreationRequestId: string },
  ) => {
    const found = requestFor(context, 'create', input.InstanceArn, input.AccountAssignmentCreationRequestId)
    return { AccountAssignmentCreationStatus: assignmentStatus(found) }
  },
  DescribeAccountAssignmentDeletionStatus: (
    context,
    input: { InstanceArn: string; AccountAssignmentDeletionRequestId: string },
  ) => {
    const found = requestFor(context, 'delete', input.InstanceArn, input.AccountAssignmentDeletionRequestId)
    return { AccountAssignmentDeletionStatus: assignmentStatus(found) }
  },
  ListAccountAssignmentCreationStatus: (context, input: StatusList) =>
    requestList(context, 'create', 'AccountAssignmentsCreationStatus', input),
  ListAccountAssignmentDeletionStatus: (context, input: StatusList) =>
    requestList(context, 'delete', 'AccountAssignmentsDeletionStatus', input),
  ListAccountAssignments: (context, input: BySet & { AccountId: string } & PageRequest) => {
    const { arn } = setFor(context, input, 'read')
    const rows = context.state.find(assignmentsByPlace, placeOf({ account: input.AccountId, permissionSet: arn }))
    return answer('AccountAssignments', page(rows, assignmentKey, input), shown)
  },
  ListAccountAssignmentsForPrincipal: (context, input: ForPrincipal) => {
    const { owner } = setsInstance(context, input.InstanceArn)
    refuseDelegate(context, owner)
    const principals = [input.PrincipalId, ...groupsOf(context, input)]
    const all = principals.flatMap((id) => context.state.find(assignmentsByPrincipal, id))
    const rows = all.filter(({ account }) => (input.Filter?.AccountId ?? account) === account)
    return answer('AccountAssignments', page(rows, assignmentKey, input), shown)
  },
} satisfies Record<string, Operation>

function request(context: Context, kind: 'create' | 'delete', input: Triple) {
  const { arn } = setFor(context, input, 'read')
  guardManagementAccount(context, arn, input.TargetId)
  const desired = {
    kind,
    instance: input.InstanceArn,
    permissionSet: arn,
    account: input.TargetId,
    principalType: input.PrincipalType,
    principal: input.PrincipalId,
  }
  const opposite = outstanding(context, kind === 'create' ? 'delete' : 'create')
  if (opposite.some((one) => assignmentKey(one) === assignmentKey(desired))) {
    throw conflict('Another request for the same assignment is in progress.')
  }
  return start(context, desired)
}

/** The operation says of itself that it must be called from the management account. */
function refuseDelegate({ caller, choices }: Context, owner: string): void {
  if (caller.account === owner || choices.principalListByDelegate === 'allowed') return
  throw denied('The operation must be called from the management account.')
}

/** A user's answer mixes in what comes through groups, told apart by principal type and id only. */
function groupsOf({ state }: Context, input: ForPrincipal): readonly string[] {
  if (input.PrincipalType !== 'USER') return []
  return state.find(membershipsByUser, input.PrincipalId).map(({ GroupId }) => GroupId)
}

function shown(row: AssignmentRow): OperationOutput {
  return {
    AccountId: row.account,
    PermissionSetArn: row.permissionSet,
    PrincipalType: row.principalType,
    PrincipalId: row.principal,
  }
}
