import type { Manifest } from '../../manifest/types.ts'
import { address } from '../../model/address.ts'
import type { Facts } from '../../model/facts.ts'
import { signInRegion } from '../../model/portal.ts'
import type { SectionSpec } from '../../model/specs.ts'
import type { State } from '../../model/state.ts'
import { sessionNamed } from './portal-session.ts'

/**
 * Start URL and Region of the manifest's session as they will be: what the manifest says, else what the section says, else what is known of the
 * instance. An instance has a portal in each of its Regions, so a start URL that names one is kept together with it. Pure.
 */
export function sessionKeys(
  { local, identity_center }: Manifest,
  { region, startUrl }: Facts,
  live: State,
): SectionSpec {
  const there = local?.sso_session ? sessionNamed(live, local.sso_session) : undefined
  const url = identity_center.start_url ?? there?.sso_start_url ?? startUrl
  return { ...(url ? { sso_start_url: url } : {}), sso_region: signInRegion(url, region) }
}

/** Address of the manifest's session. */
export function sessionOf({ local }: Manifest) {
  return local?.sso_session === undefined ? undefined : address('sso-session', local.sso_session)
}
