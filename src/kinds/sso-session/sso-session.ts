import type { Manifest } from '../../manifest/types.ts'
import { type Address, address, nameOf } from '../../model/address.ts'
import { label } from '../../model/console.ts'
import { type Diagnostic, error } from '../../model/diagnostic.ts'
import type { Facts } from '../../model/facts.ts'
import type { JsonObject } from '../../model/json.ts'
import { exampleStartUrl } from '../../model/portal.ts'
import { samePortal } from '../../model/same-portal.ts'
import type { State } from '../../model/state.ts'
import { whosePortal } from '../../model/whose-portal.ts'
import { listed } from '../../text/list.ts'
import type { DeleteContext, LiveContext } from '../contexts.ts'
import type { LocalKind } from '../kind.ts'
import { profile } from '../profile/profile.ts'
import { listedAsAbsent } from '../shared/absent.ts'
import { asWritten } from '../shared/as-written.ts'
import { awsConfig, isOwnKey, lostWith, readSections } from '../shared/aws-config.ts'
import { withPosition } from '../shared/desired.ts'
import { foreignSection } from '../shared/foreign-section.ts'
import { isOurSession, type PortalContext, portalStanding } from '../shared/own-portal.ts'
import { sessionKeys, sessionOf } from '../shared/session-keys.ts'

/** The `[sso-session]` section: one Identity Center, which every profile of the manifest refers to. */
export const ssoSession: LocalKind<'sso-session'> = {
  name: 'sso-session',
  title: 'This machine (~/.aws/config)',
  sections: ['local', 'absent.sso_sessions'],
  summary: 'the `[sso-session]` section of `~/.aws/config`',
  side: 'local',
  after: [],
  addressSays: 'name',
  words: asWritten,
  ignore: { never: 'sections that sso-reconcile does not manage are not reported' },
  takesLive: { never: 'every profile uses it', instead: 'change identity_center or local.sso_session by hand' },
  adopt: { never: 'it is written with the profiles that use it' },
  files: [awsConfig.name],
  fileOf: () => awsConfig.name,
  complete: false,
  tells: isOwnKey,

  desired(loaded, { region, startUrl, owner }) {
    const { local, identity_center } = loaded.manifest
    if (!local?.sso_session || asksForNone(local)) return new Map()
    const { start_url } = identity_center
    const entry = {
      spec: { ...(start_url ? { sso_start_url: start_url } : {}), sso_region: region },
      mark: owner,
      fills: { ...(startUrl ? { sso_start_url: startUrl } : {}), sso_registration_scopes: 'sso:account:access' },
    }
    return new Map([[address('sso-session', local.sso_session), withPosition(loaded, ['local', 'sso_session'], entry)]])
  },

  refine(at, entry, { manifest, facts, live }) {
    const there = live['sso-session'].get(at)
    const { sso_region = facts.region } = sessionKeys(manifest.manifest, facts, live)
    const fills = there && there.mark === undefined ? withoutScopes(entry.fills) : entry.fills
    return { ...entry, spec: { ...entry.spec, sso_region }, ...(fills ? { fills } : {}) }
  },

  problems: repointed,

  live: (text, file) => readSections('sso-session', text, file),

  deleteReason(at, { mark }, context) {
    const { manifest, facts } = context
    const { local } = manifest.manifest
    const isAsked = local?.sso_session !== undefined || asksForNone(local)
    const isOurs = mark === facts.owner && isAsked && isOurSession(nameOf(at), context)
    const ours = isOurs && usersOf(at, context).length === 0
    return (
      listedAsAbsent('sso_sessions', at, manifest) ?? (ours ? { reason: `no longer in ${manifest.file}` } : undefined)
    )
  },

  // Without it no profile can be written without AWS.
  asksAws: ({ manifest }) => !manifest.identity_center.start_url,
  // Sections of ours that cannot be said again would be removed as soon as there is a local section.
  excluded: () => ({ about: 'local', treatment: 'out' }),

  opensPortal: ({ verb }) => verb === 'create',
  needs: () => [],

  effect(verb, at, { before, after, live, facts }) {
    const going = live['sso-session'].get(at)
    if (verb === 'delete') return going && lostWith(going)
    return untold(before?.sso_start_url, after?.sso_start_url, facts)
  },

  conflicts(at, desired, live, changing) {
    const { spec, fills, at: place } = desired
    const foreign = foreignSection(at, desired, live.get(at), changing)
    const known = spec.sso_start_url ?? fills?.sso_start_url ?? live.get(at)?.spec.sso_start_url
    if (known) return foreign
    return [
      ...foreign,
      error('start-url-unknown', `the start URL of sso-session ${nameOf(at)} is not known offline`, {
        hint: `add start_url: ${exampleStartUrl(spec.sso_region ?? '')} under identity_center (${label('AWS access portal URL')} in the console): on a machine that is logged in, run sso-reconcile init (it writes it), commit, then pull here; or run without --only local`,
        ...(place ? { at: place } : {}),
      }),
    ]
  },
}

/** True where a manifest says that this machine is to have no profiles of its own: then it needs no session for them either. */
function asksForNone(local: Manifest['local']): boolean {
  const { profiles, generate } = local ?? {}
  return profiles !== undefined && generate === undefined && Object.keys(profiles).length === 0
}

/** That a new address has no id by which it could be told whose portal it is. */
function untold(
  before: string | undefined,
  after: string | undefined,
  { instance, region }: Facts,
): string | undefined {
  if (!after || after === before || !instance) return undefined
  const parts = { instance: instance.arn, store: instance.identity_store_id, region }
  if (whosePortal(after, parts) !== 'unknown') return undefined
  return `logins go to ${after}, a custom address: check that it is the portal of this Identity Center`
}

/**
 * A session that a person wrote without scopes signs in all the same, and the manifest has no key for scopes: a plan that adds them
 * could not be answered by a change of the file. What sso-reconcile created gets them back.
 */
function withoutScopes({ sso_registration_scopes: _scopes, ...fills }: JsonObject = {}): JsonObject {
  return fills
}

/** Profiles that sign in through the session, that the manifest does not ask for and that stay: it is left alone with them. */
function usersOf(session: Address, context: DeleteContext): readonly string[] {
  const { live, desired } = context
  return [...live.profile].flatMap(([at, entry]) => {
    const uses = [entry.spec, ...(entry.readings ?? [])].some(({ sso_session }) => sso_session === nameOf(session))
    const stays = !desired.profile.has(at) && profile.deleteReason(at, entry, context) === undefined
    return uses && stays ? [nameOf(at)] : []
  })
}

/**
 * A session that would lead elsewhere takes along everybody who signs in through it. Whoever the manifest does not speak of is named, and nothing
 * is changed; nor is a session of another portal taken for this one because its name is the same.
 */
function repointed(input: LiveContext & { readonly desired: State }): readonly Diagnostic[] {
  const { manifest, facts, live, desired } = input
  const at = sessionOf(manifest.manifest)
  const [there, entry] = [at && live['sso-session'].get(at), at && desired['sso-session'].get(at)]
  if (!at || !there || !entry) return []
  const [was, will] = [there.spec.sso_start_url, sessionKeys(manifest.manifest, facts, live).sso_start_url]
  const place = entry.at ? { at: entry.at } : {}
  if (was && was === will && portalStanding(was, input) === 'another')
    return [
      error('session-elsewhere', `sso-session ${nameOf(at)} points to ${was}, not to the portal of this manifest`, {
        hint: 'rename local.sso_session; or, to point the session here, set identity_center.start_url',
        ...place,
      }),
    ]
  if (!was || !will || leadsToSame(was, will, input)) return []
  const users = usersOf(at, { ...input, leaving: new Set() })
  if (users.length === 0) return []
  return [
    error(
      'session-shared',
      `sso-session ${nameOf(at)} points to ${was} and is used by ${listed(users, 5)}; this manifest would point it to ${will}`,
      {
        hint: 'rename local.sso_session, or declare those profiles under local.profiles to move them too',
        ...place,
      },
    ),
  ]
}

function leadsToSame(was: string, will: string, context: PortalContext): boolean {
  return samePortal(was, will) === true || [was, will].every((url) => portalStanding(url, context) === 'ours')
}
