import { consolePage, enabling } from '../model/console.ts'
import { Refusal } from '../model/diagnostic.ts'
import { loginAdvice } from '../text/login-advice.ts'
import { awsFlag, trailing } from '../text/quote.ts'
import { accountInstance } from './account-instance.ts'
import { keyTrouble } from './key-errors.ts'
import { oneLine } from './one-line.ts'
import { actionOf, type Definition, type OperationName, operations } from './operations.ts'
import { connectionTimeout, requestTimeout } from './patience.ts'
import type { Route } from './route.ts'
import { waited } from './waited.ts'

interface Known {
  readonly code: string
  readonly names: RegExp
  /** The Reason that an error has to carry besides. */
  readonly reason?: string
  /** What its text has to say besides. */
  readonly text?: RegExp
  /** What happened, after "sso:ListInstances". */
  readonly says: string | ((thrown: unknown) => string)
  hint(action: string, route: Route, access: Definition['access']): string
}

// First match wins. Names are those of the SDK's modelled errors, of the signing layer and of Node's sockets.
const known: readonly Known[] = [
  {
    code: 'aws-credentials',
    names: /^(CredentialsProviderError|TokenProviderError|CredentialsError)$/,
    says: 'could not be sent: no usable AWS credentials were found',
    hint: (_action, { profile }) =>
      profile
        ? `check profile ${profile} in ~/.aws/config (or choose another with --profile), then log in with "aws sso login${trailing(awsFlag('--profile', profile))}"`
        : 'log in with "aws login" (AWS CLI 2.32 or newer) or "aws sso login", then run this again with AWS_PROFILE or --profile; to try sso-reconcile without an account, add --sandbox',
  },
  {
    code: 'aws-credentials',
    names: /^(ExpiredToken|ExpiredTokenException|RequestExpired)$/,
    says: 'was refused: the credentials have expired',
    hint: () => 'log in again ("aws login" or "aws sso login") and run this again',
  },
  {
    code: 'aws-credentials',
    names:
      /^(UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch|MissingAuthenticationToken(Exception)?|IncompleteSignature)$/,
    says: 'was refused: AWS does not recognise the credentials',
    hint: () =>
      'check which credentials are used with "aws sts get-caller-identity"; leftover access keys in the environment or in ~/.aws/credentials are the usual cause',
  },
  {
    code: 'aws-no-organization',
    names: /^AWSOrganizationsNotInUseException$/,
    says: 'reports that this account is not in an organization',
    hint: (_action, { region }) =>
      `run sso-reconcile apply, which offers to create it, or enable IAM Identity Center with AWS Organizations in the console: ${consolePage(region)} (${enabling}); on the Free plan, upgrade to Paid first, because creating an organization ends its credits`,
  },
  {
    code: 'aws-access-denied',
    names: /^(AccessDenied|AccessDeniedException|AuthorizationError|UnauthorizedOperation|ForbiddenException)$/,
    says: 'was denied',
    hint: (action) =>
      `give the caller the permission ${action}, or run this as an administrator of the management account`,
  },
  {
    code: 'aws-not-found',
    names: /^(ResourceNotFoundException|NoSuchEntity(Exception)?|AccountNotRegisteredException)$/,
    says: 'found no such resource',
    hint: () => 'it was deleted in the meantime, or the region is wrong; run plan again',
  },
  {
    code: 'aws-taken',
    names: /^ConflictException$/,
    reason: 'UNIQUENESS_CONSTRAINT_VIOLATION',
    says: 'found that the name or another unique value is taken',
    hint: () => 'run plan again to see what uses it; names that differ only in case are the same name',
  },
  {
    code: 'aws-taken',
    names: /^AccountAlreadyRegisteredException$/,
    says: 'found that an account is registered already',
    hint: () => 'run plan again to see which',
  },
  {
    code: 'aws-conflict',
    names: /^(ConflictException|ConcurrentModificationException)$/,
    says: 'conflicts with something that exists or is still changing',
    hint: () => 'run plan again to see the current state',
  },
  {
    code: 'aws-quota',
    names: /^(ServiceQuotaExceededException|LimitExceededException)$/,
    says: 'would exceed a quota',
    hint: () => 'remove what is not needed, or request a higher quota in the Service Quotas console',
  },
  {
    code: 'aws-throttled',
    names: /^(ThrottlingException|TooManyRequestsException|Throttling|RequestLimitExceeded)$/,
    says: 'was throttled on every retry',
    hint: () => 'another tool may be using the same account; wait a minute and run this again',
  },
  {
    code: 'aws-validation',
    names:
      /^(ValidationException|InvalidInputException|InvalidParameterException|ConstraintViolationException|AccountNotFoundException)$/,
    says: 'was refused as invalid',
    hint: () => 'correct the value that AWS reports and run plan again',
  },
  {
    code: 'aws-error',
    names: /^AnswerTooLong$/,
    says: 'got an endless response',
    hint: () => 'AWS sends no such response: check AWS_ENDPOINT_URL and what answers there',
  },
  {
    code: 'aws-unreachable',
    names: /^TimeoutError$/,
    // The SDK gives all that takes too long one name: these are its words for a server that was reached and does not answer.
    text: /requestTimeout|of inactivity/,
    says: (thrown) => `got no response within ${waited(thrown, requestTimeout)}`,
    hint: (_action, route) =>
      `the connection works but the response is slow: check AWS Health for ${route.region}, or AWS_ENDPOINT_URL if it is set; running this again is safe`,
  },
  {
    code: 'aws-unreachable',
    names: /^TimeoutError$/,
    text: /did not establish a connection/,
    says: (thrown) => `could not be sent: no connection within ${waited(thrown, connectionTimeout)}`,
    hint: (_action, route) =>
      `check the network, proxies and firewalls, the region (${route.region}) and AWS_ENDPOINT_URL if it is set; running this again is safe`,
  },
  {
    code: 'aws-unreachable',
    names:
      /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|TimeoutError|NetworkingError|AggregateError)$/,
    says: 'got no response',
    hint: (_action, route, access) =>
      `check the network, the region (${route.region}) and AWS_ENDPOINT_URL if it is set; ${access === 'write' ? 'whether it was carried out is unknown; ' : ''}running this again is safe`,
  },
]

/** Turns whatever the SDK threw into a refusal that keeps AWS's own words and names the next step. */
export function translate(thrown: unknown, operation: OperationName, route: Route): Refusal {
  const name = errorName(thrown)
  const action = actionOf(operation)
  const ended = endedLogin(thrown, route)
  if (ended !== undefined) return loginEnded(ended, action, thrown)
  const { Reason: reason } = thrown as { Reason?: string }
  const text = oneLine(thrown instanceof Error ? thrown.message : String(thrown))
  // Nothing in a list tells of what kind an instance is; what it cannot do does.
  if (/not supported for account instances/i.test(text))
    return new Refusal(accountInstance(route.region), { cause: thrown })
  const entry = entryFor(name, reason, text)
  const says = entry?.says ?? 'failed'
  return new Refusal(
    {
      severity: 'error',
      code: entry?.code ?? 'aws-error',
      message: `${action} ${typeof says === 'string' ? says : says(thrown)} (${[name, reason].filter(Boolean).join(', ')}${text ? `: ${text}` : ''})`,
      hint:
        entry?.hint(action, route, (operations[operation] as Definition).access) ??
        'run this again; if it persists, search for the operation and error name above',
    },
    { cause: thrown },
  )
}

/** Said by the SDK of the cache of logins, and by the portal of a login that was ended elsewhere (GetRoleCredentials). */
const loginTrouble =
  /SSO session (?:token )?associated with|Token is expired|refresh this SSO session|Session token not found or invalid/

// The SDK's own words, in its packages for SSO credentials and tokens. They advise a command of the AWS CLI, which need not be there.
function endedLogin(thrown: unknown, { profile }: Route): string | undefined {
  if (!(thrown instanceof Error) || !/^(?:CredentialsProvider|TokenProvider)Error$/.test(thrown.name)) return undefined
  if (!loginTrouble.test(thrown.message)) return undefined
  // A name may hold spaces, and a profile may sign in through another one.
  if (profile !== undefined && thrown.message.includes(`profile=${profile} `)) return profile
  return /associated with profile=(\S+)/.exec(thrown.message)?.[1] ?? profile ?? 'default'
}

function loginEnded(profile: string, action: string, cause: unknown): Refusal {
  const message = `${action} could not be sent: your login to ${profile} has ended`
  return new Refusal({ severity: 'error', code: 'aws-credentials', message, hint: loginAdvice(profile) }, { cause })
}

function entryFor(name: string, reason: string | undefined, text: string): Omit<Known, 'names'> | undefined {
  // What a key stands in the way of is neither denied, nor absent, nor invalid: whoever asks must not take it for that.
  const trouble = keyTrouble(name, reason, text)
  if (trouble) return { ...trouble, hint: () => trouble.hint }
  return known.find(
    (one) => one.names.test(name) && (one.reason ?? reason) === reason && (one.text?.test(text) ?? true),
  )
}

function errorName(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'UnknownError'
  const code = (thrown as NodeJS.ErrnoException).code
  return thrown.name === 'Error' && code ? code : thrown.name
}
