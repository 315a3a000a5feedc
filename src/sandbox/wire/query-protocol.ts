import { ServiceError } from '../service-error.ts'
import type { Caller } from './caller.ts'
import type { Response } from './exchange.ts'
import { escapeXml, xml } from './xml.ts'

const sts = 'https://sts.amazonaws.com/doc/2011-06-15/'

/** The answer of STS to a request of the AWS query protocol; GetCallerIdentity is all it knows. */
export function securityToken(action: string, caller: Caller, requestId: string): Response {
  if (action !== 'GetCallerIdentity') {
    throw new ServiceError('InvalidAction', `The sandbox does not support the action ${action}.`)
  }
  const { arn, userId, account } = caller
  const members = `<Arn>${escapeXml(arn)}</Arn><UserId>${escapeXml(userId)}</UserId><Account>${account}</Account>`
  return querySuccess(action, members, requestId, sts)
}

/** A successful answer of the query protocol; `members` is XML. */
export function querySuccess(action: string, members: string, requestId: string, namespace: string): Response {
  const result = `<${action}Result>${members}</${action}Result>`
  return xml(200, `<${action}Response xmlns="${namespace}">${result}${metadata(requestId)}</${action}Response>`)
}

/** An error in the XML of the query protocol; unless told otherwise as STS sends it. */
export function queryFailure(
  error: ServiceError,
  requestId: string,
  { namespace, status }: { readonly namespace: string; readonly status?: number } = { namespace: sts },
): Response {
  const code = queryName(error.name)
  const detail = `<Type>Sender</Type><Code>${escapeXml(code)}</Code><Message>${escapeXml(error.message)}</Message>`
  const body = `<Error>${detail}</Error><RequestId>${requestId}</RequestId>`
  const answer = xml(
    status ?? (error.status < 500 ? 403 : error.status),
    `<ErrorResponse xmlns="${namespace}">${body}</ErrorResponse>`,
  )
  return { ...answer, headers: { ...answer.headers, 'x-amzn-errortype': code } }
}

/** The name of an error in the query protocol, which calls some common ones differently from the JSON protocol. */
export function queryName(name: string): string {
  return queryNames[name] ?? name
}

const queryNames: Readonly<Record<string, string>> = {
  MissingAuthenticationTokenException: 'MissingAuthenticationToken',
  IncompleteSignatureException: 'IncompleteSignature',
  UnrecognizedClientException: 'InvalidClientTokenId',
  ExpiredTokenException: 'ExpiredToken',
  ThrottlingException: 'Throttling',
  AccessDeniedException: 'AccessDenied',
}

function metadata(requestId: string): string {
  return `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`
}
