import { address, nameOf } from '../../model/address.ts'
import type { Facts } from '../../model/facts.ts'
import { plainUrl, signInRegion, startUrls } from '../../model/portal.ts'
import type { SectionSpec } from '../../model/specs.ts'
import type { Entry, State } from '../../model/state.ts'
import type { Found } from '../adoption.ts'

/** The session of this machine that signs in to the Identity Center of a look, and others that could be meant. */
export interface Portal {
  readonly session?: { readonly name: string; readonly spec: SectionSpec }
  /** Names of sessions that were left aside. */
  readonly others: readonly string[]
  /** True for a start URL of the same Identity Center. */
  readonly isOurs: (startUrl: string) => boolean
}

/**
 * Finds the session by its start URL; one with a customised URL by its region and by profiles whose accounts are all in the
 * organization. Every Region of the instance signs in to it; the home one goes first. Without a look at AWS every session counts. Of
 * several, the one most profiles use.
 */
export function portal({ facts, live }: Found): Portal {
  const known = new Set(portalUrls(facts))
  const isOurs = (url: string) => known.has(plainUrl(url))
  const profiles = [...live.profile.values()].map(({ spec }) => spec)
  const uses = (name: string) => profiles.filter(({ sso_session }) => sso_session === name)
  const fits = ({ name, spec }: { name: string; spec: SectionSpec }) => {
    if (!facts.instance) return true
    if (isOurs(spec.sso_start_url ?? '')) return true
    const accounts = uses(name).map(({ sso_account_id }) => sso_account_id)
    const members = accounts.every((id) => facts.accounts.some((one) => one.id === id))
    return servesHere(spec.sso_region, facts) && accounts.length > 0 && members
  }
  const here = ({ spec }: { spec: SectionSpec }) => spec.sso_region === facts.region
  const own = ({ mark, odd }: Entry) => !odd && (mark === undefined || mark === facts.owner)
  const sessions = [...live['sso-session']]
    .filter(([, entry]) => own(entry))
    .map(([at, { spec }]) => ({ name: nameOf(at), spec }))
    .filter(fits)
    .sort(
      (a, b) =>
        Number(here(b)) - Number(here(a)) || uses(b.name).length - uses(a.name).length || (a.name < b.name ? -1 : 1),
    )
  const exact = sessions.filter(({ spec }) => isOurs(spec.sso_start_url ?? ''))
  const [session, ...others] = [...exact, ...sessions.filter((one) => !exact.includes(one))]
  const url = session?.spec.sso_start_url
  return {
    ...(session ? { session } : {}),
    others: others.map(({ name }) => name),
    isOurs: (one) => isOurs(one) || (url !== undefined && plainUrl(url) === plainUrl(one)),
  }
}

/** Start URLs that lead to the Identity Center of a manifest, as far as they are known, as `plainUrl` gives them. */
export function portalUrls({ instance, region, regions, startUrl }: Facts): readonly string[] {
  const own = startUrl ? [plainUrl(startUrl)] : []
  if (!instance) return own
  const parts = { instance: instance.arn, store: instance.identity_store_id, region, ...(regions ? { regions } : {}) }
  return [...own, ...startUrls(parts)]
}

/** True for a Region in which the instance of a look has a portal. */
function servesHere(ssoRegion: string | undefined, { region, regions = [region] }: Facts): boolean {
  return ssoRegion !== undefined && regions.includes(ssoRegion)
}

/** Why a session is not one to write down; undefined in the home Region, and in an additional one that its start URL names. */
export function otherRegion({ sso_start_url, sso_region }: SectionSpec, facts: Facts): string | undefined {
  const written = signInRegion(sso_start_url, facts.region)
  if (!servesHere(sso_region, facts)) return `its sso_region is ${sso_region ?? 'missing'}, not ${facts.region}`
  if (sso_region === written) return undefined
  return `its sso_region is ${sso_region}, and its start URL is one of ${written}, which apply would write`
}

/** Address of the session of a portal. */
export function sessionAddress({ session }: Portal) {
  return session && address('sso-session', session.name)
}

/** What the sections of this machine say of a session. */
export function sessionNamed(here: Partial<State>, name: string): SectionSpec | undefined {
  return here['sso-session']?.get(address('sso-session', name))?.spec
}

/** What the sections of this machine say of a profile. */
export function profileNamed(here: Partial<State>, name: string): SectionSpec | undefined {
  return here.profile?.get(address('profile', name))?.spec
}

/** Ids of the accounts that profiles of this machine name. */
export function accountsNamed(here: Partial<State>): readonly string[] {
  return [...(here.profile?.values() ?? [])].flatMap(({ spec }) => spec.sso_account_id ?? [])
}
