import { type ConfigSection, parseConfig } from '../../local/aws-config/document.ts'
import { Refusal } from '../../model/diagnostic.ts'

const words: readonly (readonly [key: string, says: string])[] = [
  ['role_arn', 'names a role for it (role_arn), which AWS tools assume instead of signing in'],
  ['credential_process', 'names a program for it (credential_process), which some AWS tools run instead of signing in'],
  ['web_identity_token_file', 'names a token for it, which AWS tools use instead of signing in'],
  ['aws_access_key_id', 'holds access keys for it, which some AWS tools use instead of signing in'],
  ['login_session', 'names another login for it (login_session)'],
  ...['sso_session', 'sso_account_id', 'sso_role_name', 'sso_start_url', 'sso_region'].map(
    (key) => [key, `has ${key} for it, which comes before the one in the config file`] as const,
  ),
]

/** What the credentials file says of profiles that changes who they are, by profile; nothing of a file that AWS tools cannot read. */
export function decidersBeside(credentials: string): ReadonlyMap<string, string> {
  try {
    const { sections } = parseConfig(credentials, 'credentials')
    return new Map(
      sections.flatMap(({ header, options }) => {
        const found = words.find(([key]) => options.has(key))
        return found ? [[header, `the credentials file ${found[1]}`] as const] : []
      }),
    )
  } catch (thrown) {
    if (thrown instanceof Refusal) return new Map()
    throw thrown
  }
}

const beside: readonly (readonly [key: string, effect: string])[] = [
  ['role_arn', 'so AWS tools assume that role instead of signing in'],
  ['web_identity_token_file', 'so AWS tools use that token instead of signing in'],
  ['credential_process', 'so some AWS tools run that program instead of signing in'],
  ['aws_access_key_id', 'so some AWS tools use those keys instead of signing in'],
  ['aws_secret_access_key', 'so some AWS tools use those keys instead of signing in'],
  ['login_session', 'so some AWS tools use that login instead'],
]

/** Why a profile is not, or not for every AWS tool, what its sso_* keys say. */
export function decider(section: ConfigSection, everywhere: ConfigSection | undefined): string | undefined {
  const options = new Map([...(everywhere?.options ?? []), ...section.options])
  const found = beside.find(([key]) => options.has(key))
  if (!found) return undefined
  const [key, effect] = found
  const signsIn = ['sso_session', 'sso_account_id', 'sso_role_name', 'sso_start_url'].some((one) => options.has(one))
  if (signsIn) return `it also has ${key}, ${effect}`
  const source = options.get('source_profile')?.value
  if (key === 'role_arn') return `it assumes a role${source ? ` through profile ${source}` : ''}`
  if (key === 'credential_process') return 'its credentials come from a program (credential_process)'
  return key.startsWith('aws_') ? 'it uses access keys' : `its credentials come from ${key}`
}

/**
 * Why the AWS CLI refuses a profile whose session says something else than it does, where that comes from keys that are shown in both.
 * Source: botocore, credentials.py (`SSOProvider`), which compares every key that a profile and its session have.
 */
export function tornByDefaults(
  { options }: ConfigSection,
  session: ConfigSection | undefined,
  everywhere: ConfigSection | undefined,
): string | undefined {
  const torn = [...(everywhere?.options ?? [])].find(([key, { value }]) => {
    const [own = value, shared = value] = [options.get(key)?.value, session?.options.get(key)?.value]
    return session !== undefined && own !== shared
  })
  return (
    torn && `[DEFAULT] gives its sso-session another ${torn[0]}, which the AWS CLI refuses; move the keys of [DEFAULT]`
  )
}
