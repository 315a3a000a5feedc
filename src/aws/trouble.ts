import { ServiceTrouble, type TroubleCause } from '../model/sign-in.ts'

// First match wins. Names are those of the modelled errors of OIDC and of the portal, of Node's sockets and of OpenSSL.
const causes: readonly (readonly [TroubleCause, RegExp])[] = [
  ['pending', /^AuthorizationPendingException$/],
  ['slow-down', /^SlowDownException$/],
  ['denied', /^AccessDeniedException$/],
  ['expired', /^ExpiredTokenException$/],
  ['client', /^(InvalidClientException|UnauthorizedClientException)$/],
  ['busy', /^(InternalServer\w*|ServiceUnavailable\w*|Throttling\w*|TooManyRequestsException)$/],
  [
    'certificate',
    /CERT|^UNABLE_TO_|^ERR_TLS_|^ERR_SSL_|^EPROTO$|^(HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH_EXCEEDED)$/,
  ],
  [
    'network',
    /^(ECONN\w+|ENOTFOUND|EAI_\w+|EPIPE|ETIMEDOUT|EHOST\w+|ENET\w+|EADDRNOTAVAIL|TimeoutError|NetworkingError|AggregateError)$/,
  ],
  ['foreign', /^SyntaxError$/],
]

/** Turns whatever the SDK threw into a trouble with its cause. Nothing of a request is in it, as requests hold secrets. */
export function troubleOf(thrown: unknown, operation: string): ServiceTrouble {
  if (thrown instanceof ServiceTrouble) return thrown
  const code = codeOf(thrown)
  const reason = causes.find(([, names]) => names.test(code))?.[0] ?? answered(thrown)
  return new ServiceTrouble(operation, { reason, code, words: wordsOf(thrown, reason) }, { cause: thrown })
}

function codeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'UnknownError'
  const { code, name } = thrown as NodeJS.ErrnoException
  return code && (name === 'Error' || name === 'AggregateError') ? code : name
}

/** An answer with a status is AWS's word about the request, or about itself; whatever has none is not known. */
function answered(thrown: unknown): TroubleCause {
  const status = (thrown as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
  if (status === undefined) return 'unknown'
  return status >= 500 || status === 429 ? 'busy' : 'refused'
}

/** The service puts its words into a member of its own, and leaves the message empty. */
function wordsOf(thrown: unknown, reason: TroubleCause): string {
  if (reason === 'foreign') return 'the response is not from AWS'
  const { error_description: told, message } = thrown as { error_description?: string; message?: string }
  const words = [told, message].find((one) => one && !/^Unknown(Error)?$/.test(one)) ?? ''
  return words.replace(/\s+/gu, ' ').slice(0, 300)
}
