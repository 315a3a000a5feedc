import { isProfileName, isSectionName } from '../../local/aws-config/values.ts'
import { address, nameOf } from '../../model/address.ts'
import type { Facts } from '../../model/facts.ts'
import { plainUrl, signInRegion, startUrls } from '../../model/portal.ts'
import { startUrlProblem } from '../../model/portal-address.ts'
import type { SectionSpec } from '../../model/specs.ts'
import type { Entry, State } from '../../model/state.ts'
import type { Found } from '../adoption.ts'

/** A session with its name. */
interface Session {
  readonly name: string
  readonly spec: SectionSpec
}

/** The session of this machine that signs in to the Identity Center of a look, and those that are left out. */
export interface Portal {
  readonly session?: Session
  /** Sessions that are not declared, each with why. */
  readonly others: readonly { readonly name: string; readonly why: string }[]
  /** The start URL that goes with it: of the session, else what AWS or another section of this machine says. */
  readonly startUrl?: string
  /** True for a start URL of the same Identity Center. */
  readonly isOurs: (startUrl: string) => boolean
}

/**
 * Finds the session by its start URL; one with a customised URL by its Region and by a profile whose account is in the organization,
 * for an account is in one organization only. Every Region of the instance signs in to it; the home one goes first. Without a look at
 * AWS every session counts. Of several, the one most profiles use; what a manifest cannot say of a session counts against it.
 */
export function portal(found: Found): Portal {
  const { facts, live, machine } = found
  const known = new Set(portalUrls(facts))
  const isExact = ({ spec }: Session) => known.has(plainUrl(spec.sso_start_url ?? ''))
  const rank = (one: Session) => [isExact(one), one.spec.sso_region === facts.region].map(Number)
  const uses = ({ name }: Session) => profilesOf(name, found).length
  const sessions = [...live['sso-session']]
    .map(([at, { spec, mark }]) => ({
      name: nameOf(at),
      spec,
      why: sessionProblem(nameOf(at), spec, mark, found, isExact),
    }))
    .sort((a, b) => compare(rank(b), rank(a)) || uses(b) - uses(a) || (a.name < b.name ? -1 : 1))
  const session = sessions.find(({ why }) => why === undefined)
  const rest = sessions.filter((one) => one !== session)
  const single = session ? `a manifest has one session, here ${session.name}` : ''
  const odd = [...(machine?.odd ?? [])].flatMap(([at, why]) =>
    at.startsWith('sso-session/') ? [{ name: nameOf(at), why }] : [],
  )
  const hint = facts.instance ? undefined : machine?.hints.find(({ region }) => region === facts.region)
  const url = session?.spec.sso_start_url ?? facts.startUrl ?? hint?.startUrl
  return {
    ...(url ? { startUrl: url } : {}),
    ...(session ? { session: { name: session.name, spec: session.spec } } : {}),
    others: [...rest.map(({ name, why = single }) => ({ name, why })), ...odd],
    isOurs: (one) => known.has(plainUrl(one)) || (url !== undefined && plainUrl(url) === plainUrl(one)),
  }
}

function compare(a: readonly number[], b: readonly number[]): number {
  return a.map((one, index) => one - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0
}

function profilesOf(session: string, { live }: Found): readonly SectionSpec[] {
  return [...live.profile.values()].flatMap(({ spec }) => (spec.sso_session === session ? [spec] : []))
}

/** Why no manifest for this Identity Center can declare a session; undefined for one that it can. */
function sessionProblem(
  name: string,
  spec: SectionSpec,
  mark: Entry['mark'],
  found: Found,
  isExact: (session: Session) => boolean,
): string | undefined {
  const { facts } = found
  const { sso_start_url: url } = spec
  if (mark !== undefined && mark !== facts.owner) return `it is managed by another manifest (${mark})`
  const unfit = nameProblem(name)
  if (unfit) return unfit
  if (!url) return 'it has no sso_start_url'
  const odd = startUrlProblem(url)
  if (odd !== undefined) return `its sso_start_url ${odd} (${url})`
  if (!facts.instance || isExact({ name, spec })) return otherRegion(spec, facts)
  const members = profilesOf(name, found).some(({ sso_account_id: id }) => facts.accounts.some((one) => one.id === id))
  if (!members)
    return `it signs in at ${url}, which may not be this Identity Center: none of its profiles uses an account of this organization`
  return otherRegion(spec, facts)
}

/** Why a section with such a name is not declared; undefined for a name that a manifest takes. */
export function nameProblem(name: string): string | undefined {
  if (!isSectionName(name)) return unfitName
  return isProfileName(name) ? undefined : 'its name begins with -, which commands read as an option; rename it'
}

const unfitName =
  'its name has a space or another character that some AWS tools cannot read; rename it using only letters, digits and _ @ + . % : / -'

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
function otherRegion({ sso_start_url, sso_region }: SectionSpec, facts: Facts): string | undefined {
  const written = signInRegion(sso_start_url, facts.region)
  if (!servesHere(sso_region, facts)) return `its sso_region is ${sso_region || 'missing'}, not ${facts.region}`
  if (sso_region === written) return undefined
  return `its sso_region is ${sso_region}, but its start URL belongs to ${written}; apply would change that`
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
  const named = [...(here.profile?.values() ?? [])].flatMap(({ spec }) => spec.sso_account_id ?? [])
  return named.filter((id) => /^\d{12}$/.test(id))
}
