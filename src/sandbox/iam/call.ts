import { asServiceError, identify, stamped } from '../dispatch.ts'
import { elapse } from '../elapse.ts'
import { newId } from '../ids.ts'
import { ServiceError } from '../service-error.ts'
import type { State } from '../state/state.ts'
import type { Surroundings } from '../surroundings.ts'
import type { Caller } from '../wire/caller.ts'
import type { Request, Response } from '../wire/exchange.ts'
import { queryFailure, queryName, querySuccess } from '../wire/query-protocol.ts'
import { element, escapeXml, rfc3986 } from '../wire/xml.ts'
import { type ManagedPolicies, managedPolicies } from './managed.ts'
import { type PolicyRow, policyAt } from './policies.ts'
import { listRoles } from './roles.ts'

/** The version of the API of IAM, which each of its requests names. */
export const iamVersion = '2010-05-08'

const namespace = 'https://iam.amazonaws.com/doc/2010-05-08/'

/** What an operation is answered from. */
interface Look {
  readonly state: State
  readonly caller: Caller
  readonly input: URLSearchParams
  readonly known: ManagedPolicies
  /** Longest page, where pages are told to be short. */
  readonly pageSize: number | undefined
}

/** Operations of IAM (IAM API Reference). */
const operations: Readonly<Record<string, (look: Look) => string>> = {
  GetPolicy: (look) => element('Policy', described(policyOf(look))),
  GetPolicyVersion: (look) => element('PolicyVersion', versionOf(policyOf(look), look.input.get('VersionId') ?? '')),
  ListRoles: ({ state, caller, input, pageSize }) => listRoles(state, caller.account, input, pageSize),
}

function policyOf({ state, caller, input, known }: Look): PolicyRow {
  return policyAt(state, caller, input.get('PolicyArn') ?? '', known)
}

/** Answers a signed call of IAM; `ordered` is an error on demand. */
export async function callIam(
  request: Request,
  input: URLSearchParams,
  around: Surroundings,
  ordered?: ServiceError,
): Promise<Response> {
  const requestId = newId.uuid(around.random)
  try {
    if (ordered) throw ordered
    const action = input.get('Action') ?? ''
    const result = perform(request, action, input, around, await managedPolicies())
    return stamped(querySuccess(action, result, requestId, namespace), requestId)
  } catch (cause) {
    const { name, message, members, status } = asServiceError(cause)
    // IAM refuses what is not permitted with status 403; what is wrong or absent has its own (IAM API Reference, "Common errors").
    const shown = queryName(name) === 'AccessDenied' ? 403 : status
    const failure = new ServiceError(name, message, members, shown)
    return stamped(queryFailure(failure, requestId, { namespace, status: shown }), requestId)
  }
}

function perform(
  request: Request,
  action: string,
  input: URLSearchParams,
  around: Surroundings,
  known: ManagedPolicies,
): string {
  const operation = Object.hasOwn(operations, action) ? operations[action] : undefined
  if (!operation) throw new ServiceError('InvalidAction', `The sandbox does not support the action ${action}.`)
  const now = around.now()
  elapse(around, now)
  const { pageSize } = around.traffic.engine.faults
  return around.store.run((state) =>
    operation({ state, caller: identify(request, state, now), input, known, pageSize }),
  )
}

function described({ arn, name, path, version }: PolicyRow): string {
  return [
    element('PolicyName', escapeXml(name)),
    element('PolicyId', idOf(arn)),
    element('Arn', escapeXml(arn)),
    element('Path', escapeXml(path)),
    element('DefaultVersionId', version),
    element('AttachmentCount', '0'),
    element('PermissionsBoundaryUsageCount', '0'),
    element('IsAttachable', 'true'),
    element('CreateDate', made),
    element('UpdateDate', made),
  ].join('')
}

function versionOf({ arn, version, document }: PolicyRow, asked: string): string {
  if (asked !== version)
    throw new ServiceError(
      'NoSuchEntity',
      `Policy ${arn} version ${asked} does not exist or is not attachable.`,
      {},
      404,
    )
  if (!document) throw new ServiceError('ServiceFailure', `The sandbox knows ${arn} by its name alone.`, {}, 501)
  return [
    element('Document', rfc3986(JSON.stringify(document, null, 2))),
    element('VersionId', version),
    element('IsDefaultVersion', 'true'),
    element('CreateDate', made),
  ].join('')
}

/** When every policy here was made: nothing depends on it. */
const made = '2015-02-06T18:39:46Z'

// Sixteen characters behind ANPA that are the same for the same policy.
function idOf(arn: string): string {
  const digits = Buffer.from(arn).toString('hex').toUpperCase()
  return `ANPA${digits.slice(-16).padStart(16, 'A')}`
}
