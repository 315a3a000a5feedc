import { type Address, address, nameOf } from '../../model/address.ts'
import { type Diagnostic, warning } from '../../model/diagnostic.ts'
import type { State } from '../../model/state.ts'

const repeated = ['sso_start_url', 'sso_region'] as const

/**
 * Profiles of others that say something else than their session does, which the AWS CLI refuses. What this manifest wants
 * of a profile or a session counts before what is there. Pure.
 */
export function conflictingProfiles(desired: State, live: State, file: string): Diagnostic[] {
  return [...live.profile].flatMap(([at, { spec }]) => {
    if (desired.profile.has(at) || !spec.sso_session) return []
    const session = sessionSpec(address('sso-session', spec.sso_session), desired, live)
    const conflicting = repeated.filter((key) => spec[key] && session[key] && spec[key] !== session[key])
    return conflicting.map((key) =>
      warning(
        'profile-torn',
        `profile ${nameOf(at)} in ${file} has ${key} ${spec[key]}, but its sso-session ${spec.sso_session} has ${session[key]}: the AWS CLI rejects the mismatch`,
        { hint: `remove ${key} from the profile, or declare the profile under local.profiles` },
      ),
    )
  })
}

function sessionSpec(at: Address, desired: State, live: State) {
  const declared = desired['sso-session'].get(at)
  return { ...declared?.fills, ...live['sso-session'].get(at)?.spec, ...declared?.spec } as Readonly<
    Record<string, string>
  >
}
