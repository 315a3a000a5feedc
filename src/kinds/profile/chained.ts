import { parseDuration } from '../../manifest/duration.ts'
import type { LoadedManifest } from '../../manifest/load.ts'
import type { Profile } from '../../manifest/types.ts'
import { type Address, address, nameOf } from '../../model/address.ts'
import { type Diagnostic, error, type Position, warning } from '../../model/diagnostic.ts'
import type { SectionSpec } from '../../model/specs.ts'
import type { Entries, Entry } from '../../model/state.ts'

/** A profile that takes a role through another profile. */
export interface ChainedProfile extends Profile {
  readonly source: string
  readonly role_arn: string
}

/** True for a profile that takes a role through another profile. */
export function isChained(row: Profile): row is ChainedProfile {
  return row.source !== undefined && row.role_arn !== undefined
}

/** Keys that sign a section in by itself: beside a role they are refused by the AWS CLI, or win in one tool and not in another. */
const signIn = [
  'sso_session',
  'sso_account_id',
  'sso_role_name',
  'sso_start_url',
  'sso_region',
  'credential_source',
  'web_identity_token_file',
  'credential_process',
  'login_session',
]

/** Keys of the section of a chained profile; what signs in by itself is cleared. An empty text clears too. */
export function chainedKeys(row: ChainedProfile): SectionSpec {
  const { source, role_arn, external_id, mfa_serial, role_session_name, duration } = row
  const seconds = duration === undefined ? undefined : parseDuration(duration)
  return {
    ...Object.fromEntries(signIn.map((key) => [key, ''])),
    source_profile: source,
    role_arn,
    ...(external_id === undefined ? {} : { external_id }),
    ...(mfa_serial === undefined ? {} : { mfa_serial }),
    ...(role_session_name === undefined ? {} : { role_session_name }),
    ...(seconds === undefined ? {} : { duration_seconds: String(seconds) }),
  }
}

/** What is known of the sections that chained profiles may take their credentials from. */
export interface Sources {
  readonly desired: Entries<'profile'>
  readonly live: Entries<'profile'>
  /** Names of the sections of the credentials file; undefined where it cannot be read. */
  readonly stored: ReadonlySet<string> | undefined
  /** False where profiles may be generated that nobody knows yet. */
  readonly complete: boolean
}

/** What is wrong with the sources of chained profiles. Pure. */
export function sourceProblems(loaded: LoadedManifest, { desired, live, stored, complete }: Sources): Diagnostic[] {
  const rows = Object.entries(loaded.manifest.local?.profiles ?? {})
  return rows.flatMap(([name, row]) => {
    if (!isChained(row)) return []
    const at = loaded.position(['local', 'profiles', name, 'source'])
    const chain = { name, source: row.source, ...(at ? { at } : {}) }
    const source = address('profile', row.source)
    if (desired.has(source)) return []
    const found = live.get(source)
    if (found) return brokenChain(chain, found, live)
    if (stored?.has(row.source)) return []
    return [complete && stored ? noSource(chain, loaded.file) : noSourceYet(chain)]
  })
}

interface Chain {
  readonly name: string
  readonly source: string
  readonly at?: Position
}

function noSource({ name, source, ...place }: Chain, file: string): Diagnostic {
  const message = `profile ${name} takes its role through profile ${source}, which neither ${file} nor ~/.aws/config has`
  return error('source-unknown', message, {
    hint: `declare ${source} under local.profiles, or name a profile that exists`,
    ...place,
  })
}

// What is generated may hold it once it can be read.
function noSourceYet({ name, source, ...place }: Chain): Diagnostic {
  const message = `profile ${name} works once there is a profile ${source}, through which it takes its role; no profile is called so yet`
  return warning('source-unknown', message, {
    hint: `if ${source} is to be generated, do what the message about generated profiles says; else declare it under local.profiles`,
    unmet: address('profile', name),
    ...place,
  })
}

/** Steps that are followed before a chain counts as a circle. */
const longest = 20

// Sections of a person's own may lead back to where they began; nothing ever signs in then.
function brokenChain(
  { name, source, ...place }: Chain,
  first: Entry<'profile'>,
  live: Entries<'profile'>,
): Diagnostic[] {
  const passed: string[] = [source]
  for (let { spec } = first; passed.length < longest; ) {
    const { source_profile: next } = spec
    if (next === undefined || next === '' || next === passed.at(-1)) return []
    if (next === name || passed.includes(next)) break
    const entry = live.get(address('profile', next))
    if (!entry) return []
    passed.push(next)
    spec = entry.spec
  }
  const message = `profile ${name} takes its role through ${passed.join(', then ')}, which leads back and never signs in`
  return [error('source-circle', message, { hint: 'let the last of them sign in by itself', ...place })]
}

/** The profile that a section takes its credentials from, by its keys; none for a section that names itself. */
export function sourceOf(at: Address, { source_profile: source }: SectionSpec): Address | undefined {
  return source && source !== nameOf(at) ? address('profile', source) : undefined
}
