import type { Json } from '../../model/json.ts'
import { durationSeconds } from '../operations/permission-set.ts'
import { defaultPage, page } from '../page.ts'
import { ServiceError } from '../service-error.ts'
import type { UserRow } from '../state/tables.ts'
import { header, type Request } from '../wire/exchange.ts'
import { type Role, rolesOf } from './access.ts'
import type { LoginContext, LoginOperation } from './context.ts'
import { issueCredentials } from './credentials.ts'
import { unauthorized, userOfToken } from './session.ts'

/** The access portal's own API, called with a bearer token and unsigned. */
export const portalOperations = {
  ListAccounts: (context, request) => {
    const roles = rolesOf(context.state, visitor(context, request))
    const accounts = new Map(roles.map(({ account }) => [account.id, account]))
    const { items, next } = page(accounts.values(), ({ id }) => id, pageRequest(request))
    const list = items.map(({ id, name, email }) => ({ accountId: id, accountName: name, emailAddress: email }))
    return { accountList: list, ...(next === undefined ? {} : { nextToken: next }) }
  },
  ListAccountRoles: (context, request) => {
    const accountId = required(request, 'account_id')
    const roles = rolesOf(context.state, visitor(context, request)).filter(({ account }) => account.id === accountId)
    if (roles.length === 0) throw noAccess()
    const { items, next } = page(roles, ({ permissionSet }) => permissionSet, pageRequest(request))
    const list = items.map(({ permissionSet }) => ({ roleName: permissionSet, accountId }))
    return { roleList: list, ...(next === undefined ? {} : { nextToken: next }) }
  },
  GetRoleCredentials: (context, request) => {
    const user = visitor(context, request)
    const [accountId, name] = [required(request, 'account_id'), required(request, 'role_name')]
    const role = rolesOf(context.state, user).find(
      ({ account, permissionSet }) => account.id === accountId && permissionSet === name,
    )
    if (!role) throw noAccess()
    return { roleCredentials: issue(context, user, role) }
  },
  Logout: (context, request) => {
    visitor(context, request)
    context.state.remove('sessions', tokenOf(request) ?? '')
    return {}
  },
} satisfies Record<string, LoginOperation>

function visitor({ state, now }: LoginContext, request: Request): UserRow {
  const user = userOfToken(state, tokenOf(request), now)
  if (!user || user.UserStatus === 'DISABLED') throw unauthorized()
  return user
}

function tokenOf(request: Request): string | undefined {
  return header(request, 'x-amz-sso_bearer_token')
}

function pageRequest({ query }: Request): { MaxResults: number; NextToken?: string } {
  const asked = Number(query.get('max_result') ?? defaultPage)
  if (!(Number.isInteger(asked) && asked >= 1 && asked <= 100)) throw badRequest('max_result must be from 1 to 100')
  const token = query.get('next_token')
  return token === null ? { MaxResults: asked } : { MaxResults: asked, NextToken: token }
}

function required({ query }: Request, name: string): string {
  const value = query.get(name)
  if (!value) throw badRequest(`${name} is required`)
  return value
}

function badRequest(message: string): ServiceError {
  return new ServiceError('InvalidRequestException', message, {}, 400)
}

function noAccess(): ServiceError {
  return new ServiceError('ForbiddenException', 'No access', {}, 403)
}

/** Expiration is in epoch milliseconds. */
function issue({ state, now, random }: LoginContext, { UserName: userName, UserId: user }: UserRow, role: Role): Json {
  const holder = { account: role.account.id, roleName: role.roleName, userName, user }
  const seconds = durationSeconds(role.sessionDuration) ?? 3600
  const issued = issueCredentials(state, holder, seconds, now, random)
  const { accessKeyId, secretAccessKey, sessionToken, expires } = issued
  return { accessKeyId, secretAccessKey, sessionToken, expiration: expires * 1000 }
}
