import { type Address, address, nameOf } from '../../model/address.ts'
import { error } from '../../model/diagnostic.ts'
import type { JsonObject } from '../../model/json.ts'
import { exampleStartUrl, signInRegion } from '../../model/portal.ts'
import type { DeleteContext } from '../contexts.ts'
import type { LocalKind } from '../kind.ts'
import { profile } from '../profile/profile.ts'
import { listedAsAbsent } from '../shared/absent.ts'
import { asWritten } from '../shared/as-written.ts'
import { awsConfig, isOwnKey, readSections } from '../shared/aws-config.ts'
import { withPosition } from '../shared/desired.ts'
import { foreignSection } from '../shared/foreign-section.ts'

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
  ignore: { never: 'sections of others on this machine are never reported' },
  adopt: { never: 'it is written with the profiles that use it' },
  files: [awsConfig.name],
  fileOf: () => awsConfig.name,
  complete: false,
  tells: isOwnKey,

  desired(loaded, { region, startUrl, owner }) {
    const { local, identity_center } = loaded.manifest
    if (!local?.sso_session) return new Map()
    const { start_url } = identity_center
    const entry = {
      spec: { ...(start_url ? { sso_start_url: start_url } : {}), sso_region: region },
      mark: owner,
      fills: { ...(startUrl ? { sso_start_url: startUrl } : {}), sso_registration_scopes: 'sso:account:access' },
    }
    return new Map([[address('sso-session', local.sso_session), withPosition(loaded, ['local', 'sso_session'], entry)]])
  },

  // An instance has a portal in each of its Regions, so a start URL that names one is kept together with it.
  refine(at, entry, { live }) {
    const there = live['sso-session'].get(at)
    const { sso_start_url, sso_region = '' } = { ...there?.spec, ...entry.spec }
    const spec = { ...entry.spec, sso_region: signInRegion(sso_start_url, sso_region) }
    return there && there.mark === undefined
      ? { ...entry, spec, fills: withoutScopes(entry.fills) }
      : { ...entry, spec }
  },

  live: (text, file) => readSections('sso-session', text, file),

  deleteReason(at, { mark }, context) {
    const { manifest, facts } = context
    const ours = mark === facts.owner && manifest.manifest.local?.sso_session && !usedByOthers(at, context)
    return (
      listedAsAbsent('sso_sessions', at, manifest) ?? (ours ? { reason: `no longer in ${manifest.file}` } : undefined)
    )
  },

  // Without it no profile can be written without AWS.
  asksAws: ({ manifest }) => !manifest.identity_center.start_url,
  // Sections of ours that cannot be said again would be removed as soon as there is a local section.
  excluded: () => ({ about: 'local', treatment: 'out' }),

  needs: () => [],

  conflicts(at, desired, live, changing) {
    const { spec, fills, at: place } = desired
    const foreign = foreignSection(at, desired, live.get(at), changing)
    const known = spec.sso_start_url ?? fills?.sso_start_url ?? live.get(at)?.spec.sso_start_url
    if (known) return foreign
    return [
      ...foreign,
      error('start-url-unknown', `the start URL of sso-session ${nameOf(at)} is not known offline`, {
        hint: `add start_url: ${exampleStartUrl(spec.sso_region ?? '')} under identity_center (the AWS access portal URL in the console), or run without --only local`,
        ...(place ? { at: place } : {}),
      }),
    ]
  },
}

/**
 * A session that a person wrote without scopes signs in all the same, and the manifest has no key for scopes: a plan that adds them
 * could not be answered by a change of the file. What sso-reconcile created gets them back.
 */
function withoutScopes({ sso_registration_scopes: _scopes, ...fills }: JsonObject = {}): JsonObject {
  return fills
}

/** True where a profile that stays still signs in through the session: it is left alone with it. */
function usedByOthers(session: Address, context: DeleteContext): boolean {
  const { live, desired } = context
  return [...live.profile].some(([at, entry]) => {
    const uses = profile.needs(at, entry.spec).includes(session)
    return uses && !desired.profile.has(at) && profile.deleteReason(at, entry, context) === undefined
  })
}
