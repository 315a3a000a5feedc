import { type Loopback, openLoopback, type Redirected, redirectUri } from '../../local/identity/loopback.ts'
import { type IssuedToken, type RegisteredClient, ServiceTrouble } from '../../model/sign-in.ts'
import { shown } from '../../text/shown.ts'
import { timeIsOver } from '../device.ts'
import { failedPage, signedInPage, strangerPage } from '../page.ts'
import { authorizeAddress, secretBytes, urlText } from '../pkce.ts'
import { byCode } from './by-code.ts'
import { clientName, registered, type SignIn, scopesOf } from './registration.ts'

/** Minutes that the page may take, as in the AWS CLI. */
const minutes = 10

/**
 * Signs in through a browser of this machine: authorization code with PKCE, which comes back to a port that is open for as long as
 * this takes. Where no port can be opened, a code does. Throws a ServiceTrouble, or a Refusal when the login cannot be kept.
 */
export async function byBrowser(signIn: SignIn, name: string): Promise<void> {
  const { context } = signIn
  const state = urlText(context.runtime.random(secretBytes))
  const loopback = await openLoopback((query) => query.get('state') === state, strangerPage).catch(() => undefined)
  if (!loopback) {
    context.say(`${name}: no port on 127.0.0.1 could be opened for the browser to return to; signing in with a code`)
    return byCode(signIn)
  }
  try {
    await through(loopback, signIn, name, state)
  } finally {
    await loopback.close()
  }
}

async function through(loopback: Loopback, signIn: SignIn, name: string, state: string): Promise<void> {
  const { context, session, service } = signIn
  const { client } = await registered(signIn, { redirectUri })
  const verifier = urlText(context.runtime.random(secretBytes))
  const asked = { clientId: client.id, redirectUri: loopback.uri, scopes: scopesOf(session), state, verifier }
  const address = authorizeAddress({ page: await service.authorizePage(), ...asked })
  invite(signIn, name, address)
  const back = await inTime(signIn, loopback)
  try {
    await signIn.keep(client, await redeemed(signIn, client, back, { redirectUri: loopback.uri, verifier }))
  } catch (thrown) {
    await back.answer(failedPage)
    throw thrown
  }
  await back.answer(signedInPage(session.key))
}

function invite({ context, session, flow, open }: SignIn, name: string, address: string): void {
  const { runtime, say } = context
  say(`${name}: the page asks to allow ${clientName(session, runtime.clock.now())}, which is this login`)
  const lead = flow.opens
    ? 'If no browser opens, open this address on this machine:'
    : 'Open this address on this machine:'
  runtime.err(`${lead}\n\n${shown(address)}\n\n`)
  say(`waiting up to ${minutes} minutes; to sign in on another device press Ctrl-C and add --use-device-code`)
  open(address)
}

async function inTime({ context }: SignIn, { redirected }: Loopback): Promise<Redirected> {
  const over = new AbortController()
  const late = context.runtime.clock.sleep(minutes * 60_000, over.signal).then(() => undefined)
  const back = await Promise.race([redirected, late])
  over.abort()
  if (back === undefined) throw timeIsOver('authorize')
  return back
}

async function redeemed(
  { service }: SignIn,
  client: RegisteredClient,
  { query }: Redirected,
  kept: { readonly redirectUri: string; readonly verifier: string },
): Promise<IssuedToken> {
  const [code, failure] = [query.get('code'), query.get('error')]
  if (code) return service.token(client, { type: 'browser', code, ...kept })
  const words = query.get('error_description') ?? ''
  const reason = failure === 'access_denied' ? 'denied' : 'refused'
  throw new ServiceTrouble('authorize', {
    reason,
    code: cut(failure ?? 'no code was returned'),
    words: cut(words),
  })
}

// What comes back with a browser may be anything.
function cut(text: string): string {
  return shown(text).slice(0, 200)
}
