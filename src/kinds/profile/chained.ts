import { parseDuration } from '../../manifest/duration.ts'
import type { Profile } from '../../manifest/types.ts'
import { type Address, address, nameOf } from '../../model/address.ts'
import type { SectionSpec } from '../../model/specs.ts'
import { rivalKeys } from './rivals.ts'

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
  ...['sso_session', 'sso_account_id', 'sso_role_name', 'sso_start_url', 'sso_region'],
  ...rivalKeys.filter((key) => key !== 'role_arn' && key !== 'source_profile'),
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

/** The profile that a section takes its credentials from, by its keys; none for a section that names itself. */
export function sourceOf(at: Address, { source_profile: source }: SectionSpec): Address | undefined {
  return source && source !== nameOf(at) ? address('profile', source) : undefined
}
