import type { ServiceError } from '../service-error.ts'
import type { Caller } from './caller.ts'
import type { Request, Response } from './exchange.ts'
import { header } from './exchange.ts'
import { escapeXml, xml } from './xml.ts'

/** True for the request that lists one's buckets, which is what people try a new profile with: `aws s3 ls`. */
export function listsBuckets(request: Request): boolean {
  const isSigned = /\/s3\/aws4_request/.test(header(request, 'authorization') ?? '')
  return isSigned && request.method === 'GET' && request.path === '/'
}

/** The answer of S3 to whoever has credentials: no account here has a bucket (S3 API Reference, ListBuckets). */
export function noBuckets({ userId }: Caller): Response {
  const owner = `<Owner><ID>${escapeXml(userId)}</ID></Owner>`
  return xml(
    200,
    `<ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${owner}<Buckets/></ListAllMyBucketsResult>`,
  )
}

/** An error in the XML of S3, whose names for common errors are its own (S3 API Reference, Error responses). */
export function bucketFailure({ name, message, status }: ServiceError, requestId: string): Response {
  const code = names[name] ?? name
  const body = `<Error><Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message><RequestId>${requestId}</RequestId></Error>`
  const answer = xml(status < 500 ? 403 : status, body)
  return { ...answer, headers: { ...answer.headers, 'x-amzn-errortype': code } }
}

const names: Readonly<Record<string, string>> = {
  UnrecognizedClientException: 'InvalidAccessKeyId',
  ExpiredTokenException: 'ExpiredToken',
  ThrottlingException: 'SlowDown',
  AccessDeniedException: 'AccessDenied',
}
