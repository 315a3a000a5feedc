import type { CachedToken } from '../local/identity/token-cache.ts'
import { samePortal } from '../model/same-portal.ts'
import type { SsoSession } from './sso-profile.ts'

/**
 * For what else than its session a cached login is, as a sentence part; undefined when it is for this one. A login
 * that names a portal of which nobody can tell whether it is the same is taken for none to this one; of one that names none, only
 * the portal itself can tell. Pure.
 */
export function elsewhere(session: SsoSession, token: CachedToken): string | undefined {
  const parts = [...otherPortal(session, token), ...otherRegion(session, token)]
  return parts.length > 0 ? parts.join(' and ') : undefined
}

function otherPortal({ startUrl: mine }: SsoSession, { startUrl }: CachedToken): readonly string[] {
  if (mine === undefined || startUrl === undefined) return []
  const same = samePortal(startUrl, mine)
  if (same) return []
  return [`${same === undefined ? 'what may be another portal: ' : ''}start URL ${startUrl}, not ${mine}`]
}

// The tools ask the portal of the session's Region, which knows nothing of a login made in another one.
function otherRegion({ region: mine }: SsoSession, { region }: CachedToken): readonly string[] {
  return mine !== undefined && region !== undefined && region !== mine ? [`Region ${region}, not ${mine}`] : []
}
