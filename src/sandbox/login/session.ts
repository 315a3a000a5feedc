import { newId, type Random } from '../ids.ts'
import { ServiceError } from '../service-error.ts'
import type { SessionRow } from '../state/login-tables.ts'
import type { State } from '../state/state.ts'
import type { UserRow } from '../state/tables.ts'

/** Seconds an access token works. */
const tokenSeconds = 3600

/** Seconds a portal session lasts, as AWS has it by default. */
export const sessionSeconds = 8 * 3600

/** Starts a portal session for a user. */
export function beginSession(state: State, user: string, client: string, now: number, random: Random): SessionRow {
  forgetEnded(state, now)
  const session = {
    accessToken: newId.token(random),
    refreshToken: newId.token(random),
    client,
    user,
    expires: now + tokenSeconds,
    ends: now + sessionSeconds,
  }
  state.put('sessions', session.accessToken, session)
  return session
}

/** Drops sign-ins, sessions and credentials that nobody can use any more. */
export function forgetEnded(state: State, now: number): void {
  for (const { code, expires } of state.rows('grants').values())
    if (expires < now - graceSeconds) state.remove('grants', code)
  for (const { accessToken, ends } of state.rows('sessions').values())
    if (ends < now) state.remove('sessions', accessToken)
  for (const { accessKeyId, expires } of state.rows('credentials').values()) {
    if (expires < now - graceSeconds) state.remove('credentials', accessKeyId)
  }
}

/** What has expired is remembered for an hour, so that its user is told that it expired and not that it never was. */
const graceSeconds = 3600

/** Replaces the tokens of a session; its end stays. */
export function renewSession(state: State, old: SessionRow, now: number, random: Random): SessionRow {
  state.remove('sessions', old.accessToken)
  const expires = Math.min(now + tokenSeconds, old.ends)
  const renewed = { ...old, accessToken: newId.token(random), refreshToken: newId.token(random), expires }
  state.put('sessions', renewed.accessToken, renewed)
  return renewed
}

/** The user a token stands for while it works and the user exists. */
export function userOfToken(state: State, token: string | undefined, now: number): UserRow | undefined {
  const session = token === undefined ? undefined : state.rows('sessions').get(token)
  return session && session.expires > now ? state.rows('users').get(session.user) : undefined
}

/** The portal's answer to a token that does not work. */
export function unauthorized(): ServiceError {
  return new ServiceError('UnauthorizedException', 'Session token not found or invalid', {}, 401)
}
