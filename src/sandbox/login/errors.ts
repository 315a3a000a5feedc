import { ServiceError } from '../service-error.ts'

/** An error of the OIDC service: its body repeats the name in the words of OAuth. */
export function oidcError(name: string, description: string, status = 400): ServiceError {
  const error = oauthNames[name] ?? 'invalid_request'
  return new ServiceError(name, description, { error, error_description: description }, status)
}

const oauthNames: Readonly<Record<string, string>> = {
  AccessDeniedException: 'access_denied',
  AuthorizationPendingException: 'authorization_pending',
  ExpiredTokenException: 'expired_token',
  InvalidClientException: 'invalid_client',
  InvalidClientMetadataException: 'invalid_client_metadata',
  InvalidGrantException: 'invalid_grant',
  SlowDownException: 'slow_down',
  UnauthorizedClientException: 'unauthorized_client',
  UnsupportedGrantTypeException: 'unsupported_grant_type',
}
