import type { Environment } from '../aws-config/paths.ts'
import { container } from './environment.ts'
import { type Choice, type Identity, type Keys, nobody } from './identity.ts'
import type { Setting, Settings, SettingsView } from './settings.ts'

/** A profile as one link of botocore's chain sees it. */
interface Link {
  readonly name: string
  readonly view: SettingsView
  readonly env: Environment
  /** True where a profile was named explicitly, or is the source of another: the environment then counts for nothing. */
  readonly explicit: boolean
  readonly visited: readonly string[]
}

type Provider = (own: Settings, link: Link) => Identity | undefined

/**
 * Who a program on botocore is. Source: botocore, credentials.py (`create_credential_resolver`, `ProfileProviderBuilder`, `AssumeRoleProvider`,
 * `SSOProvider`).
 */
export function botocoreIdentity(view: SettingsView, { profile, env = {} }: Choice): Identity {
  if (view.unreadable) return nobody('the AWS CLI cannot read this file', view.unreadable, 'unreadable')
  const named = profile ?? env.AWS_DEFAULT_PROFILE ?? env.AWS_PROFILE
  if (named !== undefined && !view.profiles.has(named)) return nobody(`there is no profile ${named}`)
  const name = named ?? 'default'
  const link = { name, view, env, explicit: profile !== undefined, visited: [name] }
  return first([environmentKeys, assumedRole, ...fromProfile, ambient], link) ?? nobody('no credentials are configured')
}

function first(providers: readonly Provider[], link: Link): Identity | undefined {
  const own = link.view.profiles.get(link.name) ?? new Map()
  for (const provider of providers) {
    const found = provider(own, link)
    if (found) return found
  }
  return undefined
}

function environmentKeys(_own: Settings, { env, explicit }: Link): Identity | undefined {
  return explicit ? undefined : keysOf(env)
}

function keysOf(env: Environment): Keys | Identity | undefined {
  if (!env.AWS_ACCESS_KEY_ID) return undefined
  if (!env.AWS_SECRET_ACCESS_KEY) return nobody('AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY')
  return {
    provider: 'keys',
    from: 'environment',
    temporary: Boolean(env.AWS_SECURITY_TOKEN || env.AWS_SESSION_TOKEN),
  }
}

const assumedRole: Provider = (own, link) => {
  const role = own.get('role_arn')
  if (!role || own.has('web_identity_token_file')) return undefined
  const [profile, place] = [own.get('source_profile'), own.get('credential_source')]
  if (profile && place) return nobody('both source_profile and credential_source are set', place.at)
  if (!profile && !place) return nobody('role_arn is set without source_profile or credential_source', role.at)
  const source = profile ? sourceProfile(profile, link) : sourceOf(place as Setting, link)
  if (source.provider === 'nobody') return source
  return {
    provider: 'assume-role',
    roleArn: role.value,
    source,
    ...(profile ? { sourceProfile: profile.value, sourceAt: profile.at } : {}),
    mfa: own.has('mfa_serial'),
    at: role.at,
  }
}

function sourceProfile({ value: name, at }: Setting, link: Link): Identity {
  const own = link.view.profiles.get(name)
  if (!own) return nobody(`there is no profile ${name}`, at)
  // A profile may name itself for keys of its own.
  if (link.visited.includes(name) && (name !== link.name || !holdsKeys(own)))
    return nobody('the source profiles form a circle', at)
  const next = { ...link, name, explicit: true, visited: [...link.visited, name] }
  const chained = own.has('role_arn') && !own.has('web_identity_token_file') && !holdsKeys(own)
  return first(chained ? [assumedRole] : fromProfile, next) ?? nobody(`profile ${name} has no credentials`, at)
}

function sourceOf({ value, at }: Setting, { env }: Link): Identity {
  if (value === 'Ec2InstanceMetadata') return { provider: 'instance' }
  if (value === 'EcsContainer') return container(env) ?? nobody('this is not a container with a role', at)
  if (value === 'Environment') return keysOf(env) ?? nobody('there are no keys in the environment', at)
  return nobody('credential_source is not a known source', at)
}

const webIdentity: Provider = (own, { env, explicit }) => {
  const told = (variable: string, key: string) => {
    const value = explicit ? undefined : env[variable]
    return value === undefined ? own.get(key) : { value, at: undefined }
  }
  const token = told('AWS_WEB_IDENTITY_TOKEN_FILE', 'web_identity_token_file')
  if (!token?.value) return undefined
  const role = told('AWS_ROLE_ARN', 'role_arn')
  if (!role?.value) return nobody('a web identity token is set without a role', token.at)
  return { provider: 'web-identity', roleArn: role.value, ...(token.at ? { at: token.at } : {}) }
}

const signIn: Provider = (own, { view }) => {
  const start = own.get('sso_account_id') ?? own.get('sso_role_name')
  if (!start) return undefined
  const session = own.get('sso_session')
  const portal = session ? view.sessions.get(session.value) : new Map()
  if (!portal) return nobody(`there is no sso-session ${session?.value}`, session?.at, 'login')
  const torn = [...portal].find(([key, { value }]) => own.has(key) && own.get(key)?.value !== value)
  if (torn) {
    const [key, shared] = torn
    // An account and a role are a profile's; of the portal the session's word counts.
    const wrong = key === 'sso_start_url' || key === 'sso_region' ? own.get(key) : shared
    return nobody(`${key} differs from the sso-session`, wrong?.at, 'login')
  }
  const value = (key: string) => own.get(key)?.value ?? portal.get(key)?.value
  const required = ['sso_start_url', 'sso_region', 'sso_role_name', 'sso_account_id'] as const
  const missing = required.filter((key) => value(key) === undefined)
  if (missing.length > 0)
    return nobody(`${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing`, start.at, 'login')
  const [startUrl = '', region = '', role = '', account = ''] = required.map(value)
  return {
    provider: 'sso',
    account,
    role,
    startUrl,
    region,
    ...(session ? { session: session.value } : {}),
    at: start.at,
  }
}

function storedKeys(from: 'config' | 'credentials'): Provider {
  return (own) => {
    // Both files are merged, but each of these two providers looks into its own.
    const mine = (key: string) => (own.get(key)?.from === from ? own.get(key) : undefined)
    const key = mine('aws_access_key_id')
    if (!key) return undefined
    if (!mine('aws_secret_access_key')) return nobody('an access key has no secret', key.at)
    return { provider: 'keys', from, temporary: Boolean(mine('aws_session_token')), at: key.at }
  }
}

const consoleLogin: Provider = (own) => {
  const login = own.get('login_session')
  return login && { provider: 'login', arn: login.value, at: login.at }
}

const process: Provider = (own) => {
  const command = own.get('credential_process')
  return command && { provider: 'process', at: command.at }
}

/** What a profile itself can say, in botocore's order. */
const fromProfile: readonly Provider[] = [
  webIdentity,
  signIn,
  storedKeys('credentials'),
  consoleLogin,
  process,
  storedKeys('config'),
]

const ambient: Provider = (_own, { env }) => container(env) ?? (isOff(env) ? undefined : { provider: 'instance' })

function isOff(env: Environment): boolean {
  return env.AWS_EC2_METADATA_DISABLED?.toLowerCase() === 'true'
}

function holdsKeys(own: Settings): boolean {
  return own.has('aws_access_key_id') || own.has('aws_secret_access_key')
}
