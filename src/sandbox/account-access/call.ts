import { isObject, type JsonObject } from '../../model/json.ts'
import { identify, restFailure, stamped } from '../dispatch.ts'
import { elapse } from '../elapse.ts'
import { newId } from '../ids.ts'
import { defaultPage, pageNumber } from '../page.ts'
import { invalid, type ServiceError } from '../service-error.ts'
import type { Surroundings } from '../surroundings.ts'
import { json, type Request, type Response } from '../wire/exchange.ts'
import { accountAccessOperations } from './operations.ts'

type Operation = keyof typeof accountAccessOperations

/** What a request of account access manager asks for, with what its path names. */
interface Target {
  readonly operation: Operation
  readonly named: JsonObject
}

// Paths and methods of the API model account-access 2018-05-10.
const routes: readonly (readonly [method: string, path: RegExp, operation: Operation])[] = [
  ['POST', /^\/applications$/, 'CreateApplication'],
  ['POST', /^\/applications-list$/, 'ListApplications'],
  ['GET', /^\/applications\/(?<applicationArn>[^/]+)$/, 'GetApplication'],
  ['POST', /^\/entitlements$/, 'CreateEntitlement'],
  ['POST', /^\/entitlements-list$/, 'ListEntitlements'],
  ['DELETE', /^\/entitlements\/(?<entitlementId>[^/]+)$/, 'DeleteEntitlement'],
]

/** The operation of account access manager that a request is for; undefined for any other request. */
export function accountAccessTarget({ method, path }: Request): Target | undefined {
  for (const [verb, pattern, operation] of routes) {
    const found = verb === method ? pattern.exec(path) : null
    if (found) return { operation, named: decoded(found.groups) }
  }
  return undefined
}

function decoded(groups: Readonly<Record<string, string>> = {}): JsonObject {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]))
}

/** The page that a list is asked for, from 1. */
export function accountAccessPage(request: Request): number {
  const { nextToken } = bodyOf(request)
  return pageNumber(typeof nextToken === 'string' ? nextToken : undefined)
}

/** Answers a signed call; `ordered` is an error on demand. */
export function callAccountAccess(
  request: Request,
  { operation, named }: Target,
  around: Surroundings,
  ordered?: ServiceError,
): Response {
  const { store, random, traffic, now: time } = around
  const requestId = newId.uuid(random)
  try {
    if (ordered) throw ordered
    const now = time()
    const caller = store.run((state) => identify(request, state, now))
    elapse(around, now)
    const { engine } = traffic
    const given = { caller, now, random, pace: engine.pace(), choices: engine.choices(), doom: () => ({}) }
    const input = { ...Object.fromEntries(request.query), ...inputOf(request, engine.faults.pageSize), ...named }
    const result = store.run((state) => accountAccessOperations[operation]({ ...given, state }, input))
    return stamped(json(operation === 'DeleteEntitlement' ? 204 : 200, result), requestId)
  } catch (cause) {
    return stamped(restFailure(cause, statuses), requestId)
  }
}

const statuses: Readonly<Record<string, number>> = { AccessDeniedException: 403, ResourceNotFoundException: 404 }

function inputOf(request: Request, pageSize: number | undefined): JsonObject {
  const input = bodyOf(request)
  if (pageSize === undefined || !request.path.endsWith('-list')) return input
  return { ...input, maxResults: Math.min(Number(input.maxResults ?? defaultPage), pageSize) }
}

function bodyOf({ body }: Request): JsonObject {
  try {
    const input: unknown = body === '' ? {} : JSON.parse(body)
    return isObject(input) ? (input as JsonObject) : {}
  } catch {
    throw invalid('The body is not JSON.')
  }
}
