import { localKinds } from '../kinds/index.ts'
import { sessionNamed } from '../kinds/shared/portal-session.ts'
import { type CachedToken, readAccessToken, readToken } from '../local/identity/token-cache.ts'
import type { Facts, PortalView } from '../model/facts.ts'
import { plainUrl, signInRegion } from '../model/portal.ts'
import type { State } from '../model/state.ts'
import { reachFlags } from '../session/flags.ts'
import type { Session } from '../session/runtime.ts'
import { quoted } from '../text/quote.ts'
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
  const name = manifest.manifest.local?.sso_session ?? ''
  const written = sessionNamed(here, name)
  const startUrl = manifest.manifest.identity_center.start_url ?? written?.sso_start_url ?? facts.startUrl
  const region = signInRegion(startUrl, facts.region)
  const login: Login = { session, name, isWritten: written !== undefined }
  const token = await readToken(home, name)
  if (token === 'missing') return noLogin(login)
  if (token === 'unreadable') return unusable(login, `the cached login of sso-session ${name} cannot be read`)
  const elsewhere = otherPortal(token, startUrl, region)
  if (elsewhere) return unusable(login, `the login of sso-session ${name} is for ${elsewhere}`)
  if (token.expiresAt === undefined || token.expiresAt <= runtime.clock.now())
    return unusable(
      login,
      `the login of sso-session ${name} ended${token.expiresAt ? ` ${moment(token.expiresAt)}` : ''}`,
    )
  return read(login, region)
}

interface Login {
  readonly session: Session
  readonly name: string
  /** False where the section has still to be written. */
  readonly isWritten: boolean
}

const notAsked: PortalView = {
  why: 'what your login sees in the access portal was not read, because --only local opens no connection',
  hint: 'run it without --only local; where the manifest describes Identity Center too, --only sso-session,profile reads the portal alone',
}

function noLogin(login: Login): PortalView {
  const first = login.isWritten ? '' : 'apply writes the session first; then '
  return {
    why: `nobody is logged in to sso-session ${login.name} on this machine yet, so what the access portal offers is not known`,
    hint: `${first}log in and apply again: ${commands(login)}`,
    next: `${commands(login)}, which writes the profiles`,
  }
}

function unusable(login: Login, why: string): PortalView {
  return { why, hint: `log in and apply again: ${commands(login)}`, next: commands(login) }
}

function commands({ name, session: { options } }: Login): string {
  const flags = reachFlags(options)
  return `sso-reconcile login ${quoted(name)}${flags}, then sso-reconcile apply${flags}`
}

function otherPortal(token: CachedToken, startUrl: string | undefined, region: string): string | undefined {
  if (startUrl && token.startUrl && plainUrl(token.startUrl) !== plainUrl(startUrl))
    return `another portal (${token.startUrl}, not ${startUrl})`
  return token.region && token.region !== region ? `another region (${token.region}, not ${region})` : undefined
}

async function read(login: Login, region: string): Promise<PortalView> {
  const { route, home } = login.session
  const accessToken = await readAccessToken(home, login.name)
  if (!accessToken) return unusable(login, `the cached login of sso-session ${login.name} holds no token`)
  const { readOwnAccess } = await import('../aws/own-access.ts')
  const endpoint = route.sandbox ? { endpoint: route.sandbox.url } : {}
  const seen = await readOwnAccess({ region, accessToken, retry: route.retry, ...endpoint })
  if (seen.result === 'read') return seen
  if (seen.result === 'refused')
    return unusable(login, `the access portal no longer takes the login of sso-session ${login.name}`)
  return {
    why: `the access portal could not be read (${seen.message})`,
    hint: `check the network and the region (${region}), then run this again`,
  }
}
