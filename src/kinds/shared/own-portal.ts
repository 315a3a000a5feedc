import { address } from '../../model/address.ts'
import { samePortal } from '../../model/same-portal.ts'
import type { SectionSpec } from '../../model/specs.ts'
import type { LiveContext } from '../contexts.ts'
import { portalUrls, profileNamed, sessionNamed } from './portal-session.ts'

/** What is known of the portal of a manifest and of this machine. */
export type PortalContext = Pick<LiveContext, 'manifest' | 'facts' | 'live'>

/** How a start URL on this machine relates to the Identity Center of the manifest; a customised one cannot be told without asking. */
export type PortalStanding = 'ours' | 'another' | 'unknown'

/** Whether a start URL leads to the Identity Center of the manifest. Pure. */
export function portalStanding(url: string | undefined, context: PortalContext): PortalStanding {
  if (!url) return 'unknown'
  const told = portalUrls(context.facts).map((one) => samePortal(one, url))
  if (told.includes(true)) return 'ours'
  return told.includes(false) ? 'another' : 'unknown'
}

/** How many profiles are followed to the one that signs in; real chains have one or two, and a circle has no end. */
const maxSteps = 5

/**
 * True where a profile of this machine surely signs in to the Identity Center of the manifest: through its session, or through one with its
 * start URL. A mark says which tool wrote a section, and manifests without a name share theirs. Pure.
 */
export function isOfOurPortal(spec: SectionSpec, context: PortalContext, steps = maxSteps): boolean {
  const { sso_session: session, sso_start_url: url, source_profile: source } = spec
  if (session) return isOurSession(session, context)
  if (url) return portalStanding(url, context) === 'ours'
  const next = source ? profileNamed(context.live, source) : undefined
  return next !== undefined && steps > 0 && isOfOurPortal(next, context, steps - 1)
}

/** True for the manifest's own session, and for any other with its start URL. */
export function isOurSession(name: string, context: PortalContext): boolean {
  const { local, identity_center } = context.manifest.manifest
  const live = context.live['sso-session'].get(address('sso-session', name))
  // No other manifest can have profiles of a session that is not there.
  if (!live) return name === local?.sso_session
  const standing = portalStanding(sessionNamed(context.live, name)?.sso_start_url, context)
  if (standing !== 'unknown') return standing === 'ours'
  // Where the manifest names no URL, whatever its session says is its portal.
  return name === local?.sso_session && identity_center.start_url === undefined
}

/** The sign-in of somebody else that a profile of this machine ends in. */
export interface OtherPortal {
  /** `another` where it surely is another Identity Center than the manifest's, `unknown` where that cannot be told. */
  readonly standing: Exclude<PortalStanding, 'ours'>
  readonly session?: string
  readonly startUrl?: string
}

/** Where a profile signs in, unless that is the portal of the manifest; undefined too for one that does not sign in through a portal. Pure. */
export function otherPortal(spec: SectionSpec, context: PortalContext): OtherPortal | undefined {
  const end = signInOf(spec, context.live)
  if (!end || isOfOurPortal(end, context)) return undefined
  const { sso_session: session } = end
  const startUrl = session ? sessionNamed(context.live, session)?.sso_start_url : end.sso_start_url
  const standing = portalStanding(startUrl, context) === 'another' ? 'another' : 'unknown'
  return { standing, ...(session ? { session } : {}), ...(startUrl ? { startUrl } : {}) }
}

function signInOf(spec: SectionSpec, live: LiveContext['live'], steps = maxSteps): SectionSpec | undefined {
  if (spec.sso_session || spec.sso_start_url) return spec
  const next = spec.source_profile ? profileNamed(live, spec.source_profile) : undefined
  return next && steps > 0 ? signInOf(next, live, steps - 1) : undefined
}
