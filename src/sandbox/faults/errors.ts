import { ServiceError } from '../service-error.ts'
import type { FaultKind } from './faults.ts'

/** Names of everything that takes calls. */
export type Service =
  | 'sso-admin'
  | 'identitystore'
  | 'organizations'
  | 'sts'
  | 'oidc'
  | 'portal'
  | 's3'
  | 'iam'
  | 'access-analyzer'
  | 'account-access'

type Made = readonly [name: string, status?: number, members?: Readonly<Record<string, string | number>>]

/** How each service words a fault, by the errors its model declares; `*` is for all others. */
const errors: Readonly<Partial<Record<FaultKind, Readonly<Partial<Record<Service | '*', Made>>>>>> = {
  throttle: {
    '*': ['ThrottlingException'],
    identitystore: ['ThrottlingException', 400, { RetryAfterSeconds: 1 }],
    organizations: ['TooManyRequestsException', 400, { Type: 'RATE_LIMIT_EXCEEDED' }],
    oidc: ['SlowDownException', 400, { error: 'slow_down' }],
    portal: ['TooManyRequestsException', 429],
  },
  conflict: {
    '*': ['ConflictException'],
    identitystore: ['ConflictException', 400, { Reason: 'CONCURRENT_MODIFICATION' }],
    organizations: ['ConcurrentModificationException'],
  },
  deny: {
    '*': ['AccessDeniedException'],
    oidc: ['AccessDeniedException', 400, { error: 'access_denied' }],
    portal: ['ForbiddenException', 403],
  },
  expire: {
    '*': ['ExpiredTokenException'],
    oidc: ['ExpiredTokenException', 400, { error: 'expired_token' }],
    portal: ['UnauthorizedException', 401],
  },
  internal: { '*': ['InternalServerException', 500], organizations: ['ServiceException', 500] },
}

const texts: Readonly<Partial<Record<FaultKind, string>>> = {
  throttle: 'Rate exceeded',
  conflict: 'A previous write did not have time to propagate. Retry with a back-off.',
  deny: 'User is not authorized to perform this operation: denied by a sandbox fault.',
  expire: 'Session token not found or invalid: The security token included in the request is expired',
  internal: 'An unexpected internal service exception was encountered',
}

/** The error a fault of this kind shows as; undefined for kinds that are not errors. */
export function errorFor(kind: FaultKind, service: Service): ServiceError | undefined {
  const [name, status, members] = errors[kind]?.[service] ?? errors[kind]?.['*'] ?? []
  return name === undefined ? undefined : new ServiceError(name, texts[kind] ?? '', members ?? {}, status)
}
