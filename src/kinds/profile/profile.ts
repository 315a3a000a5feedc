import { credentialsPath } from '../../local/aws-config/paths.ts'
import { isProfileName } from '../../local/aws-config/values.ts'
import type { LoadedManifest } from '../../manifest/load.ts'
import type { Profile } from '../../manifest/types.ts'
import { type Address, address, nameOf } from '../../model/address.ts'
import { type Diagnostic, error } from '../../model/diagnostic.ts'
import type { Facts } from '../../model/facts.ts'
import type { SectionSpec } from '../../model/specs.ts'
import type { Entry } from '../../model/state.ts'
import { listed } from '../../text/list.ts'
import type { LocalKind } from '../kind.ts'
import { listedAsAbsent } from '../shared/absent.ts'
import { accountIds } from '../shared/account.ts'
import { asWritten } from '../shared/as-written.ts'
import { awsConfig, isOwnKey, lostWith, readSections } from '../shared/aws-config.ts'
import { withPosition } from '../shared/desired.ts'
import { foreignSection } from '../shared/foreign-section.ts'
import { isOfOurPortal } from '../shared/own-portal.ts'
import { sessionKeys } from '../shared/session-keys.ts'
import { takenOver } from '../shared/taken-over.ts'
import { adoptProfiles } from './adopt.ts'
import { asksAllowance, foreignRole, settingEffects } from './allowed.ts'
import { chainedKeys, isChained, sourceOf } from './chained.ts'
import { generation } from './generate.ts'
import { notes } from './notes.ts'
import { proof } from './proof.ts'
import { rivalsGone, withoutRivals } from './rivals.ts'
import { takeProfiles } from './take.ts'

/** `[profile]` sections: an account and a permission set behind a name that the AWS CLI and the SDKs understand. */
export const profile: LocalKind<'profile'> = {
  name: 'profile',
  title: 'This machine (~/.aws/config)',
  sections: ['local', 'absent.profiles'],
  summary: 'profiles in `~/.aws/config`',
  side: 'local',
  after: ['sso-session'],
  addressSays: 'name',
  words: asWritten,
  ignore: { never: 'sections that sso-reconcile does not manage are not reported' },
  adopt: adoptProfiles,
  takesLive: takeProfiles,
  files: [awsConfig.name],
  fileOf: () => awsConfig.name,
  complete: false,
  tells: isOwnKey,

  desired(loaded, facts) {
    const declared = Object.entries(loaded.manifest.local?.profiles ?? {})
    const generated = generation(loaded, facts).profiles.filter(({ name }) => isProfileName(name))
    return new Map([
      ...generated.map(({ name, account, permissionSet }) => {
        const entry = desiredProfile({ account, permission_set: permissionSet }, account, loaded, facts)
        return [address('profile', name), withPosition(loaded, ['local', 'generate'], entry)] as const
      }),
      ...declared.map(([name, row]) => {
        const entry = desiredProfile(row, accountOf(row, loaded, facts), loaded, facts)
        return [address('profile', name), withPosition(loaded, ['local', 'profiles', name], entry)] as const
      }),
    ])
  },

  // What repeats the session can stay for tools that know no sessions; the AWS CLI refuses anything else.
  refine(at, entry, { manifest, facts, live }) {
    if (entry.spec.role_arn) return entry
    const repeated = live.profile.get(at)?.spec ?? {}
    const session = sessionKeys(manifest.manifest, facts, live)
    const equal = Object.entries(session).filter(([key, value]) => value !== '' && repeated[key] === value)
    const same = new Set(equal.map(([key]) => key))
    const spec = Object.fromEntries(Object.entries(entry.spec).filter(([key, value]) => value !== '' || !same.has(key)))
    return { ...entry, spec }
  },

  problems: (input) => [...generation(input.manifest, input.facts).diagnostics, ...takenOver(input)],

  live: (text, file) => readSections('profile', text, file),

  deleteReason(at, { mark, spec }, context) {
    const { manifest, facts } = context
    const { profiles, generate } = manifest.manifest.local ?? {}
    // What cannot be told offline may well be desired.
    const isAsked = (profiles ?? generate) && generation(manifest, facts).complete
    const ours = isAsked && mark === facts.owner && isOfOurPortal(spec, context)
    const gone = generate
      ? `neither in ${manifest.file} nor in the access of ${generate.user ?? 'your login'}`
      : `no longer in ${manifest.file}`
    return listedAsAbsent('profiles', at, manifest) ?? (ours ? { reason: gone } : undefined)
  },

  asksAws(loaded, facts) {
    const profiles = Object.values(loaded.manifest.local?.profiles ?? {})
    return !profiles.every(({ account }) => account === undefined || accountIds(account, loaded, facts).length === 1)
  },
  asksPortal: ({ manifest }) => manifest.local?.generate?.from === 'portal',

  // Sections of ours that cannot be said again would be removed as soon as there is a local section.
  excluded: ({ address: at, verb }) => ({ about: verb === 'delete' ? 'local' : at, treatment: 'out' }),
  // A login is kept by the name of its session.
  logsIn: ({ verb, address: at, fields, after }) =>
    verb === 'create' || (after?.sso_session && fields.some(({ path }) => path === 'sso_session'))
      ? nameOf(at)
      : undefined,
  readsBeside: ({ env, home }) => [credentialsPath(env, home)],
  notes,
  proof,

  asksAllowance,

  effect(verb, at, { before, after, live, facts }) {
    const going = live.profile.get(at)
    if (verb === 'delete') return going && lostWith(going)
    const gone = rivalsGone(before, after)
    const foreign = foreignRole(before, after, facts)
    const told = [...(foreign === undefined ? [] : [foreign]), ...settingEffects(before, after)]
    if (gone.length === 0) return told.length === 0 ? undefined : told.join('; ')
    const others = [...live.profile]
      .filter(([, { spec }]) => spec.source_profile === nameOf(at))
      .map(([one]) => nameOf(one))
    const through = others.filter((one) => one !== nameOf(at))
    const chained =
      through.length > 0 ? `; ${listed(through, 3)} ${through.length > 1 ? 'depend' : 'depends'} on it` : ''
    const first = `${gone.join(' and ')} gave ${nameOf(at)} a different identity regardless of its other keys: removed${chained}`
    return [first, ...told].join('; ')
  },

  needs(at, spec, desired) {
    const source = sourceOf(at, spec)
    // A source that nobody asks for is there already, or told about; of a section that goes the source must not go first.
    const named = source && (desired === undefined || desired.profile.has(source)) ? [source] : []
    return [...(spec.sso_session ? [address('sso-session', spec.sso_session)] : []), ...named]
  },

  conflicts(at, desired, live, changing) {
    const foreign = foreignSection(at, desired, live.get(at), changing)
    const isKnown = desired.spec.sso_account_id || desired.spec.role_arn
    return isKnown ? foreign : [...foreign, unknownAccount(at, desired)]
  },
}

function accountOf({ account }: Profile, loaded: LoadedManifest, facts: Facts): string | undefined {
  // Offline, names of accounts are not known, only nicknames.
  if (account === undefined || (typeof account !== 'string' && !facts.instance)) return undefined
  return accountIds(account, loaded, facts)[0]
}

function unknownAccount(at: Address, { at: place }: Entry<'profile'>): Diagnostic {
  return error('account-unknown', `the account of profile ${nameOf(at)} is not known offline`, {
    hint: 'on a machine that is logged in, run sso-reconcile init (it writes the ids under accounts), commit, then pull here; or add a nickname under accounts yourself, such as dev: "444455556666" or management: "111122223333", and use it; or run without --only local',
    ...(place ? { at: place } : {}),
  })
}

function desiredProfile(
  row: Profile,
  account: string | undefined,
  { manifest }: LoadedManifest,
  { owner }: Facts,
): Entry<'profile'> {
  const local = manifest.local ?? {}
  const defaults: SectionSpec = {
    ...(local.region ? { region: local.region } : {}),
    ...(local.output ? { output: local.output } : {}),
  }
  const own: SectionSpec = {
    ...(row.region === undefined ? {} : { region: row.region }),
    ...(row.output === undefined ? {} : { output: row.output }),
  }
  const identity: SectionSpec = isChained(row)
    ? chainedKeys(row)
    : {
        ...(local.sso_session ? { sso_session: local.sso_session } : {}),
        ...(account ? { sso_account_id: account } : {}),
        sso_role_name: row.permission_set ?? '',
        // A profile with a session and a start URL of its own is an error for the AWS CLI where the two differ.
        sso_start_url: '',
        sso_region: '',
        ...withoutRivals,
      }
  // Nothing among the other settings makes the profile somebody else.
  return { spec: { ...identity, ...defaults, ...own, ...settingsOf(row), ...identity }, mark: owner }
}

/** Other keys; those of a block as `block.key`, each managed by itself. */
function settingsOf({ settings = {} }: Profile): SectionSpec {
  const flat = Object.entries(settings).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string'
      ? [[key, value]]
      : Object.entries(value).map(([name, inner]): [string, string] => [`${key}.${name}`, inner]),
  )
  return Object.fromEntries(flat)
}
