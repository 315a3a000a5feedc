import { ServiceError } from '../service-error.ts'
import type { Caller } from './caller.ts'
import type { Response } from './exchange.ts'
import { escapeXml, xml } from './xml.ts'

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/'

/** The answer of STS to a request of the AWS query protocol; GetCallerIdentity is all it knows. */
export function securityToken(action: string, caller: Caller, requestId: string): Response {
  if (action !== 'GetCallerIdentity') {
    throw new ServiceError('InvalidAction', `The sandbox does not support the action ${action}.`)
  }
  const { arn, userId, account } = caller
  const members = `<Arn>${escapeXml(arn)}</Arn><UserId>${escapeXml(userId)}</UserId><Account>${account}</Account>`
  const result = `<GetCallerIdentityResult>${members}</GetCallerIdentityResult>`
  return xml(
    200,
    `<GetCallerIdentityResponse xmlns="${namespace}">${result}${metadata(requestId)}</GetCallerIdentityResponse>`,
  )
}

/** An error in the XML of the query protocol. */
export function queryFailure(error: ServiceError, requestId: string): Response {
  const code = queryNames[error.name] ?? error.name
  const detail = `<Type>Sender</Type><Code>${escapeXml(code)}</Code><Message>${escapeXml(error.message)}</Message>`
  const body = `<Error>${detail}</Error><RequestId>${requestId}</RequestId>`
  const answer = xml(
    error.status < 500 ? 403 : error.status,
    `<ErrorResponse xmlns="${namespace}">${body}</ErrorResponse>`,
  )
  return { ...answer, headers: { ...answer.headers, 'x-amzn-errortype': code } }
}

/** The query protocol names some common errors differently from the JSON protocol. */
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
