import { moment, span } from '../doctor/words.ts'
import type { TokenRead } from '../local/token-cache.ts'
import type { SsoProfile } from '../login/sso-profile.ts'
import type { JsonObject } from '../model/json.ts'

/** A login that works. */
export interface LoginState {
  /** The profile that was asked for; another one may be the source of its credentials. */
  readonly name: string
  readonly profile: SsoProfile
  readonly token: TokenRead
  readonly now: Date
}

/** One line for a person. Pure. */
export function loginText({ name, profile, token, now }: LoginState): string {
  const ends = typeof token === 'object' ? token.expiresAt : undefined
  const until = ends ? `; access token until ${moment(ends)} (${span(now, ends)} left)` : ''
  const then = profile.session.legacy ? '' : ', renewed without a browser while the portal session lives'
  return `${name}: logged in to ${profile.session.key}${until}${then}\n`
}

/** The same as data, without anything secret. Pure. */
export function loginJson({ name, profile, token }: LoginState, toolVersion: string): JsonObject {
  const { session, account, role } = profile
  const ends = typeof token === 'object' ? token.expiresAt : undefined
  return {
    format_version: 1,
    tool_version: toolVersion,
    profile: name,
    session: session.key,
    ...(account ? { account } : {}),
    ...(role ? { permission_set: role } : {}),
    logged_in: true,
    ...(ends ? { expires_at: ends.toISOString() } : {}),
  }
}
