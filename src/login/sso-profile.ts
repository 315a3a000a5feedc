import { type ConfigDocument, type ConfigSection, findSection } from '../local/aws-config/document.ts'
import { type Diagnostic, error, Refusal } from '../model/diagnostic.ts'
import { headerWithoutWord, nearProfile } from './near-profile.ts'

/** One login on this machine: an `[sso-session]`, or the start URL that a profile of the older form carries itself. */
export interface SsoSession {
  /** Name of the section; the start URL for the older form. The cache of the AWS CLI is keyed by it. */
  readonly key: string
  /** True for the older form, which lasts eight hours and is never renewed. */
  readonly legacy: boolean
  readonly startUrl?: string
  readonly region?: string
  /** Value of sso_registration_scopes; absent where there is none. */
  readonly scopes?: readonly string[]
}

/** A profile that signs in through Identity Center. */
export interface SsoProfile {
  readonly name: string
  readonly account?: string
  readonly role?: string
  readonly session: SsoSession
  /** True where the name is that of the session, and no profile is meant. */
  readonly alone?: true
}

/** The profile, or why it cannot sign in. */
export type FoundProfile = { readonly profile: SsoProfile } | { readonly refusal: Diagnostic }

/** How many `source_profile` steps are followed; real chains have one or two, and a circle has no end. */
const maxSteps = 5

/** Reads a profile the way the AWS CLI does; one that takes a role from another profile signs in as that other one. */
export function ssoProfile(document: ConfigDocument, name: string, steps = maxSteps): FoundProfile {
  try {
    const section = findSection(document, 'profile', name)
    if (!section) return { refusal: noProfile(document, name) }
    const value = reading(section)
    const source = value('source_profile')
    if (value('role_arn') && source && source !== name && steps > 0) return ssoProfile(document, source, steps - 1)
    const session = value('sso_session') ? namedSession(document, section) : legacySession(section)
    if ('refusal' in session) return session
    const [account, role] = [value('sso_account_id'), value('sso_role_name')]
    return { profile: { name, ...(account ? { account } : {}), ...(role ? { role } : {}), session } }
  } catch (thrown) {
    const [first] = thrown instanceof Refusal ? thrown.diagnostics : []
    if (first) return { refusal: first }
    throw thrown
  }
}

/** Profiles of the text that name a session or a start URL, in its order. */
export function ssoProfileNames({ sections }: ConfigDocument): readonly string[] {
  const mine = sections.filter(({ kind, options }) => {
    return kind === 'profile' && (options.has('sso_session') || options.has('sso_start_url'))
  })
  return [...new Set(mine.map(({ name }) => name))]
}

/** The `[sso-session]` of a name; a profile may refer to one that is not there. */
export function sessionNamed(document: ConfigDocument, name: string): SsoSession | undefined {
  const section = findSection(document, 'sso-session', name)
  return section && { key: name, legacy: false, ...portalOf(section), ...scopesOf(section) }
}

function scopesOf({ options }: ConfigSection): Pick<SsoSession, 'scopes'> {
  const written = options.get('sso_registration_scopes')?.value
  const scopes = written?.split(',').map((one) => one.trim())
  return scopes ? { scopes: scopes.filter((one) => one !== '') } : {}
}

function namedSession(document: ConfigDocument, section: ConfigSection): SsoSession | { refusal: Diagnostic } {
  const name = reading(section)('sso_session') ?? ''
  return (
    sessionNamed(document, name) ?? {
      refusal: error(
        'sso-session-missing',
        `profile ${section.name} names the sso-session ${name}, which does not exist`,
        {
          hint: 'write it with "sso-reconcile apply", or with "aws configure sso-session"',
          at: section.at,
        },
      ),
    }
  )
}

function legacySession(section: ConfigSection): SsoSession | { refusal: Diagnostic } {
  const portal = portalOf(section)
  if (portal.startUrl) return { key: portal.startUrl, legacy: true, ...portal }
  return {
    refusal: error('profile-without-sso', `profile ${section.name} does not sign in through Identity Center`, {
      hint: 'it has neither sso_session nor sso_start_url; declare it under local.profiles and run "sso-reconcile apply"',
      at: section.at,
    }),
  }
}

function portalOf(section: ConfigSection): Pick<SsoSession, 'startUrl' | 'region'> {
  const value = reading(section)
  const [startUrl, region] = [value('sso_start_url'), value('sso_region')]
  return { ...(startUrl ? { startUrl } : {}), ...(region ? { region } : {}) }
}

function reading({ options }: ConfigSection): (key: string) => string | undefined {
  return (key) => options.get(key)?.value || undefined
}

function noProfile(document: ConfigDocument, name: string): Diagnostic {
  const bare = headerWithoutWord(document, name)
  if (bare)
    return error('profile-without-word', `AWS tools do not read [${name}] as a profile; expected [profile ${name}]`, {
      hint: `write [profile ${name}] there`,
      at: bare,
    })
  const names = document.sections.filter(({ kind }) => kind === 'profile').map((one) => one.name)
  const near = nearProfile(name, names)
  const meant = near === undefined ? '' : `did you mean ${near}? Otherwise `
  return error('profile-missing', `there is no profile ${name} in ${document.file}`, {
    hint: `${meant}declare it under local.profiles and run "sso-reconcile apply", or correct the name`,
  })
}
