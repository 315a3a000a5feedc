import type { JsonObject } from '../model/json.ts'
import { tables } from './api/table.ts'
import { elapse } from './elapse.ts'
import type { Faults } from './faults/faults.ts'
import { newId } from './ids.ts'
import type { Context, OperationOutput } from './operations/context.ts'
import { operations } from './operations/index.ts'
import { lookAtLeaving } from './operations/progress.ts'
import { defaultPage } from './page.ts'
import { denied, ServiceError } from './service-error.ts'
import type { State } from './state/state.ts'
import type { Surroundings } from './surroundings.ts'
import { type Caller, callerOf } from './wire/caller.ts'
import { header, json, type Request, type Response } from './wire/exchange.ts'
import { failure, inputOf, success, type Target } from './wire/json-protocol.ts'
import { queryFailure, securityToken } from './wire/query-protocol.ts'
import { bucketFailure, noBuckets } from './wire/s3-protocol.ts'

/** Answers a signed call of an AWS JSON service; `ordered` is an error on demand, which comes before everything else. */
export function callJson(request: Request, target: Target, around: Surroundings, ordered?: ServiceError): Response {
  const requestId = newId.uuid(around.random)
  try {
    if (ordered) throw ordered
    return stamped(success(perform(request, target, around)), requestId)
  } catch (cause) {
    return stamped(failure(asServiceError(cause), target, requestId), requestId)
  }
}

/** Answers a signed call of the query protocol. */
export function callQuery(request: Request, action: string, around: Surroundings, ordered?: ServiceError): Response {
  const requestId = newId.uuid(around.random)
  try {
    if (ordered) throw ordered
    const caller = around.store.run((state) => identify(request, state, around.now()))
    return stamped(securityToken(action, caller, requestId), requestId)
  } catch (cause) {
    return stamped(queryFailure(asServiceError(cause), requestId), requestId)
  }
}

/** Answers the one call of S3 that is known. */
export function callBuckets(request: Request, around: Surroundings, ordered?: ServiceError): Response {
  const requestId = newId.uuid(around.random)
  try {
    if (ordered) throw ordered
    return stamped(noBuckets(around.store.run((state) => identify(request, state, around.now()))), requestId)
  } catch (cause) {
    return stamped(bucketFailure(asServiceError(cause), requestId), requestId)
  }
}

/** What is not an error of AWS is a defect here, which a client sees as a fault of the service. */
export function asServiceError(cause: unknown): ServiceError {
  if (cause instanceof ServiceError) return cause
  const detail = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
  return new ServiceError('InternalServerException', `The sandbox failed: ${detail}`)
}

/** An error as REST JSON services answer it: its name in a header. `statuses` are those of the service, by name. */
export function restFailure(cause: unknown, statuses: Readonly<Record<string, number>> = {}): Response {
  const { name, message, members, status } = asServiceError(cause)
  const answer = json(statuses[name] ?? status, { message, ...members })
  return { ...answer, headers: { ...answer.headers, 'x-amzn-errortype': name } }
}

/** The answer with its request id. */
export function stamped(response: Response, requestId: string): Response {
  return { ...response, headers: { ...response.headers, 'x-amzn-requestid': requestId } }
}

function perform(request: Request, target: Target, around: Surroundings): OperationOutput {
  const { service, operation: name } = target
  const { store, random } = around
  const { engine } = around.traffic
  const now = around.now()
  const caller = store.run((state) => identify(request, state, now))
  // By itself, so that what is due happens even when the call is refused.
  elapse(around, now)
  const input = paged(target, inputOf(target, request.body), engine.faults)
  if (name === 'DeletePermissionSet') {
    store.run((state) => lookAtLeaving(state, ({ permissionSet }) => permissionSet === input.PermissionSetArn))
  }
  const operation = operations[service][name]
  if (!operation) throw denied(`There is no operation ${name}.`)
  const doom: Context['doom'] = (accounts) => engine.doom(name, accounts)
  const given = { caller, now, random, pace: engine.pace(), choices: engine.choices(), doom }
  const work = (state: State) => operation({ ...given, state }, input)
  const answer = store.run(work)
  const { listLag = 0 } = engine.faults
  return listLag > 0 && isLagging(target) ? late(answer, () => store.before(work)) : answer
}

/** Lists of these services may be behind; what they are lists of is up to date all the same. */
function isLagging({ service, operation }: Target): boolean {
  return service !== 'organizations' && operation.startsWith('List')
}

/** What a list said some time ago: nothing, when what it is a list of was not there yet. */
function late(answer: OperationOutput, before: () => OperationOutput): OperationOutput {
  try {
    return before()
  } catch (cause) {
    if (!(cause instanceof ServiceError)) throw cause
    const lists = Object.entries(answer).filter(([, value]) => Array.isArray(value))
    return Object.fromEntries(lists.map(([name]) => [name, []]))
  }
}

/** Lists may be told to give shorter pages than they are asked for, and pages that overlap. */
function paged({ service, operation }: Target, input: JsonObject, { pageSize, pageOverlap }: Faults): JsonObject {
  const { operations: known, shapes } = tables[service]
  const members = shapes[known[operation]?.input ?? '']?.members ?? {}
  const overlapping = 'NextToken' in members ? { ...input, overlap: pageOverlap ?? 0 } : input
  if (pageSize === undefined || !('MaxResults' in members)) return overlapping
  return { ...overlapping, MaxResults: Math.min(Number(input.MaxResults ?? defaultPage), pageSize) }
}

/** Who makes a signed request. */
export function identify(request: Request, state: State, now: number): Caller {
  return callerOf(state, header(request, 'authorization'), header(request, 'x-amz-security-token'), now)
}
