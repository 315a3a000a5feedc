import { type ConfigDocument, findSection } from '../local/aws-config/document.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import type { Profile } from '../manifest/types.ts'
import { refusedWith } from '../model/diagnostic.ts'
import { plainUrl, signInRegion } from '../model/portal.ts'
import type { Evidence } from './evidence.ts'
import { type Finding, warn } from './finding.ts'
import { writing } from './words.ts'

/** What `~/.aws/config` says otherwise than the manifest, as far as it decides who one is and where. */
export function differences(evidence: Evidence, document: ConfigDocument): readonly Finding[] {
  const { manifest, cloud } = evidence
  if (!manifest?.manifest.local) return []
  const { sso_session, profiles = {} } = manifest.manifest.local
  const management =
    cloud?.organization && 'value' in cloud.organization ? cloud.organization.value.management : undefined
  const rows = [
    ...(sso_session ? compare(document, 'sso-session', sso_session, desiredSession(manifest, document)) : []),
    ...Object.entries(profiles).flatMap(([name, row]) =>
      compare(document, 'profile', name, desiredProfile(row, manifest, management)),
    ),
  ]
  if (rows.length === 0) return []
  const more = rows.length > 5 ? `; and ${rows.length - 5} more` : ''
  return [
    warn('config-differs', `${rows.slice(0, 5).join('; ')}${more}`, {
      text: 'see what would change',
      commands: [writing(evidence).replace(' apply', ' plan')],
    }),
  ]
}

type Desired = { readonly [key: string]: string }

function desiredSession({ manifest }: LoadedManifest, document: ConfigDocument): Desired {
  const { local, identity_center } = manifest
  const { region, start_url } = identity_center
  // A start URL that the manifest does not name stays as it is.
  const url = start_url ?? optionsOf(document, 'sso-session', local?.sso_session ?? '')?.get('sso_start_url')?.value
  return { sso_region: signInRegion(url, region), ...(start_url ? { sso_start_url: start_url } : {}) }
}

function desiredProfile(row: Profile, { manifest }: LoadedManifest, management?: string): Desired {
  const { account, permission_set = '', source, role_arn } = row
  if (source !== undefined && role_arn !== undefined) return { source_profile: source, role_arn }
  const known = typeof account === 'string' ? (manifest.accounts?.[account] ?? account) : ''
  const id = known === 'management' ? management : known
  const session = manifest.local?.sso_session
  return {
    ...(session ? { sso_session: session } : {}),
    ...(id && /^\d{12}$/.test(id) ? { sso_account_id: id } : {}),
    sso_role_name: permission_set,
  }
}

function compare(
  document: ConfigDocument,
  kind: 'profile' | 'sso-session',
  name: string,
  desired: Desired,
): readonly string[] {
  const options = optionsOf(document, kind, name)
  if (!options) return []
  return Object.entries(desired).flatMap(([key, value]) => {
    const found = options.get(key)?.value
    const same = key === 'sso_start_url' ? plainUrl(found ?? '') === plainUrl(value) : found === value
    return same ? [] : [`${kind} ${name}: ${key} is ${found ?? 'not set'}, the manifest says ${value}`]
  })
}

function optionsOf(document: ConfigDocument, kind: 'profile' | 'sso-session', name: string) {
  try {
    return findSection(document, kind, name)?.options
  } catch (thrown) {
    // A section that is written twice is told where profiles are looked at one by one.
    if (refusedWith(thrown, 'config-ambiguous-section') || refusedWith(thrown, 'config-odd-section')) return undefined
    throw thrown
  }
}
