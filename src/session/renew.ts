import { readToken, type TokenRead } from '../local/identity/token-cache.ts'
import { readLogin, saveLogin } from '../local/identity/token-store.ts'
import { isElsewhere, type Renewal, standing } from '../login/need.ts'
import type { SsoSession } from '../login/sso-profile.ts'
import { loginTrouble } from '../login/trouble.ts'
import { ServiceTrouble } from '../model/sign-in.ts'
import type { Session } from './runtime.ts'

/** Where a login is kept, and which AWS renews it. */
export type LoginDesk = Pick<Session, 'runtime' | 'home' | 'route'>

/** A login after it was looked at, and what became of its renewal. */
export interface Renewed {
  readonly token: TokenRead
  readonly renewal: Renewal
}

/**
 * Renews the access token of a login that ends soon or has ended, without a browser, for as long as the portal session lives. A login
 * that was made for something else is left alone, so that nothing it can be renewed with is sent elsewhere. Throws a Refusal when the
 * renewed login cannot be kept.
 */
export async function renewed(desk: LoginDesk, session: SsoSession, token: TokenRead): Promise<Renewed> {
  const { runtime, home } = desk
  const stale = standing(token, runtime.clock.now()) === 'stale'
  if (!stale || session.legacy || isElsewhere(session, token)) return { token, renewal: 'none' }
  const renewal = await renew(desk, session)
  const after = await readToken(home, session.key)
  // Another tool may have renewed it in between, after which AWS takes the old refresh token no more.
  const good = standing(after, runtime.clock.now()) === 'good'
  return { token: after, renewal: good ? 'done' : renewal }
}

async function renew({ runtime, home, route }: LoginDesk, session: SsoSession): Promise<Renewal> {
  const place = { home, key: session.key }
  const { region } = session
  const login = await readLogin(place)
  if (!login || !region) return 'none'
  const { signInService } = await import('../aws/sign-in.ts')
  const service = signInService({
    region,
    clock: route.clock,
    ...(route.sandbox ? { endpoint: route.sandbox.url } : {}),
  })
  try {
    const issued = await service.token(login.client, { type: 'refresh', refreshToken: login.refreshToken })
    const expires = new Date(runtime.clock.now().getTime() + issued.expiresIn * 1000)
    const { accessToken, refreshToken = login.refreshToken } = issued
    await saveLogin(place, { ...login, accessToken, refreshToken, expires }, runtime.machine)
    return 'done'
  } catch (thrown) {
    if (!(thrown instanceof ServiceTrouble)) throw thrown
    const answered = ['refused', 'client', 'denied', 'expired'].includes(thrown.reason)
    return answered ? 'refused' : { failed: loginTrouble(thrown, session, runtime.env).message }
  }
}
