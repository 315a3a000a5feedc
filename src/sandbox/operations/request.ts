import type { Json } from '../../model/json.ts'
import { present } from '../../model/json.ts'
import { newId } from '../ids.ts'
import { answer, type PageRequest, page } from '../page.ts'
import { notFound } from '../service-error.ts'
import { requestsByStatus } from '../state/indexes.ts'
import type { PrincipalType, RequestRow } from '../state/tables.ts'
import { accountsOf, refuseBusy } from './busy.ts'
import type { Context, OperationOutput } from './context.ts'
import { everywhere, look } from './progress.ts'
import { setsInstance } from './scope.ts'

type RequestKind = RequestRow['kind']

interface Desired {
  readonly kind: RequestKind
  readonly instance: string
  readonly permissionSet: string
  readonly account?: string
  readonly principalType?: PrincipalType
  readonly principal?: string
}

/** Requests that have ended are forgotten above this number, oldest first. */
const remembered = 1000

/**
 * Starts an asynchronous request.
 * @throws ServiceError ConflictException when another one is in the way.
 */
export function start(context: Context, desired: Desired): RequestRow {
  const { state, now, random, pace } = context
  const doomed = doom(context, desired)
  const request: RequestRow = {
    ...desired,
    id: newId.uuid(random),
    status: 'IN_PROGRESS',
    created: now,
    looks: pace.looks,
    ...(pace.seconds === null ? {} : { due: now + pace.seconds }),
    ...(Object.keys(doomed).length === 0 ? {} : { doomed }),
  }
  forgetOldest(context)
  state.put('requests', request.id, request)
  return request
}

/** Requests of a kind that have not ended. */
export function outstanding({ state }: Context, kind: RequestKind): readonly RequestRow[] {
  return state.find(requestsByStatus, 'IN_PROGRESS').filter((one) => one.kind === kind)
}

/** One request by its id, after a look at it. */
export function requestFor(context: Context, kind: RequestKind, instance: string, id: string): RequestRow {
  setsInstance(context, instance)
  const found = context.state.rows('requests').get(id)
  if (found?.kind !== kind) throw notFound(`The request ${id}`)
  look(context, found)
  return context.state.rows('requests').get(id) ?? found
}

/** The list of requests of a kind: status, id and date alone, as AWS answers it. */
export function requestList(
  context: Context,
  kind: RequestKind,
  member: string,
  input: { readonly InstanceArn: string; readonly Filter?: { readonly Status?: string } } & PageRequest,
): OperationOutput {
  setsInstance(context, input.InstanceArn)
  const rows = context.state.rows('requests')
  const isAsked = ({ status }: RequestRow) => input.Filter?.Status === undefined || status === input.Filter.Status
  const all = [...rows.values()].filter((one) => one.kind === kind && isAsked(one))
  const shown = page(all, ({ id }) => id, input)
  for (const one of shown.items) look(context, one)
  // What ends with this look is not shown as running any more, as a description would not.
  const items = shown.items.map((one) => rows.get(one.id) ?? one).filter(isAsked)
  return answer(member, { ...shown, items }, ({ status, id, created }) => ({
    Status: status,
    RequestId: id,
    CreatedDate: created,
  }))
}

/** The status object of an assignment request. */
export function assignmentStatus(request: RequestRow): Json {
  return present({
    Status: request.status,
    RequestId: request.id,
    FailureReason: request.failure,
    TargetId: request.account,
    TargetType: 'AWS_ACCOUNT',
    PermissionSetArn: request.permissionSet,
    PrincipalType: request.principalType,
    PrincipalId: request.principal,
    CreatedDate: request.created,
  })
}

/** The status object of a provisioning request. */
export function provisioningStatus(request: RequestRow): Json {
  return present({
    Status: request.status,
    RequestId: request.id,
    AccountId: request.account,
    PermissionSetArn: request.permissionSet,
    FailureReason: request.failure,
    CreatedDate: request.created,
  })
}

function doom(context: Context, desired: Desired): Readonly<Record<string, string>> {
  const accounts = accountsOf(context, desired)
  const busy = refuseBusy(context, accounts)
  return { ...busy, ...context.doom(desired.account === undefined ? [...accounts, everywhere] : accounts) }
}

function forgetOldest({ state }: Context): void {
  const requests = state.rows('requests')
  if (requests.size < remembered) return
  for (const { id, status } of requests.values()) {
    if (status === 'IN_PROGRESS') continue
    state.remove('requests', id)
    return
  }
}
