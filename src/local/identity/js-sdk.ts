import type { Environment } from '../aws-config/paths.ts'
import { container } from './environment.ts'
import { type Choice, type Identity, nobody } from './identity.ts'
import type { Setting, Settings, SettingsView } from './settings.ts'

/** What one provider of the chain says; `passes` where the next one is asked although this one could have known. */
type Verdict = { readonly is: Identity; readonly passes?: boolean }

/** What a profile is looked up in. */
interface Link {
  readonly view: SettingsView
  readonly env: Environment
}

/**
 * Who a program on the AWS SDK for JavaScript is. Source: @aws-sdk/credential-provider-node (`defaultProvider`) and
 * @aws-sdk/credential-provider-ini (`resolveProfileData`).
 */
export function jsIdentity(view: SettingsView, { profile, env = {} }: Choice): Identity {
  const named = profile || env.AWS_PROFILE
  const name = named || 'default'
  const found = [
    () => (named ? undefined : keysOf(env)),
    () => ofProfile(name, { view, env }, []),
    () => processOf(view.profiles.get(name)),
    () => tokenOf(env),
  ]
  let last = nobody('no credentials are configured')
  for (const look of found) {
    const verdict = look()
    if (verdict && !verdict.passes) return verdict.is
    if (verdict?.is.provider === 'nobody') last = verdict.is
  }
  const around = container(env)
  if (around) return around
  const { AWS_EC2_METADATA_DISABLED: off } = env
  return off && off !== 'false' ? last : { provider: 'instance' }
}

function keysOf(env: Environment): Verdict | undefined {
  if (!env.AWS_ACCESS_KEY_ID || !env.AWS_SECRET_ACCESS_KEY) return undefined
  return { is: { provider: 'keys', from: 'environment', temporary: Boolean(env.AWS_SESSION_TOKEN) } }
}

function tokenOf({ AWS_WEB_IDENTITY_TOKEN_FILE: token, AWS_ROLE_ARN: roleArn }: Environment): Verdict | undefined {
  return token && roleArn ? { is: { provider: 'web-identity', roleArn } } : undefined
}

function ofProfile(name: string, link: Link, visited: readonly string[], bare = false): Verdict | undefined {
  const own = link.view.profiles.get(name)
  const keys = storedKeys(own)
  if (visited.length > 0 && keys) return keys
  if (own && (bare || takesRole(own))) return assumedRole(name, own, link, visited)
  return keys ?? webIdentity(own) ?? processOf(own) ?? signIn(own, link) ?? consoleLogin(own)
}

function takesRole(own: Settings): boolean {
  return own.has('role_arn') && own.has('source_profile') !== own.has('credential_source')
}

function assumedRole(name: string, own: Settings, link: Link, visited: readonly string[]): Verdict {
  const [profile, place, role] = [own.get('source_profile'), own.get('credential_source'), own.get('role_arn')]
  if (profile && visited.includes(profile.value)) return passing('the source profiles form a circle', profile.at)
  const source = profile ? sourceProfile(profile, link, visited) : sourceOf(place, link)
  if (!role) return source
  if (source.is.provider === 'nobody') return source
  const mfa = own.has('mfa_serial')
  if (mfa)
    return { is: nobody(`profile ${name} needs an MFA code, which the SDK cannot ask for`, own.get('mfa_serial')?.at) }
  return {
    is: {
      provider: 'assume-role',
      roleArn: role.value,
      source: source.is,
      ...(profile ? { sourceProfile: profile.value, sourceAt: profile.at } : {}),
      mfa,
      at: role.at,
    },
  }
}

function sourceProfile({ value: name, at }: Setting, link: Link, visited: readonly string[]): Verdict {
  const own = link.view.profiles.get(name)
  const bare = own !== undefined && !own.has('role_arn') && own.has('credential_source')
  return ofProfile(name, link, [...visited, name], bare) ?? passing(`profile ${name} has no credentials`, at)
}

function sourceOf(place: Setting | undefined, { env }: Link): Verdict {
  if (place?.value === 'Ec2InstanceMetadata') return { is: { provider: 'instance' } }
  if (place?.value === 'EcsContainer') {
    const around = container(env)
    return around ? { is: around } : passing('this is not a container with a role', place.at)
  }
  if (place?.value === 'Environment') return keysOf(env) ?? passing('there are no keys in the environment', place.at)
  return passing('credential_source is not a known source', place?.at)
}

function storedKeys(own: Settings | undefined): Verdict | undefined {
  const [key, secret] = [own?.get('aws_access_key_id'), own?.get('aws_secret_access_key')]
  if (!key || !secret) return undefined
  return { is: { provider: 'keys', from: key.from, temporary: Boolean(own?.has('aws_session_token')), at: key.at } }
}

function webIdentity(own: Settings | undefined): Verdict | undefined {
  const [token, role] = [own?.get('web_identity_token_file'), own?.get('role_arn')]
  return token && role ? { is: { provider: 'web-identity', roleArn: role.value, at: token.at } } : undefined
}

function processOf(own: Settings | undefined): Verdict | undefined {
  const command = own?.get('credential_process')
  return command && { is: { provider: 'process', at: command.at } }
}

const signInKeys = ['sso_account_id', 'sso_role_name', 'sso_session', 'sso_start_url', 'sso_region']

function signIn(own: Settings | undefined, { view }: Link): Verdict | undefined {
  const start = signInKeys.map((key) => own?.get(key)).find((one) => one !== undefined)
  if (!own || !start) return undefined
  const session = own.get('sso_session')
  const portal = session ? view.sessions.get(session.value) : own
  if (!portal) return { is: nobody(`there is no sso-session ${session?.value}`, session?.at, 'login') }
  const value = (key: string) => (key === 'sso_start_url' || key === 'sso_region' ? portal : own).get(key)?.value
  const required = ['sso_start_url', 'sso_region', 'sso_role_name', 'sso_account_id'] as const
  const missing = required.filter((key) => value(key) === undefined)
  if (missing.length > 0)
    return { is: nobody(`${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing`, start.at, 'login') }
  const [startUrl = '', region = '', role = '', account = ''] = required.map(value)
  const named = session ? { session: session.value } : {}
  return { is: { provider: 'sso', account, role, startUrl, region, ...named, at: start.at } }
}

function consoleLogin(own: Settings | undefined): Verdict | undefined {
  const login = own?.get('login_session')
  return login && { is: { provider: 'login', arn: login.value, at: login.at } }
}

function passing(why: string, at?: Setting['at']): Verdict {
  return { is: nobody(why, at), passes: true }
}
