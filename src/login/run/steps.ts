import { secretObstacle } from '../../local/identity/secret-file.ts'
import { readAccessToken, readToken, type TokenRead, tokenPath } from '../../local/identity/token-cache.ts'
import { error, Refusal } from '../../model/diagnostic.ts'
import { ServiceTrouble } from '../../model/sign-in.ts'
import { renewed } from '../../session/renew.ts'
import { isElsewhere, isUsable, whyLogIn } from '../need.ts'
import type { SsoProfile, SsoSession } from '../sso-profile.ts'
import { loginTrouble } from '../trouble.ts'
import { askForLogin } from './ask.ts'
import type { LoginContext } from './context.ts'
import { profileAt } from './profile.ts'

/** How a login ended, and what there is of it now. */
export interface LoggedIn {
  /** Other than 0 when a person stopped it. */
  readonly code: number
  readonly token: TokenRead
  /** True when a person has just logged in. */
  readonly isNew?: true
  /** Why the portal could not be asked whether it takes the login; absent when it was. */
  readonly unasked?: ServiceTrouble
}

/** Logs in unless the cached login works. Throws a Refusal when that is not possible. */
export async function logIn(context: LoginContext, name: string, profile: SsoProfile): Promise<LoggedIn> {
  const { runtime, options, home } = context
  const { session } = profile
  const obstacle = await secretObstacle(tokenPath(home, session.key))
  const found = await readToken(home, session.key)
  if (found === 'forbidden' && obstacle) throw new Refusal(obstacle)
  // A renewal that cannot be kept would take the login away from whoever can.
  const kept = options.force || obstacle
  const known = kept ? { token: found, renewal: 'none' as const } : await renewed(context, session, found)
  if (known.renewal === 'done')
    context.say(`${name}: the access token (clock 2 of 3) expired and was renewed without a browser`)
  const now = runtime.clock.now()
  const good = !options.force && isUsable(known.token, now) && !isElsewhere(session, known.token)
  const taken = good && (await isTaken(context, session, known.token))
  if (taken === true) return { code: 0, token: known.token }
  if (taken instanceof ServiceTrouble) return { code: 0, token: known.token, unasked: taken }
  context.say(`${name}: ${whyLogIn({ session, ...known, now, forced: options.force, refused: good })}`)
  // Nobody is sent to a page whose answer could not be kept.
  if (obstacle) throw new Refusal(obstacle)
  return loggedIn(context, name, profile)
}

async function loggedIn(context: LoginContext, name: string, profile: SsoProfile): Promise<LoggedIn> {
  const { runtime, home } = context
  const { code, by } = await askForLogin(context, name, profile)
  // The AWS CLI may correct the Region of a session while it logs in.
  const { session } = await profileAt(context, name)
  const token = await readToken(home, session.key)
  if (code === 0 && (!isUsable(token, runtime.clock.now()) || isElsewhere(session, token)))
    throw new Refusal(
      error('login-without-token', `${by} succeeded but left no usable login for ${session.key}`, {
        hint: 'check that sso_start_url and sso_region match: sso-reconcile doctor',
      }),
    )
  return { code, token, isNew: true }
}

async function isTaken({ home, route }: LoginContext, session: SsoSession, token: TokenRead) {
  const region = session.region ?? (typeof token === 'object' ? token.region : undefined)
  const accessToken = await readAccessToken(home, session.key)
  if (!accessToken || !region) return false
  const { takesToken } = await import('../../aws/portal.ts')
  const endpoint = route.sandbox ? { endpoint: route.sandbox.url } : {}
  return takesToken({ region, accessToken, clock: route.clock, ...endpoint })
}

/** What to say where the portal could not be asked: the login may work all the same. */
export function unaskedNote(context: LoginContext, session: SsoSession, trouble: ServiceTrouble) {
  const { message, hint } = loginTrouble(trouble, session, context.runtime.env)
  return {
    severity: 'warning' as const,
    code: 'login-not-checked',
    message: `the login could not be checked: ${message}`,
    ...(hint ? { hint } : {}),
  }
}
