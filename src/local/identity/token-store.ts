import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { isObject } from '../../model/json.ts'
import type { RegisteredClient } from '../../model/sign-in.ts'
import type { Machine } from '../files/disk.ts'
import { replaceSecret } from './secret-file.ts'
import { readCache, timeOf, tokenPath } from './token-cache.ts'

/** A login with its secrets, as the AWS CLI and the SDKs share it. */
export interface StoredLogin {
  readonly startUrl: string
  readonly region: string
  readonly accessToken: string
  readonly expires: Date
  /** What the token was issued to; needed to renew it. */
  readonly client: RegisteredClient
  readonly refreshToken?: string
}

/** Where a login is kept: the home, and the name of the session or the start URL of a profile without one. */
export interface LoginPlace {
  readonly home: string
  readonly key: string
}

/** Keeps a login where the AWS CLI and the SDKs look for it, readable by its owner alone. Throws a Refusal when that is not possible. */
export function saveLogin({ home, key }: LoginPlace, login: StoredLogin, machine: Machine): Promise<void> {
  const { startUrl, region, accessToken, expires, client, refreshToken } = login
  // The names and their order are botocore's.
  const content = {
    ...{ startUrl, region, accessToken, expiresAt: timeText(expires) },
    ...{ clientId: client.id, clientSecret: client.secret, registrationExpiresAt: timeText(client.expires) },
    ...(refreshToken ? { refreshToken } : {}),
  }
  return replaceSecret(tokenPath(home, key), JSON.stringify(content), machine)
}

/** The login that is kept, if there is all of it that renewing takes. Never throws. */
export async function readLogin({ home, key }: LoginPlace): Promise<Required<StoredLogin> | undefined> {
  const content = await readCache(tokenPath(home, key))
  if (!isObject(content)) return undefined
  const text = (name: string) => (typeof content[name] === 'string' ? content[name] : '')
  const [id, secret, refreshToken] = [text('clientId'), text('clientSecret'), text('refreshToken')]
  const [expires, registered] = [timeOf(content.expiresAt), timeOf(content.registrationExpiresAt)]
  if (!id || !secret || !refreshToken || !registered || !expires) return undefined
  const { startUrl, region, accessToken } = {
    ...{ startUrl: text('startUrl'), region: text('region'), accessToken: text('accessToken') },
  }
  return { startUrl, region, accessToken, expires, refreshToken, client: { id, secret, expires: registered } }
}

/** What a client was registered for. */
export interface Registration {
  readonly startUrl: string
  readonly region: string
  /** As the config has them; null when it has none. */
  readonly scopes: readonly string[] | null
  /** Null for a profile without an sso-session. */
  readonly session: string | null
  /** For a login through a browser on this machine, not by code. */
  readonly browser: boolean
}

/** A registration with less time left than this is made anew. The AWS CLI has the same margin. */
const margin = 15 * 60_000

/** The client that was registered for that before, by us or by the AWS CLI; undefined when it is of no use any more. Never throws. */
export async function readRegistration(
  home: string,
  about: Registration,
  now: Date,
): Promise<RegisteredClient | undefined> {
  const content = await readCache(registrationPath(home, about))
  if (!isObject(content)) return undefined
  const { clientId: id, clientSecret: secret, grantTypes } = content
  const expires = timeOf(content.expiresAt)
  const forBrowser = Array.isArray(grantTypes) && grantTypes.includes('authorization_code')
  if (typeof id !== 'string' || typeof secret !== 'string' || !expires || forBrowser !== about.browser) return undefined
  return expires.getTime() - now.getTime() < margin ? undefined : { id, secret, expires }
}

/** Keeps a registration for the next login, ours or the AWS CLI's. Throws a Refusal when that is not possible. */
export function saveRegistration(
  home: string,
  about: Registration & { readonly registeredScopes: readonly string[]; readonly grantTypes: readonly string[] },
  { id, secret, expires }: RegisteredClient,
  machine: Machine,
): Promise<void> {
  const content = {
    ...{ clientId: id, clientSecret: secret, expiresAt: timeText(expires) },
    ...(about.registeredScopes.length > 0 ? { scopes: about.registeredScopes } : {}),
    ...(about.browser ? { grantTypes: about.grantTypes } : {}),
  }
  return replaceSecret(registrationPath(home, about), JSON.stringify(content), machine)
}

/** Where the AWS CLI keeps a registration: the name is a hash of what it is for, written as Python writes JSON. */
export function registrationPath(home: string, { startUrl, region, scopes, session }: Registration): string {
  const members = { region, scopes, session_name: session, startUrl, tool: 'botocore' }
  const text = Object.entries(members)
    .map(([name, value]) => `"${name}": ${Array.isArray(value) ? `[${value.map(python).join(', ')}]` : python(value)}`)
    .join(', ')
  const name = createHash('sha1').update(`{${text}}`).digest('hex')
  return join(home, '.aws', 'sso', 'cache', `${name}.json`)
}

function python(value: unknown): string {
  return JSON.stringify(value).replace(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** As botocore writes times: to the second. */
function timeText(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z')
}
