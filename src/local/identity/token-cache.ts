import { createHash } from 'node:crypto'
import { Refusal, refusedWith } from '../../model/diagnostic.ts'
import { isObject, type JsonObject } from '../../model/json.ts'
import { readTextFile } from '../files/file.ts'

/**
 * What is known of a login from the cache that the AWS CLI and the SDKs share. The tokens themselves are never part of it.
 * Source: the AWS CLI's SSO token cache.
 */
export interface CachedToken {
  readonly startUrl?: string
  readonly region?: string
  /** End of the access token; absent when the file does not say. */
  readonly expiresAt?: Date
  /** Until then the AWS CLI and the SDKs may renew it without a browser; absent when they cannot. */
  readonly renewableUntil?: Date
}

/** A cache file that is not there, one whose content is of no use, one that the system does not give away, or what it says. */
export type TokenRead = 'missing' | 'unreadable' | 'forbidden' | CachedToken

/** Reads one login. `key` is the name of the sso-session, or the start URL of a profile without one. Never throws. */
export async function readToken(home: string, key: string): Promise<TokenRead> {
  const content = await readCache(tokenPath(home, key))
  if (!isObject(content)) return content
  const expiresAt = timeOf(content.expiresAt)
  const complete = ['refreshToken', 'clientId', 'clientSecret'].every((name) => typeof content[name] === 'string')
  const renewableUntil = complete ? timeOf(content.registrationExpiresAt) : undefined
  return {
    ...(typeof content.startUrl === 'string' ? { startUrl: content.startUrl } : {}),
    ...(typeof content.region === 'string' ? { region: content.region } : {}),
    ...(expiresAt ? { expiresAt } : {}),
    ...(renewableUntil ? { renewableUntil } : {}),
  }
}

/** The access token itself, for asking the access portal and for nothing else: it must never be kept or shown. */
export async function readAccessToken(home: string, key: string): Promise<string | undefined> {
  const content = await readCache(tokenPath(home, key))
  return isObject(content) && typeof content.accessToken === 'string' ? content.accessToken : undefined
}

/** What the AWS CLI names its role credentials by; `key` is that of the login. */
export interface RoleKey {
  readonly account?: string
  readonly role?: string
  readonly key: string
  /** True for a profile without an sso-session. */
  readonly legacy: boolean
}

/** End of the role credentials that the AWS CLI keeps for a profile; undefined when it keeps none. Never throws. */
export async function readRoleSession(
  home: string,
  { account, role, key, legacy }: RoleKey,
): Promise<Date | undefined> {
  if (!account || !role) return undefined
  const names = { accountId: account, roleName: role, ...(legacy ? { startUrl: key } : { sessionName: key }) }
  const content = await readCache(`${home}/.aws/cli/cache/${sha1(JSON.stringify(names))}.json`)
  const credentials = isObject(content) ? content.Credentials : undefined
  return isObject(credentials) ? timeOf(credentials.Expiration) : undefined
}

/** Where the AWS CLI keeps a login. The folder is always below the home. */
export function tokenPath(home: string, key: string): string {
  return `${home}/.aws/sso/cache/${sha1(key)}.json`
}

/** A JSON object of the cache with its secrets, which are for the service that gave them and must never be shown. Never throws. */
export async function readCache(path: string): Promise<JsonObject | 'missing' | 'unreadable' | 'forbidden'> {
  try {
    const { text } = await readTextFile(path)
    if (text === undefined) return 'missing'
    const content: unknown = JSON.parse(text)
    return isObject(content) ? content : 'unreadable'
  } catch (thrown) {
    // The reason may quote the content, which holds tokens.
    return thrown instanceof Refusal && !refusedWith(thrown, 'file-not-utf8') ? 'forbidden' : 'unreadable'
  }
}

function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex')
}

/** A time of the cache. The AWS CLI writes `…Z`; its first releases wrote `…UTC`. */
export function timeOf(value: unknown): Date | undefined {
  if (typeof value !== 'string') return undefined
  const time = new Date(value.replace(/UTC$/, 'Z'))
  return Number.isNaN(time.getTime()) ? undefined : time
}
