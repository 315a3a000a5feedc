import type { Json, JsonObject } from '../../model/json.ts'
import type { Random } from '../ids.ts'
import { issueCredentials, roleNameIn } from '../login/credentials.ts'
import { invalid } from '../service-error.ts'
import type { State } from '../state/state.ts'

/** The longest a role session can last. */
const seconds = 12 * 3600

/**
 * Credentials of a role session as the portal hands them out: members `user`, `permissionSet` and `account`, the first two
 * by name. Whether the user holds that set, or ever has, is not asked.
 */
export function sessionCredentials(state: State, wish: JsonObject, now: number, random: Random): Json {
  const userName = text(wish, 'user')
  const account = text(wish, 'account')
  const user = [...state.rows('users').values()].find((one) => one.UserName === userName)?.UserId ?? ''
  const roleName = roleNameIn(state, account, text(wish, 'permissionSet'), random)
  const holder = { account, roleName, userName, user }
  const { accessKeyId, secretAccessKey, sessionToken } = issueCredentials(state, holder, seconds, now, random)
  return { accessKeyId, secretAccessKey, sessionToken }
}

function text(wish: JsonObject, name: string): string {
  const value = wish[name]
  if (typeof value !== 'string' || value === '') throw invalid(`${name} must be a string.`)
  return value
}
