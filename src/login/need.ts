import type { CachedToken, TokenRead } from '../local/identity/token-cache.ts'
import { elsewhere } from './elsewhere.ts'
import type { SsoSession } from './sso-profile.ts'

/** How a login stands, by what its cache says; `stale` may still be renewed without a browser. */
export type TokenStanding = 'good' | 'stale' | 'over'

/** A token that ends within this time is renewed first, as the SDKs do, so that what follows has time to work. */
const margin = 5 * 60_000

/** How a login stands. Pure. */
export function standing(token: TokenRead, now: Date): TokenStanding {
  if (typeof token === 'string' || !token.expiresAt) return 'over'
  const left = token.expiresAt.getTime() - now.getTime()
  if (left > margin) return 'good'
  if (isRenewable(token, now)) return 'stale'
  return left > 0 ? 'good' : 'over'
}

/** True while the access token itself works, as far as its cache knows. */
export function isUsable(token: TokenRead, now: Date): boolean {
  return typeof token !== 'string' && token.expiresAt !== undefined && token.expiresAt > now
}

/** True for a login that was made for another portal or Region than its session's, as far as it says for which. */
export function isElsewhere(session: SsoSession, token: TokenRead): boolean {
  return typeof token !== 'string' && elsewhere(session, token) !== undefined
}

function isRenewable({ renewableUntil }: CachedToken, now: Date): boolean {
  return renewableUntil !== undefined && renewableUntil > now
}

/** What became of a renewal: not tried, done, turned down by AWS, or not possible to ask for, with why. */
export type Renewal = 'none' | 'done' | 'refused' | { readonly failed: string }

/** What was learnt about a login before a new one is asked for. */
export interface Reasons {
  readonly session: SsoSession
  readonly token: TokenRead
  readonly now: Date
  /** `--force` was given. */
  readonly forced: boolean
  readonly renewal: Renewal
  /** The portal was asked and does not know the token. */
  readonly refused: boolean
}

/** Why a new login is needed: which of the three session clocks ran out, in one sentence. Pure. */
export function whyLogIn({ session, token, now, forced, renewal, refused }: Reasons): string {
  if (forced) return 'a new login was asked for (--force)'
  if (token === 'missing') return 'not logged in on this machine yet'
  if (typeof token === 'string') return 'the cached login cannot be read'
  const other = elsewhere(session, token)
  if (other !== undefined) return `the cached login is for ${other}`
  if (!token.expiresAt) return 'the cached login cannot be read'
  if (refused) return 'the portal session (clock 1 of 3) was ended early: the portal no longer accepts this login'
  const ended = `expired ${token.expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  if (session.legacy) return `the login ${ended}; a login without an sso-session lasts 8 hours and cannot be renewed`
  if (renewal === 'refused')
    return `the portal session (clock 1 of 3) has ended: the access token ${ended}, and AWS no longer renews it`
  if (typeof renewal === 'object')
    return `the access token (clock 2 of 3) ${ended}, and it could not be renewed: ${renewal.failed}`
  if (isRenewable(token, now)) return `the access token (clock 2 of 3) ${ended}`
  const why = token.renewableUntil
    ? 'the client registration needed to renew it has expired'
    : 'nothing to renew it with is cached'
  return `the access token (clock 2 of 3) ${ended}, and ${why}`
}
