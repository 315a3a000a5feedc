import type { Json } from '../model/json.ts'

const serverFaults: Readonly<Record<string, number>> = { InternalServerException: 500, ServiceUnavailable: 503 }

/**
 * An error the server answers with: the name the SDKs know it by, the HTTP status, and the members its shape has besides
 * the message (Reason, ResourceId and the like).
 */
export class ServiceError extends Error {
  readonly status: number
  readonly members: Readonly<Record<string, Json>>

  constructor(name: string, message: string, members: Readonly<Record<string, Json>> = {}, status?: number) {
    super(message)
    this.name = name
    this.members = members
    this.status = status ?? serverFaults[name] ?? 400
  }
}

/** ResourceNotFoundException of sso-admin. */
export function notFound(what: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', `${what} does not exist.`)
}

/** ValidationException of sso-admin and identitystore, for rules that the request table cannot express. */
export function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message)
}

/** ConflictException of sso-admin: a real conflict or a write that another one stands in the way of. */
export function conflict(message: string): ServiceError {
  return new ServiceError('ConflictException', message)
}

/** AccessDeniedException of any service here. */
export function denied(message: string): ServiceError {
  return new ServiceError('AccessDeniedException', message)
}
