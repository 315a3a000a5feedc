import { escapeHtml } from '../../text/html.ts'
import { newId } from '../ids.ts'
import type { ClientRow } from '../state/login-tables.ts'
import type { Request, Response } from '../wire/exchange.ts'
import { signInUsers } from './access.ts'
import type { LoginContext } from './context.ts'
import { form, htmlPage, redirect, userChoice } from './html.ts'
import { isStartUrl } from './start-url.ts'

/** Seconds an authorization code can be redeemed. */
const codeSeconds = 60

/** The page of the authorization code flow with PKCE: choose a user and allow or deny. */
export function showAuthorize(context: LoginContext, { query }: Request): Response {
  const problem = problemOf(context, query)
  if (problem !== undefined) return htmlPage('invalid_grant', `<p>${escapeHtml(problem)}</p>`, 400)
  const names = signInUsers(context.state).map(({ UserName }) => UserName)
  if (names.length === 0) {
    return htmlPage('No users yet', '<p>There are no users yet. Create one first, then reload this page.</p>')
  }
  const client = context.state.rows('clients').get(query.get('client_id') ?? '')?.name ?? ''
  const buttons =
    '<button name="decision" value="allow">Allow</button><button name="decision" value="deny">Deny</button>'
  const ask = `<p><strong>${escapeHtml(client)}</strong> asks for access to the accounts and roles of a user.</p>`
  const fields = Object.fromEntries(query)
  return htmlPage('Allow access?', ask + form('/authorize', fields, `<p>${userChoice(names)}</p><p>${buttons}</p>`))
}

/** What the person decided: the query of the page as form fields, with `user` and `decision`. */
export function decideAuthorize(context: LoginContext, { body }: Request): Response {
  const fields = new URLSearchParams(body)
  const problem = problemOf(context, fields)
  if (problem !== undefined) return htmlPage('invalid_grant', `<p>${escapeHtml(problem)}</p>`, 400)
  const target = new URL(fields.get('redirect_uri') ?? '')
  if (fields.has('state')) target.searchParams.set('state', fields.get('state') ?? '')
  if (fields.get('decision') === 'deny') {
    target.searchParams.set('error', 'access_denied')
    return redirect(target.href)
  }
  const user = signInUsers(context.state).find(({ UserName }) => UserName === fields.get('user'))
  if (!user) return htmlPage('No such user', '<p>There is no enabled user with this name.</p>', 400)
  const code = newId.token(context.random)
  context.state.put('grants', code, {
    code,
    client: fields.get('client_id') ?? '',
    user: user.UserId,
    redirectUri: fields.get('redirect_uri') ?? '',
    challenge: fields.get('code_challenge') ?? '',
    expires: context.now + codeSeconds,
  })
  target.searchParams.set('code', code)
  return redirect(target.href)
}

function problemOf(context: LoginContext, query: URLSearchParams): string | undefined {
  const { state, now } = context
  const client = state.rows('clients').get(query.get('client_id') ?? '')
  if (!client || client.expires <= now) return 'The client is not registered here, or its registration has expired.'
  if (client.startUrl !== undefined && !isStartUrl(context, client.startUrl)) {
    return 'The start URL of the client does not belong to an instance in this Region.'
  }
  if (query.get('response_type') !== 'code') return 'response_type must be code.'
  if (query.get('code_challenge_method') !== 'S256' || !query.get('code_challenge'))
    return 'PKCE with S256 is required.'
  return isRegistered(client, query.get('redirect_uri') ?? '') ? undefined : 'The redirect URI is not registered.'
}

/** A redirect to the machine itself may come with any port (RFC 8252, section 7.3); nothing else is allowed here. */
function isRegistered(client: ClientRow, uri: string): boolean {
  if (!URL.canParse(uri)) return false
  const given = new URL(uri)
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(given.hostname)
  return isLoopback && client.redirectUris.some((one) => URL.canParse(one) && samePlace(new URL(one), given))
}

function samePlace(a: URL, b: URL): boolean {
  return a.protocol === b.protocol && a.hostname === b.hostname && a.pathname === b.pathname
}
