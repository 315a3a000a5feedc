import type { LoadedManifest } from '../manifest/load.ts'
import type { Profile } from '../manifest/types.ts'
import { address, nameOf } from '../model/address.ts'
import { error } from '../model/diagnostic.ts'
import type { Facts } from '../model/facts.ts'
import type { SectionSpec } from '../model/specs.ts'
import type { Entry } from '../model/state.ts'
import { listedAsAbsent } from './absent.ts'
import { accountIds } from './account.ts'
import { awsConfig, readSections } from './aws-config.ts'
import { located } from './desired.ts'
import type { LocalKind } from './kind.ts'

/** `[profile]` sections: an account and a permission set behind a name that the AWS CLI and the SDKs understand. */
export const profile: LocalKind<'profile'> = {
  name: 'profile',
  title: 'This machine (~/.aws/config)',
  side: 'local',
  sheets: [awsConfig.name],
  sheetOf: () => awsConfig.name,
  complete: false,

  desired: (loaded, facts) =>
    new Map(
      Object.entries(loaded.manifest.local?.profiles ?? {}).map(([name, row]) => [
        address('profile', name),
        located(loaded, ['local', 'profiles', name], wantedProfile(row, loaded, facts)),
      ]),
    ),

  live: (text, file) => readSections('profile', text, file),

  surplus(at, { mark }, { manifest, facts }) {
    const ours = mark === facts.owner && manifest.manifest.local?.profiles
    return listedAsAbsent('profiles', at, manifest) ?? (ours ? `no longer in ${manifest.file}` : undefined)
  },

  needs: (_at, { sso_session }) => (sso_session ? [address('sso-session', sso_session)] : []),

  conflicts: (at, { spec, at: place }) =>
    spec.sso_account_id
      ? []
      : [
          error('account-unknown', `the account of profile ${nameOf(at)} is not known offline`, {
            hint: 'add it under accounts (management: "111122223333"), or run without --only local',
            ...(place ? { at: place } : {}),
          }),
        ],
}

function wantedProfile(row: Profile, loaded: LoadedManifest, facts: Facts): Entry<'profile'> {
  const local = loaded.manifest.local ?? {}
  const [account] = accountIds(row.account, loaded, facts)
  const defaults: SectionSpec = {
    ...(local.region ? { region: local.region } : {}),
    ...(local.output ? { output: local.output } : {}),
  }
  const own: SectionSpec = {
    ...(row.region === undefined ? {} : { region: row.region }),
    ...(row.output === undefined ? {} : { output: row.output }),
  }
  const settings = Object.entries(row.settings ?? {}).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  )
  const spec: SectionSpec = {
    ...(local.sso_session ? { sso_session: local.sso_session } : {}),
    ...(account ? { sso_account_id: account } : {}),
    sso_role_name: row.permission_set,
    ...defaults,
    ...own,
    ...Object.fromEntries(settings),
    // A profile with a session and a start URL of its own is an error for the AWS CLI where the two differ.
    sso_start_url: '',
    sso_region: '',
  }
  return { spec }
}
