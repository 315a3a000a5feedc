import { escapeHtml } from '../../text/html.ts'
import type { UserRow } from '../state/tables.ts'
import { header, type Request, type Response } from '../wire/exchange.ts'
import { rolesOf, signInUsers } from './access.ts'
import type { LoginContext } from './context.ts'
import { form, htmlPage, redirect, userChoice } from './html.ts'
import { beginSession, sessionSeconds, userOfToken } from './session.ts'

const cookie = 'sso_sandbox_portal'

/** The access portal: who is signed in, and the accounts and roles this person may use. */
export function showPortal(context: LoginContext, request: Request): Response {
  const user = userOfToken(context.state, tokenOf(request), context.now)
  if (user) return htmlPage('Access portal', rolesTable(context, user))
  const names = signInUsers(context.state).map(({ UserName }) => UserName)
  if (names.length === 0) return htmlPage('Access portal', '<p>There are no users yet.</p>')
  return htmlPage('Access portal', form('/start', {}, `${userChoice(names)}<button>Sign in</button>`))
}

/** Signs in as the form field `user`, or out when there is none. */
export function enterPortal(context: LoginContext, request: Request): Response {
  const name = new URLSearchParams(request.body).get('user')
  if (name === null) {
    context.state.remove('sessions', tokenOf(request) ?? '')
    return redirect('/start', { 'set-cookie': `${cookie}=; Path=/start; Max-Age=0` })
  }
  const user = signInUsers(context.state).find(({ UserName }) => UserName === name)
  if (!user) return htmlPage('No such user', '<p>There is no enabled user with this name.</p>', 400)
  const { accessToken } = beginSession(context.state, user.UserId, 'portal', context.now, context.random)
  const attributes = `Path=/start; Max-Age=${sessionSeconds}; HttpOnly; SameSite=Strict`
  return redirect('/start', { 'set-cookie': `${cookie}=${accessToken}; ${attributes}` })
}

function rolesTable({ state }: LoginContext, user: UserRow): string {
  const rows = rolesOf(state, user).map(({ account, permissionSet, sessionDuration }) => {
    const cells = [account.name, account.id, permissionSet, sessionDuration]
    return `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`
  })
  const head = '<tr><th>Account</th><th>Id</th><th>Role</th><th>Session</th></tr>'
  const table = rows.length === 0 ? '<p>No accounts are assigned to you.</p>' : `<table>${head}${rows.join('')}</table>`
  return `<p>Signed in as <strong>${escapeHtml(user.UserName)}</strong>.</p>${table}${form('/start', {}, '<p><button>Sign out</button></p>')}`
}

function tokenOf(request: Request): string | undefined {
  const pairs = (header(request, 'cookie') ?? '').split(/;\s*/).map((pair) => pair.split('='))
  return pairs.find(([name]) => name === cookie)?.[1]
}
