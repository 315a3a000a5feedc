import { localKinds } from '../kinds/index.ts'
import { sessionNamed } from '../kinds/shared/portal-session.ts'
import { secretObstacle } from '../local/identity/secret-file.ts'
import {
  type CachedToken,
  readAccessToken,
  readToken,
  type TokenRead,
  tokenPath,
} from '../local/identity/token-cache.ts'
import { elsewhere } from '../login/elsewhere.ts'
import { isUsable } from '../login/need.ts'
import type { SsoSession } from '../login/sso-profile.ts'
import { loginTrouble } from '../login/trouble.ts'
import { sentence } from '../model/diagnostic.ts'
import type { Facts, PortalView } from '../model/facts.ts'
import { signInRegion } from '../model/portal.ts'
import type { State } from '../model/state.ts'
import { planFlags, reachFlags } from '../session/flags.ts'
import { type Renewed, renewed } from '../session/renew.ts'
import type { Session } from '../session/runtime.ts'
import { ofProfile } from '../text/quote.ts'
import { moment } from '../text/time.ts'

/** The facts, with what one's own login sees in the access portal where the manifest asks for it. `here` is what this machine has. */
export async function withPortal(session: Session, facts: Facts, here: Partial<State>): Promise<Facts> {
  const { selected, manifest } = session
  const asked = localKinds.some(({ name, asksPortal }) => selected.has(name) && asksPortal?.(manifest))
  return asked ? { ...facts, portal: await portalView(session, facts, here) } : facts
}

async function portalView(session: Session, facts: Facts, here: Partial<State>): Promise<PortalView> {
  const { manifest, options, home, runtime } = session
  if (options.only?.includes('local')) return notAsked
  const key = manifest.manifest.local?.sso_session ?? ''
  const written = sessionNamed(here, key)
  const startUrl = manifest.manifest.identity_center.start_url ?? written?.sso_start_url ?? facts.startUrl
  const region = signInRegion(startUrl, facts.region)
  const portal: SsoSession = { key, legacy: false, region, ...(startUrl ? { startUrl } : {}) }
  const login: Login = { session, portal, region, isWritten: written !== undefined }
  const { token, renewal } = await current(login, await readToken(home, key))
  if (token === 'missing') return noLogin(login)
  if (typeof token === 'string') return unusable(login, `the cached login of sso-session ${key} cannot be read`)
  const other = elsewhere(portal, token)
  if (other) return unusable(login, `the cached login of sso-session ${key} is for ${other}`)
  // Where the clocks differ, the portal says whether it takes the login.
  const times = [runtime.clock.now(), session.route.clock.now()]
  if (!times.some((now) => isUsable(token, now))) return over(login, token, renewal)
  return read(login)
}

interface Login {
  readonly session: Session
  readonly portal: SsoSession
  readonly region: string
  /** False where the section has still to be written. */
  readonly isWritten: boolean
}

/** The login, renewed without a browser where it has to be and can be kept. */
async function current({ session, portal }: Login, token: TokenRead): Promise<Renewed> {
  if (await secretObstacle(tokenPath(session.home, portal.key))) return { token, renewal: 'none' }
  try {
    return await renewed(session, portal, token)
  } catch (thrown) {
    return { token, renewal: { failed: sentence(thrown) } }
  }
}

function over(login: Login, { expiresAt }: CachedToken, renewal: Renewed['renewal']): PortalView {
  const ended = `the login of sso-session ${login.portal.key} expired${expiresAt ? ` ${moment(expiresAt)}` : ''}`
  return unusable(login, typeof renewal === 'object' ? `${ended}, and could not be renewed (${renewal.failed})` : ended)
}

const notAsked: PortalView = {
  why: 'the access portal was not read, because --only local opens no connection',
  hint: 'run this without --only local; if the manifest also describes Identity Center, --only sso-session,profile reads only the portal',
}

function noLogin(login: Login): PortalView {
  const first = login.isWritten ? '' : 'apply writes the session first; then '
  return {
    why: `not logged in to sso-session ${login.portal.key} on this machine yet, so what the access portal offers is not known`,
    hint: `${first}log in and apply again: ${commands(login)}`,
    next: `${commands(login)}, which writes the profiles`,
  }
}

function unusable(login: Login, why: string): PortalView {
  return { why, hint: `log in and apply again: ${commands(login)}`, next: commands(login) }
}

function commands({ portal, session: { options } }: Login): string {
  return `sso-reconcile login ${ofProfile(portal.key)}${reachFlags(options)}, then sso-reconcile apply${planFlags(options)}`
}

async function read(login: Login): Promise<PortalView> {
  const { portal, region } = login
  const { route, home, runtime } = login.session
  const accessToken = await readAccessToken(home, portal.key)
  if (!accessToken) return unusable(login, `the cached login of sso-session ${portal.key} has no token`)
  const { readOwnAccess } = await import('../aws/own-access.ts')
  const endpoint = route.sandbox ? { endpoint: route.sandbox.url } : {}
  const seen = await readOwnAccess({ region, accessToken, retry: route.retry, clock: route.clock, ...endpoint })
  if (seen.result === 'read') return seen
  if (seen.result === 'refused')
    return unusable(login, `the access portal no longer accepts the login of sso-session ${portal.key}`)
  const { hint = 'run this again' } = loginTrouble(seen.trouble, portal, runtime.env)
  return { why: `the access portal could not be read (${seen.trouble.message})`, hint }
}
