import { partitionOf } from '../partition.ts'
import { ServiceError } from '../service-error.ts'
import type { State } from '../state/state.ts'

/** Who makes a request, and to which Region, read from the signature's credential scope. */
export interface Caller {
  readonly account: string
  readonly arn: string
  readonly userId: string
  readonly region: string
}

const scope = /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request/

/**
 * The caller of a signed request. Credentials the portal handed out are known; an access key id of the form
 * `AKIA`, 12 digits, four characters is an IAM user of the account with that number; any other one is an IAM user of
 * the sandbox's own account. Signatures are not checked: dummy credentials have no agreed secret.
 * @throws ServiceError when there is no signature, or issued credentials are used with a wrong token or too late.
 */
export function callerOf(
  state: State,
  authorization: string | undefined,
  sessionToken: string | undefined,
  now: number,
): Caller {
  if (!authorization) throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token')
  const [, accessKey = '', , region = ''] = scope.exec(authorization) ?? []
  if (!accessKey) {
    throw new ServiceError('IncompleteSignatureException', 'Authorization header requires a SigV4 credential scope.')
  }
  const issued = state.rows('credentials').get(accessKey)
  if (!issued) return { ...iamUser(state, accessKey), region }
  if (issued.sessionToken !== sessionToken) {
    throw new ServiceError('UnrecognizedClientException', 'The security token included in the request is invalid.')
  }
  if (issued.expires <= now) {
    throw new ServiceError('ExpiredTokenException', 'The security token included in the request is expired')
  }
  const arn = `arn:${partitionOf(state)}:sts::${issued.account}:assumed-role/${issued.roleName}/${issued.userName}`
  return { account: issued.account, arn, userId: `AROA${accessKey.slice(4)}:${issued.userName}`, region }
}

function iamUser(state: State, accessKey: string): Omit<Caller, 'region'> {
  const home = state.rows('home').get('home')?.account ?? ''
  const account = /^AKIA(\d{12}).{4}$/.exec(accessKey)?.[1] ?? home
  return { account, arn: `arn:${partitionOf(state)}:iam::${account}:user/sandbox`, userId: 'AIDASANDBOX000000000' }
}
