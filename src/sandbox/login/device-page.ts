import { escapeHtml } from '../../text/html.ts'
import type { GrantRow } from '../state/login-tables.ts'
import type { Request, Response } from '../wire/exchange.ts'
import { signInUsers } from './access.ts'
import type { LoginContext } from './context.ts'
import { form, htmlPage, userChoice } from './html.ts'

/** The page behind a device code: shows the code, lets the person choose a user and allow or deny. */
export function showDevice(context: LoginContext, { query }: Request): Response {
  const code = query.get('user_code') ?? ''
  if (code === '') {
    const field = '<label>Code <input name="user_code" autocomplete="off" autofocus></label>'
    return htmlPage('Sign in', `<form action="/device">${field}<button>Continue</button></form>`)
  }
  const grant = waiting(context, code)
  return grant ? htmlPage('Allow access?', question(context, grant, code)) : unknownCode()
}

/** What the person decided: form fields `user_code`, `user` (a user name) and `decision` (`allow` or `deny`). */
export function decideDevice(context: LoginContext, { body }: Request): Response {
  const fields = new URLSearchParams(body)
  const grant = waiting(context, fields.get('user_code') ?? '')
  if (!grant) return unknownCode()
  if (fields.get('decision') === 'deny') {
    context.state.put('grants', grant.code, { ...grant, denied: true })
    return htmlPage('Request denied', '<p>You can close this window.</p>')
  }
  const user = signInUsers(context.state).find(({ UserName }) => UserName === fields.get('user'))
  if (!user) return htmlPage('No such user', '<p>There is no enabled user with this name.</p>', 400)
  context.state.put('grants', grant.code, { ...grant, user: user.UserId })
  return htmlPage('Request approved', '<p>You can close this window and return to your terminal.</p>')
}

function waiting({ state, now }: LoginContext, userCode: string): GrantRow | undefined {
  const desired = userCode.trim().toUpperCase()
  return [...state.rows('grants').values()].find(
    (grant) => grant.userCode === desired && grant.expires > now && grant.user === undefined && !grant.denied,
  )
}

function question({ state }: LoginContext, grant: GrantRow, code: string): string {
  const names = signInUsers(state).map(({ UserName }) => UserName)
  const client = state.rows('clients').get(grant.client)?.name ?? 'An application'
  if (names.length === 0) return '<p>There are no users yet. Create one first, then come back to this page.</p>'
  const buttons =
    '<button name="decision" value="allow">Allow</button><button name="decision" value="deny">Deny</button>'
  const ask = `<p><strong>${escapeHtml(client)}</strong> asks for access to the accounts and roles of a user. Check that it shows the code <code>${escapeHtml(code)}</code>.</p>`
  return ask + form('/device', { user_code: code }, `<p>${userChoice(names)}</p><p>${buttons}</p>`)
}

function unknownCode(): Response {
  return htmlPage(
    'Unknown code',
    '<p>The code is wrong, was used before or has expired. Start the login again.</p>',
    400,
  )
}
