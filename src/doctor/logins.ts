import type { CachedToken } from '../local/identity/token-cache.ts'
import { elsewhere } from '../login/elsewhere.ts'
import { ofProfile } from '../text/quote.ts'
import { moment, span } from '../text/time.ts'
import type { Login } from './evidence.ts'
import { type Check, type Finding, type Fix, ok, warn } from './finding.ts'

/** Each login of this machine: whether its token is there, works, or can be renewed. */
export const logins: Check = {
  name: 'logins',
  title: 'Logins',
  examine: ({ local, now }) => local?.logins.flatMap((one) => stateOf(one, now)) ?? [],
}

function stateOf(login: Login, now: Date): readonly Finding[] {
  const { token } = login
  const name = nameOf(login)
  if (token === 'missing') return [warn('token-missing', `not logged in to ${name} on this machine yet`, logIn(login))]
  if (token === 'unreadable')
    return [warn('token-unreadable', `the cached login of ${name} cannot be read`, logIn(login, ' --force'))]
  if (token === 'forbidden')
    return [
      warn(
        'token-forbidden',
        `the cached login of ${name} cannot be read: the system does not allow it`,
        'it may belong to root after a login with sudo; to take it back: sudo chown -R "$(id -u):$(id -g)" ~/.aws/sso',
      ),
    ]
  const other = elsewhere(login.session, token)
  if (other === undefined) return [age(login, token, now)]
  // A valid login to something else is none to this.
  return [warn('token-elsewhere', `the cached login of ${name} is for ${other}`, logIn(login))]
}

function nameOf({ session }: Login): string {
  return session.legacy ? session.key : `sso-session ${session.key}`
}

function age(login: Login, { expiresAt, renewableUntil }: CachedToken, now: Date): Finding {
  const name = nameOf(login)
  if (!expiresAt) return warn('token-unreadable', `the cached login of ${name} has no expiry`, logIn(login, ' --force'))
  const when = `${moment(expiresAt)} (${span(now, expiresAt)} ${expiresAt > now ? 'left' : 'ago'})`
  if (expiresAt > now) return ok('token-valid', `logged in to ${name}; access token until ${when}`)
  if (renewableUntil && renewableUntil > now)
    return ok(
      'token-renewable',
      `the access token of ${name} expired ${when}; the next command renews it without a browser if the portal session is still valid`,
    )
  return warn('token-ended', `the login to ${name} expired ${when}`, logIn(login))
}

function logIn({ profiles, session }: Login, flag = ''): Fix {
  // A session will do where no profile of it is there yet.
  const [profile = session.legacy ? undefined : session.key] = profiles
  return { text: 'log in', commands: [`sso-reconcile login${profile ? ` ${ofProfile(profile)}` : ''}${flag}`] }
}
