import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import { identify, restFailure, stamped } from '../dispatch.ts'
import { managedPolicies } from '../iam/managed.ts'
import { newId } from '../ids.ts'
import { pageNumber } from '../page.ts'
import { invalid, type ServiceError } from '../service-error.ts'
import type { Surroundings } from '../surroundings.ts'
import { json, type Request, type Response } from '../wire/exchange.ts'
import { findingsIn, type PolicyFinding } from './findings.ts'
import { type Step, spanOf } from './spans.ts'

/** True for ValidatePolicy, which is all that is known of Access Analyzer (Access Analyzer API Reference, ValidatePolicy). */
export function validatesPolicy({ method, path }: Request): boolean {
  return method === 'POST' && path === '/policy/validation'
}

/** The page of findings that a request asks for, from 1. */
export function findingsPage({ query }: Request): number {
  return pageNumber(query.get('nextToken') ?? undefined)
}

const policyTypes = ['IDENTITY_POLICY', 'RESOURCE_POLICY', 'SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY']

/** Answers a signed call of ValidatePolicy; `ordered` is an error on demand. */
export async function callValidatePolicy(
  request: Request,
  around: Surroundings,
  ordered?: ServiceError,
): Promise<Response> {
  const requestId = newId.uuid(around.random)
  try {
    if (ordered) throw ordered
    around.store.run((state) => identify(request, state, around.now()))
    const text = documentIn(request.body)
    const policy: Json = JSON.parse(text)
    const found = isObject(policy) ? findingsIn(policy, await managedPolicies()) : []
    return stamped(json(200, paged(request, found, text, around.traffic.engine.faults.pageSize)), requestId)
  } catch (cause) {
    return stamped(restFailure(cause, { AccessDeniedException: 403 }), requestId)
  }
}

function documentIn(body: string): string {
  const input: unknown = body === '' ? {} : JSON.parse(body)
  const { policyDocument, policyType } = isObject(input) ? input : {}
  if (typeof policyDocument !== 'string') throw invalid('policyDocument must not be null.')
  if (!policyTypes.includes(String(policyType))) throw invalid(`policyType must be one of ${policyTypes.join(', ')}.`)
  if (!isJson(policyDocument)) throw invalid('The policy document is not JSON.')
  return policyDocument
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function paged(request: Request, all: readonly PolicyFinding[], text: string, longest = 100): JsonObject {
  const size = Math.min(Number(request.query.get('maxResults') ?? longest) || longest, longest)
  const number = findingsPage(request)
  const shown = all.slice((number - 1) * size, number * size)
  const isLast = number * size >= all.length
  return {
    findings: shown.map((one) => shownFinding(one, text)),
    ...(isLast ? {} : { nextToken: Buffer.from(`${number + 1}:`).toString('base64url') }),
  }
}

const reference = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html'

function shownFinding({ type, code, details, path }: PolicyFinding, text: string): JsonObject {
  const kind = type === 'WARNING' ? 'general-warning' : type.toLowerCase().replace('_', '-')
  const anchor = `access-analyzer-reference-policy-checks-${kind}-${code.toLowerCase().replaceAll('_', '-')}`
  const { start, end } = spanOf(text, path)
  return {
    findingType: type,
    issueCode: code,
    findingDetails: details,
    learnMoreLink: `${reference}#${anchor}`,
    locations: [{ path: path.map(element), span: { start, end } }],
  }
}

function element(step: Step): JsonObject {
  return typeof step === 'number' ? { index: step } : { value: step }
}
