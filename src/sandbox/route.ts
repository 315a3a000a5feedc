import { setTimeout as wait } from 'node:timers/promises'
import { callValidatePolicy, findingsPage, validatesPolicy } from './access-analyzer/call.ts'
import { accountAccessPage, accountAccessTarget, callAccountAccess } from './account-access/call.ts'
import { callAdmin, isAdmin } from './admin/admin.ts'
import { asServiceError, callBuckets, callJson, callQuery, stamped } from './dispatch.ts'
import type { Call } from './faults/traffic.ts'
import { callIam, iamVersion } from './iam/call.ts'
import { newId } from './ids.ts'
import { decideAuthorize, showAuthorize } from './login/authorize-page.ts'
import type { LoginContext } from './login/context.ts'
import { decideDevice, showDevice } from './login/device-page.ts'
import { htmlPage } from './login/html.ts'
import { enterPortal, showPortal } from './login/portal-page.ts'
import { callRest, restRoutes, withLogin } from './login/rest.ts'
import { pageNumber } from './page.ts'
import type { ServiceError } from './service-error.ts'
import type { Surroundings } from './surroundings.ts'
import { header, type Request, type Response } from './wire/exchange.ts'
import type { ResponseOrCut } from './wire/http.ts'
import { failure, nextTokenOf, targetOf } from './wire/json-protocol.ts'
import { listsBuckets } from './wire/s3-protocol.ts'

/** A call of an API: what faults and the record of calls see of it, and how it is answered. */
interface Routed {
  readonly call: Call
  readonly answer: (ordered?: ServiceError) => Response | Promise<Response>
}

type Page = (context: LoginContext, request: Request) => Response

const pages: Readonly<Record<string, Page>> = {
  'GET /device': showDevice,
  'POST /device': decideDevice,
  'GET /authorize': showAuthorize,
  'POST /authorize': decideAuthorize,
  'GET /start': showPortal,
  'POST /start': enterPortal,
}

/** Answers any request: an API by target, action or path, a page a person sees, or the admin side. */
export async function answer(request: Request, around: Surroundings): Promise<ResponseOrCut> {
  if (isAdmin(request)) return callAdmin(request, around)
  try {
    const routed = route(request, around)
    return routed ? await underFaults(routed, around) : visit(request, around)
  } catch (cause) {
    return stamped(failure(asServiceError(cause), undefined, ''), newId.uuid(around.random))
  }
}

async function underFaults({ call, answer: respond }: Routed, { traffic }: Surroundings): Promise<ResponseOrCut> {
  const { error, cut } = traffic.engine.judge(call)
  const { service, operation } = call
  const { latency } = traffic.engine.faults
  if (latency) await wait(latency)
  const response = cut === 'before' ? undefined : await respond(error)
  const problem = response?.headers['x-amzn-errortype'] ?? (cut && 'cut')
  traffic.log.record({ service, operation, ...(problem === undefined ? {} : { error: problem }) })
  return cut === undefined && response ? response : 'cut'
}

function route(request: Request, around: Surroundings): Routed | undefined {
  if (header(request, 'x-amz-target') !== undefined) {
    const target = targetOf(request)
    const call = { ...target, page: pageNumber(nextTokenOf(request.body)) }
    return { call, answer: (ordered) => callJson(request, target, around, ordered) }
  }
  const input = new URLSearchParams(request.body)
  const action = input.get('Action') ?? request.query.get('Action')
  if (action !== null && input.get('Version') === iamVersion) {
    const page = pageNumber(input.get('Marker') ?? undefined)
    const call: Call = { service: 'iam', operation: action, page }
    return { call, answer: (ordered) => callIam(request, input, around, ordered) }
  }
  if (action !== null) {
    const call: Call = { service: 'sts', operation: action, page: 1 }
    return { call, answer: (ordered) => callQuery(request, action, around, ordered) }
  }
  if (listsBuckets(request)) {
    const call: Call = { service: 's3', operation: 'ListBuckets', page: 1 }
    return { call, answer: (ordered) => callBuckets(request, around, ordered) }
  }
  if (validatesPolicy(request)) {
    const call: Call = { service: 'access-analyzer', operation: 'ValidatePolicy', page: findingsPage(request) }
    return { call, answer: (ordered) => callValidatePolicy(request, around, ordered) }
  }
  const assigning = accountAccessTarget(request)
  if (assigning) {
    const call: Call = { service: 'account-access', operation: assigning.operation, page: accountAccessPage(request) }
    return { call, answer: (ordered) => callAccountAccess(request, assigning, around, ordered) }
  }
  const rest = restRoutes.find(({ method, path }) => method === request.method && path === request.path)
  if (!rest) return undefined
  const page = pageNumber(request.query.get('next_token') ?? undefined)
  const call = { service: rest.service, operation: rest.operation, page }
  return { call, answer: (ordered) => callRest(request, rest, around, ordered) }
}

function visit(request: Request, around: Surroundings): Response {
  const page = pages[`${request.method} ${request.path}`]
  if (page) return withLogin(request, around, (context) => page(context, request))
  const links = '<p><a href="/start">Access portal</a> <a href="/device">Enter a code</a></p>'
  return request.path === '/' ? htmlPage('Sandbox', links) : htmlPage('Page not found', links, 404)
}
