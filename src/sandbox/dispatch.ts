import { ServiceError } from './fault.ts'
import { hex, newId, type Random } from './ids.ts'
import type { Context, Pace } from './operations/context.ts'
import { operations } from './operations/index.ts'
import { lookAtLeaving, settle } from './operations/progress.ts'
import type { State } from './state/state.ts'
import type { Store } from './state/store.ts'
import { callerOf } from './wire/caller.ts'
import { header, type Request, type Response } from './wire/exchange.ts'
import { failure, inputOf, success, type Target, targetOf } from './wire/json-protocol.ts'
import { queryFailure, securityToken } from './wire/query-protocol.ts'

/** What answering a request takes besides the request. `now` is in epoch seconds. */
export interface Surroundings {
  readonly store: Store
  readonly now: () => number
  readonly random: Random
  readonly pace: () => Pace
  readonly doom: Context['doom']
}

/** Answers a signed call of an AWS JSON service. */
export function callJson(request: Request, around: Surroundings): Response {
  const requestId = newId.uuid(around.random)
  let target: Target | undefined
  try {
    target = targetOf(request)
    return stamped(success(perform(request, target, around)), requestId)
  } catch (cause) {
    return stamped(failure(asServiceError(cause), target, requestId), requestId)
  }
}

/** Answers a signed call of the query protocol. */
export function callQuery(request: Request, around: Surroundings): Response {
  const requestId = newId.uuid(around.random)
  const action = new URLSearchParams(request.body).get('Action') ?? request.query.get('Action') ?? ''
  try {
    const caller = around.store.run((state) => identify(request, state, around.now()))
    return stamped(securityToken(action, caller, requestId), requestId)
  } catch (cause) {
    return stamped(queryFailure(asServiceError(cause), requestId), requestId)
  }
}

function perform(request: Request, target: Target, around: Surroundings) {
  const { store, random, doom } = around
  const now = around.now()
  const pace = around.pace()
  // On its own, so that what is due happens even when the call itself is refused.
  store.run((state) => settle(state, now, random, pace.lag))
  store.run((state) => identify(request, state, now))
  const input = inputOf(target, request.body)
  if (target.operation === 'DeletePermissionSet') {
    store.run((state) => lookAtLeaving(state, String(input.PermissionSetArn)))
  }
  return store.run((state) => {
    const context: Context = { state, caller: identify(request, state, now), now, random, pace, doom }
    const operation = operations[target.service][target.operation]
    if (!operation) throw new ServiceError('UnknownOperationException', `There is no ${target.operation}.`)
    // The request table has checked the input; see `Operation`.
    return operation(context, input as never)
  })
}

function identify(request: Request, state: State, now: number) {
  return callerOf(state, header(request, 'authorization'), header(request, 'x-amz-security-token'), now)
}

/** What is not an error of AWS is a defect here, which a client sees as a fault of the service. */
function asServiceError(cause: unknown): ServiceError {
  if (cause instanceof ServiceError) return cause
  const detail = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
  return new ServiceError('InternalServerException', `The sandbox failed: ${detail}`)
}

function stamped(response: Response, requestId: string): Response {
  return { ...response, headers: { ...response.headers, 'x-amzn-requestid': requestId } }
}

/** A name for a writer of the state file that nobody else has. */
export function writerName(random: Random): string {
  return hex(random, 8)
}
