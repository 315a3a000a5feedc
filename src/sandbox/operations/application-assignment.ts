import { answer, type PageRequest, page } from '../page.ts'
import { conflict, notFound } from '../service-error.ts'
import { applicationsByPrincipal, assignmentsByApplication, membershipsByUser } from '../state/indexes.ts'
import type { ApplicationAssignmentRow, PrincipalType } from '../state/tables.ts'
import { applicationAssignmentKey, applicationFor, type ByApplication, refuseUnfiltered } from './application.ts'
import type { Context, Operation, OperationOutput } from './context.ts'
import { instanceFor } from './scope.ts'

interface ByPrincipal {
  readonly PrincipalId: string
  readonly PrincipalType: PrincipalType
}

type ForPrincipal = ByPrincipal & {
  readonly InstanceArn: string
  readonly Filter?: { readonly ApplicationArn?: string }
} & PageRequest

/** sso-admin: who is assigned to an application, and whether anybody has to be. */
export const applicationAssignmentOperations = {
  CreateApplicationAssignment: (context, input: ByApplication & ByPrincipal) => {
    const row = rowOf(context, input)
    refuseUnknown(context, input)
    const key = applicationAssignmentKey(row)
    const isThere = context.state.rows('applicationAssignments').has(key)
    if (isThere && context.choices.sameApplicationAssignment === 'conflict') throw conflict('The assignment exists.')
    context.state.put('applicationAssignments', key, row)
    return {}
  },
  DeleteApplicationAssignment: (context, input: ByApplication & ByPrincipal) => {
    context.state.remove('applicationAssignments', applicationAssignmentKey(assignmentFor(context, input)))
    return {}
  },
  DescribeApplicationAssignment: (context, input: ByApplication & ByPrincipal) => shown(assignmentFor(context, input)),
  ListApplicationAssignments: (context, input: ByApplication & PageRequest) => {
    const { arn } = applicationFor(context, input)
    return list(context.state.find(assignmentsByApplication, arn), input)
  },
  ListApplicationAssignmentsForPrincipal: (context, input: ForPrincipal) => {
    instanceFor(context, input.InstanceArn)
    const application = input.Filter?.ApplicationArn
    refuseUnfiltered(context, application !== undefined)
    const all = [input.PrincipalId, ...groupsOf(context, input)].flatMap((id) =>
      context.state.find(applicationsByPrincipal, id),
    )
    return list(
      all.filter((row) => row.application === (application ?? row.application)),
      input,
    )
  },
  GetApplicationAssignmentConfiguration: (context, input: ByApplication) => ({
    AssignmentRequired: applicationFor(context, input).assignmentRequired ?? true,
  }),
  PutApplicationAssignmentConfiguration: (context, input: ByApplication & { AssignmentRequired: boolean }) => {
    const row = applicationFor(context, input)
    context.state.put('applications', row.arn, { ...row, assignmentRequired: input.AssignmentRequired })
    return {}
  },
} satisfies Record<string, Operation>

function rowOf(context: Context, input: ByApplication & ByPrincipal): ApplicationAssignmentRow {
  const { arn } = applicationFor(context, input)
  return { application: arn, principalType: input.PrincipalType, principal: input.PrincipalId }
}

function assignmentFor(context: Context, input: ByApplication & ByPrincipal): ApplicationAssignmentRow {
  const row = context.state.rows('applicationAssignments').get(applicationAssignmentKey(rowOf(context, input)))
  if (!row) throw notFound(`The assignment of ${input.PrincipalId} to ${input.ApplicationArn}`)
  return row
}

function refuseUnknown({ state }: Context, { PrincipalId, PrincipalType }: ByPrincipal): void {
  const table = PrincipalType === 'USER' ? 'users' : 'groups'
  if (!state.rows(table).has(PrincipalId)) throw notFound(`The ${PrincipalType} ${PrincipalId}`)
}

/** Whether the answer for a user mixes in what the groups hold is documented nowhere; for account assignments it does. */
function groupsOf({ state, choices }: Context, { PrincipalId, PrincipalType }: ByPrincipal): readonly string[] {
  if (PrincipalType !== 'USER' || choices.applicationsOfGroups === 'apart') return []
  return state.find(membershipsByUser, PrincipalId).map(({ GroupId }) => GroupId)
}

function list(rows: Iterable<ApplicationAssignmentRow>, input: PageRequest) {
  return answer('ApplicationAssignments', page(rows, applicationAssignmentKey, input), shown)
}

function shown({ application, principal, principalType }: ApplicationAssignmentRow): OperationOutput {
  return { ApplicationArn: application, PrincipalId: principal, PrincipalType: principalType }
}
