import type { TokenRead } from '../local/identity/token-cache.ts'
import type { SsoProfile } from '../login/sso-profile.ts'
import type { JsonObject } from '../model/json.ts'
import { shown } from '../text/shown.ts'
import { moment, span } from '../text/time.ts'

/** A login that works. */
export interface LoginState {
  /** The profile that was asked for; another one may be the source of its credentials. */
  readonly name: string
  readonly profile: SsoProfile
  readonly token: TokenRead
  /** The portal was asked and takes it, or has just issued it; otherwise only the cache says that it works. */
  readonly checked: boolean
  readonly now: Date
  /** End of the role credentials that the AWS CLI keeps; absent when it keeps none. */
  readonly roleEnds?: Date
}

/** One line for a person. Pure. */
export function loginText({ name, profile, token, checked, now, roleEnds }: LoginState): string {
  const ends = typeof token === 'object' ? token.expiresAt : undefined
  const until = ends ? `; access token until ${moment(ends)} (${span(now, ends)} left)` : ''
  const then = profile.session.legacy ? '' : ', renewed without a browser while the portal session lasts'
  const sure = checked ? '' : ', according to the cache on this machine'
  const line = `${name}: logged in to ${profile.session.key}${sure}${until}${then}${roleEnds ? roleText(roleEnds, now) : ''}`
  return `${shown(line)}\n`
}

function roleText(ends: Date, now: Date): string {
  return ends > now
    ? `; role session until ${moment(ends)}`
    : `; the role session (clock 3 of 3) expired ${moment(ends)}; the next command starts a new one`
}

/** The same as data, without anything secret. Pure. */
export function loginJson({ name, profile, token, checked, roleEnds }: LoginState, toolVersion: string): JsonObject {
  const { session, account, role } = profile
  const ends = typeof token === 'object' ? token.expiresAt : undefined
  return {
    format_version: 1,
    tool_version: toolVersion,
    ...(profile.alone ? {} : { profile: name }),
    session: session.key,
    ...(account ? { account } : {}),
    ...(role ? { permission_set: role } : {}),
    logged_in: true,
    checked,
    ...(ends ? { expires_at: ends.toISOString() } : {}),
    ...(roleEnds ? { role_expires_at: roleEnds.toISOString() } : {}),
  }
}
