import type { Input, Output } from '../../aws/operations.ts'
import type { Writer } from '../../aws/port.ts'
import { address } from '../../model/address.ts'
import { refusedWith } from '../../model/diagnostic.ts'
import type { AssignmentSpec } from '../../model/specs.ts'
import type { WriteContext } from '../contexts.ts'
import { appeared } from '../shared/appeared.ts'
import { ignoreNotFound } from '../shared/not-found.ts'

type AssignmentRequest = Input<'CreateAccountAssignment'>

/** The request that names an assignment, to make it or to end it. */
export function request(spec: AssignmentSpec, PrincipalId: string, { facts, ref }: WriteContext): AssignmentRequest {
  return {
    InstanceArn: facts.instance.arn,
    PermissionSetArn: ref(address('permission-set', spec.permission_set)),
    PrincipalId,
    PrincipalType: spec.principal_type === 'user' ? 'USER' : 'GROUP',
    TargetId: spec.account,
    TargetType: 'AWS_ACCOUNT',
  }
}

/** Makes an assignment, and follows it to its end. */
export function create(input: AssignmentRequest, context: WriteContext): Promise<void> {
  const { writer } = context
  const start = async () => {
    const started = await writer.send('CreateAccountAssignment', input, async (mayBeOurs) => {
      const AccountAssignmentCreationStatus = await creationOf(input, writer)
      if (!AccountAssignmentCreationStatus) return undefined
      return appeared({ what: 'the assignment', mayBeOurs, asAsked: { AccountAssignmentCreationStatus } }, context)
    })
    return started.AccountAssignmentCreationStatus
  }
  return writer.follow('assignment creation', input.TargetId, start, context.over)
}

/** The request that is creating an assignment, or that has created it; undefined when there is neither. */
async function creationOf(input: AssignmentRequest, writer: Writer): Promise<Creation | undefined> {
  const { InstanceArn } = input
  const running = await writer.list('ListAccountAssignmentCreationStatus', {
    InstanceArn,
    Filter: { Status: 'IN_PROGRESS' },
  })
  for (const { RequestId: AccountAssignmentCreationRequestId } of running) {
    const asked = { InstanceArn, AccountAssignmentCreationRequestId }
    const { AccountAssignmentCreationStatus: one } = await writer.get('DescribeAccountAssignmentCreationStatus', asked)
    if (one && isOf(one, input)) return one
  }
  return (await isThere(input, writer)) ? { Status: 'SUCCEEDED' } : undefined
}

type Creation = NonNullable<Output<'CreateAccountAssignment'>['AccountAssignmentCreationStatus']>

function isOf(one: Creation, input: AssignmentRequest): boolean {
  const members = ['PermissionSetArn', 'TargetId', 'PrincipalType', 'PrincipalId'] as const
  return members.every((member) => one[member] === input[member])
}

/** Ends an assignment, and follows that to its end. Gone already is done. */
export async function remove(input: AssignmentRequest, context: WriteContext): Promise<undefined> {
  const { writer } = context
  const start = async () => {
    const started = await writer.send('DeleteAccountAssignment', input, async (mayBeOurs) => {
      const AccountAssignmentDeletionStatus = mayBeOurs ? await deletionOf(input, writer) : undefined
      if (!AccountAssignmentDeletionStatus) return undefined
      context.note('answer lost')
      return { done: { AccountAssignmentDeletionStatus } }
    })
    return started.AccountAssignmentDeletionStatus
  }
  try {
    return await ignoreNotFound(() => writer.follow('assignment deletion', input.TargetId, start, context.over))
  } catch (thrown) {
    if (!refusedWith(thrown, 'aws-request-failed') || (await isThere(input, writer))) throw thrown
    return undefined
  }
}

/** The request that is deleting an assignment, or that has deleted it; undefined when there is neither. */
async function deletionOf(input: AssignmentRequest, writer: Writer): Promise<Deletion | undefined> {
  const { InstanceArn } = input
  const Filter = { Status: 'IN_PROGRESS' } as const
  for (const one of await writer.list('ListAccountAssignmentDeletionStatus', { InstanceArn, Filter })) {
    const asked = { InstanceArn, AccountAssignmentDeletionRequestId: one.RequestId }
    const answer = await writer.get('DescribeAccountAssignmentDeletionStatus', asked)
    const { AccountAssignmentDeletionStatus: running } = answer
    if (running && isOf(running, input)) return running
  }
  return (await isThere(input, writer)) ? undefined : { Status: 'SUCCEEDED' }
}

type Deletion = NonNullable<Output<'DeleteAccountAssignment'>['AccountAssignmentDeletionStatus']>

// What is gone already cannot be removed either; why a request failed is told in free text only.
async function isThere({ InstanceArn, PermissionSetArn, TargetId, PrincipalId }: AssignmentRequest, writer: Writer) {
  const rows = await writer.list('ListAccountAssignments', { InstanceArn, PermissionSetArn, AccountId: TargetId })
  return rows.some((row) => row.PrincipalId === PrincipalId)
}
