import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import { type ServiceName, tables } from '../api/table.ts'
import { violations } from '../api/validate.ts'
import type { OperationOutput } from '../operations/context.ts'
import { operations } from '../operations/index.ts'
import { ServiceError } from '../service-error.ts'
import { header, json, type Request, type Response } from './exchange.ts'

const contentType = 'application/x-amz-json-1.1'

/** Which operation a request of the AWS JSON 1.1 protocol names. */
export interface Target {
  readonly service: ServiceName
  readonly operation: string
}

/**
 * Reads `X-Amz-Target`.
 * @throws ServiceError UnknownOperationException for what no service here offers.
 */
export function targetOf(request: Request): Target {
  const [prefix, operation = ''] = (header(request, 'x-amz-target') ?? '').split('.')
  const names = Object.keys(tables) as ServiceName[]
  const service = names.find((name) => tables[name].target === prefix)
  if (!service || !Object.hasOwn(operations[service], operation)) {
    throw new ServiceError('UnknownOperationException', `The sandbox does not support ${prefix}.${operation}.`)
  }
  return { service, operation }
}

/**
 * The checked input of a request.
 * @throws ServiceError SerializationException for what is not JSON; ValidationException (organizations:
 *   InvalidInputException) naming every member that breaks a rule of the request table.
 */
export function inputOf({ service, operation }: Target, body: string): JsonObject {
  const input = parse(body)
  const shape = tables[service].operations[operation]?.input
  const found = shape === undefined ? [] : violations(tables[service], shape, input)
  if (found.length === 0) return input
  const count = `${found.length} validation error${found.length === 1 ? '' : 's'} detected: `
  const message = count + found.join('; ')
  if (service === 'organizations')
    throw new ServiceError('InvalidInputException', message, { Reason: 'INVALID_PATTERN' })
  throw new ServiceError('ValidationException', message)
}

/** A successful answer. */
export function success(answer: OperationOutput): Response {
  return json(200, answer, contentType)
}

/** An error in the shape its service declares: `Message` for modelled errors, `message` for those common to AWS. */
export function failure(error: ServiceError, target: Target | undefined, requestId: string): Response {
  const { name, message, members, status } = error
  const declared = target && tables[target.service].operations[target.operation]?.errors.includes(name)
  const identity = target?.service === 'identitystore' ? { RequestId: requestId } : {}
  const text: Record<string, Json> = declared ? { Message: message, ...identity } : { message }
  const answer = json(status, { __type: name, ...text, ...members }, contentType)
  return { ...answer, headers: { ...answer.headers, 'x-amzn-errortype': name } }
}

/** The page token of a request body, read without judging the rest. */
export function nextTokenOf(body: string): string | undefined {
  return /"NextToken"\s*:\s*"([^"]*)"/.exec(body)?.[1]
}

function parse(body: string): JsonObject {
  try {
    const value: unknown = JSON.parse(body === '' ? '{}' : body)
    if (isObject(value)) return value
  } catch {
    // Falls through to the one error for everything that is not an object.
  }
  throw new ServiceError('SerializationException', 'The request body is not a JSON object.')
}
