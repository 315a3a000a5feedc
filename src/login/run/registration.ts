import { type Registration, readRegistration, saveRegistration } from '../../local/identity/token-store.ts'
import type { IssuedToken, RegisteredClient, SignInService } from '../../model/sign-in.ts'
import type { Flow } from '../flow.ts'
import type { SsoSession } from '../sso-profile.ts'
import type { LoginContext } from './context.ts'

/** A session that can be signed in to. */
export interface Portal extends SsoSession {
  readonly startUrl: string
  readonly region: string
}

/** A login under way. */
export interface SignIn {
  readonly context: LoginContext
  readonly session: Portal
  readonly service: SignInService
  readonly flow: Flow
  /** Opens a page where a browser is wanted; says so when none opens. */
  open(address: string): void
  /** Keeps what was issued. */
  keep(client: RegisteredClient, token: IssuedToken): Promise<void>
}

/** What is asked for where the config names no scopes; without any there would be nothing to renew a login with. */
const usualScopes = ['sso:account:access']

/**
 * The registration that is cached for such a login, or a new one, which is then cached; `anew` makes a new one in any case. Throws a
 * ServiceTrouble when AWS makes none.
 */
export async function registered(
  { context, session, service }: SignIn,
  browser: { readonly redirectUri: string } | undefined,
  anew = false,
): Promise<{ readonly client: RegisteredClient; readonly fromCache: boolean }> {
  const { runtime, options, home } = context
  const about: Registration = {
    ...{ startUrl: session.startUrl, region: session.region, scopes: session.scopes ?? null },
    ...{ session: session.legacy ? null : session.key, browser: browser !== undefined },
  }
  const cached = options.force || anew ? undefined : await readRegistration(home, about, runtime.clock.now())
  if (cached) return { client: cached, fromCache: true }
  const scopes = scopesOf(session)
  const client = await service.register({
    ...{ name: clientName(session, runtime.clock.now()), scopes },
    ...(browser ? { browser: { ...browser, startUrl: session.startUrl } } : {}),
  })
  const { browserGrants } = await import('../../aws/sign-in.ts')
  await saveRegistration(
    home,
    { ...about, registeredScopes: scopes, grantTypes: browserGrants },
    client,
    runtime.machine,
  )
  return { client, fromCache: false }
}

/** The name that the page shows. The registration is shared with the AWS CLI, and so its name is. */
export function clientName({ legacy, key }: SsoSession, now: Date): string {
  return `botocore-client-${legacy ? Math.floor(now.getTime() / 1000) : key}`
}

/** The older form gets no scopes: AWS then issues a login of eight hours that is never renewed. */
export function scopesOf({ legacy, scopes = [] }: SsoSession): readonly string[] {
  if (legacy) return []
  return scopes.length > 0 ? scopes : usualScopes
}
