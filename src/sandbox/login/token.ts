import { createHash } from 'node:crypto'
import type { JsonObject } from '../../model/json.ts'
import type { ClientRow, GrantRow, SessionRow } from '../state/login-tables.ts'
import type { LoginContext } from './context.ts'
import { oidcError } from './errors.ts'
import { beginSession, renewSession } from './session.ts'

type Redeem = (context: LoginContext, client: ClientRow, input: JsonObject) => SessionRow

/** Ways to get a token, by the grant type that names them. */
export const grantTypes: Readonly<Record<string, Redeem>> = {
  'urn:ietf:params:oauth:grant-type:device_code': (context, client, input) => {
    const grant = grantFor(context, client, input.deviceCode)
    if (grant.expires <= context.now) throw oidcError('ExpiredTokenException', 'The device code has expired')
    if (grant.denied) throw oidcError('AccessDeniedException', 'The request was denied')
    if (grant.user === undefined)
      throw oidcError('AuthorizationPendingException', 'The request has not been approved yet')
    return redeem(context, client, grant, grant.user)
  },
  authorization_code: (context, client, input) => {
    const grant = grantFor(context, client, input.code)
    const proof = createHash('sha256')
      .update(String(input.codeVerifier ?? ''))
      .digest('base64url')
    const isOurs = grant.redirectUri === input.redirectUri && grant.challenge === proof
    if (!isOurs || grant.user === undefined || grant.expires <= context.now) {
      throw oidcError('InvalidGrantException', 'The authorization code does not match the request it was given for')
    }
    return redeem(context, client, grant, grant.user)
  },
  refresh_token: (context, client, input) => {
    const session = [...context.state.rows('sessions').values()].find(
      (one) => one.refreshToken === input.refreshToken && one.client === client.id,
    )
    const user = session && context.state.rows('users').get(session.user)
    if (!session || session.ends <= context.now || user?.UserStatus !== 'ENABLED') {
      throw oidcError('InvalidGrantException', 'The refresh token is unknown or its session has ended')
    }
    return renewSession(context.state, session, context.now, context.random)
  },
}

function grantFor({ state }: LoginContext, client: ClientRow, code: unknown): GrantRow {
  const grant = state.rows('grants').get(String(code))
  if (!grant || grant.client !== client.id) throw oidcError('InvalidGrantException', 'The code is unknown')
  return grant
}

/** A code works once. */
function redeem(context: LoginContext, client: ClientRow, grant: GrantRow, user: string): SessionRow {
  context.state.remove('grants', grant.code)
  return beginSession(context.state, user, client.id, context.now, context.random)
}
