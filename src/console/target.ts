import { type ConfigDocument, findSection } from '../local/aws-config/document.ts'
import { ssoProfile } from '../login/sso-profile.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import { type Diagnostic, error } from '../model/diagnostic.ts'
import { exampleStartUrl } from '../model/portal.ts'
import type { Place } from './link.ts'

/** What a profile is in the console: an account and a set, or a role that is taken from there. */
export interface Target extends Place {
  /** The profile that signs in: the one asked for, or the one at the end of its chain. */
  readonly name: string
  readonly startUrl: string
  readonly region: string
  /** Roles that are taken one after the other, the first from the place; the last is the profile's own. */
  readonly chain: readonly Link[]
}

/** One step of a chain. */
export interface Link {
  readonly profile: string
  readonly roleArn: string
  readonly externalId?: string
}

/** The target, or why there is none. */
export type FoundTarget = { readonly target: Target } | { readonly refusal: Diagnostic }

/** Where profiles are looked up: the manifest first, then the sections of `~/.aws/config`. */
export interface Books {
  readonly manifest?: LoadedManifest
  readonly config: ConfigDocument
}

/** More steps than any chain has that leads anywhere. */
const longest = 20

/** Follows a profile to where it signs in. Pure. */
export function targetOf(name: string, books: Books): FoundTarget {
  const chain: Link[] = []
  for (let at = name; chain.length < longest; ) {
    const step = chainedIn(at, books)
    if (!step) return signedIn(at, chain.reverse(), books)
    const { source, ...link } = step
    chain.push(link)
    at = source
  }
  return {
    refusal: error(
      'source-circle',
      `profile ${name} assumes its role through profiles that form a loop and never sign in`,
      {
        hint: 'give one of them an account and a permission set to sign in with',
      },
    ),
  }
}

function chainedIn(profile: string, { manifest, config }: Books): (Link & { readonly source: string }) | undefined {
  const row = manifest?.manifest.local?.profiles?.[profile]
  if (row) {
    const { source, role_arn: roleArn, external_id: externalId } = row
    return source && roleArn ? { profile, source, roleArn, ...(externalId ? { externalId } : {}) } : undefined
  }
  const value = valuesOf(config, 'profile', profile)
  const [source, roleArn, externalId] = [value('source_profile'), value('role_arn'), value('external_id')]
  if (!source || !roleArn || source === profile) return undefined
  return { profile, source, roleArn, ...(externalId ? { externalId } : {}) }
}

function signedIn(name: string, chain: readonly Link[], books: Books): FoundTarget {
  const declared = declaredPlace(name, books)
  if (declared) return withPortal({ ...declared, name, chain }, books)
  const found = ssoProfile(books.config, name)
  if ('refusal' in found) return found
  const { account, role, session } = found.profile
  if (!account || !role)
    return {
      refusal: error('profile-without-role', `profile ${name} has no account or no role in ${books.config.file}`, {
        hint: 'add sso_account_id and sso_role_name, or declare the profile under local.profiles',
      }),
    }
  const known = session.startUrl ? { startUrl: session.startUrl } : {}
  return withPortal({ account, role, name, chain, region: session.region ?? '', ...known }, books)
}

/** The place that the manifest gives a profile; undefined where it does not, or calls the account by a name that only AWS knows. */
function declaredPlace(name: string, { manifest }: Books): (Place & { readonly region: string }) | undefined {
  if (!manifest) return undefined
  const { local, accounts = {}, identity_center } = manifest.manifest
  const { account, permission_set: role } = local?.profiles?.[name] ?? {}
  if (typeof account !== 'string' || !role) return undefined
  const id = accounts[account] ?? account
  return /^\d{12}$/.test(id) ? { account: id, role, region: identity_center.region } : undefined
}

function withPortal(
  target: Omit<Target, 'startUrl'> & { readonly startUrl?: string },
  { manifest, config }: Books,
): FoundTarget {
  const session = manifest?.manifest.local?.sso_session
  const written = session === undefined ? undefined : valuesOf(config, 'sso-session', session)('sso_start_url')
  const startUrl = target.startUrl ?? manifest?.manifest.identity_center.start_url ?? written
  if (startUrl) return { target: { ...target, startUrl } }
  return {
    refusal: error('start-url-unknown', `the access portal of profile ${target.name} is not known`, {
      hint: `add start_url: ${exampleStartUrl(target.region)} under identity_center, or run sso-reconcile apply, which writes it into ${config.file}`,
    }),
  }
}

function valuesOf(config: ConfigDocument, kind: 'profile' | 'sso-session', name: string) {
  const options = findSection(config, kind, name)?.options
  return (key: string): string | undefined => options?.get(key)?.value || undefined
}
