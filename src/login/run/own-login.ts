import { openersFor, openInBrowser } from '../../local/identity/opener.ts'
import { type Place, placeHere } from '../../local/identity/place.ts'
import { saveLogin } from '../../local/identity/token-store.ts'
import { Refusal } from '../../model/diagnostic.ts'
import { ServiceTrouble } from '../../model/sign-in.ts'
import { type Flow, flowFor } from '../flow.ts'
import { loginTrouble } from '../trouble.ts'
import { byBrowser } from './by-browser.ts'
import { byCode } from './by-code.ts'
import type { LoginContext } from './context.ts'
import type { Portal, SignIn } from './registration.ts'

/**
 * Signs in without the AWS CLI and writes the cache that it and the SDKs read. The address, and the code where there is one, are shown
 * whatever the options say, since nobody could sign in otherwise. Throws a Refusal that names the cause when it does not come about.
 */
export async function ownLogin(context: LoginContext, name: string, session: Portal): Promise<void> {
  const { runtime, options, home, route } = context
  const place = await placeHere(runtime.env)
  const flow = flowFor(options, session, place, runtime.env)
  if (flow.because)
    context.say(`${name}: signing in with a code, because ${flow.because}; --use-browser overrides that`)
  const { signInService } = await import('../../aws/sign-in.ts')
  const service = signInService({
    ...{ region: session.region, clock: route.clock },
    ...(route.sandbox ? { endpoint: route.sandbox.url } : {}),
  })
  const signIn: SignIn = {
    ...{ context, session, service, flow },
    open: opening(context, flow, place),
    keep: (client, { accessToken, expiresIn, refreshToken }) =>
      saveLogin(
        { home, key: session.key },
        {
          ...{ startUrl: session.startUrl, region: session.region, accessToken, client },
          expires: new Date(runtime.clock.now().getTime() + expiresIn * 1000),
          ...(refreshToken ? { refreshToken } : {}),
        },
        runtime.machine,
      ),
  }
  try {
    await (flow.by === 'browser' ? byBrowser(signIn, name) : byCode(signIn))
  } catch (thrown) {
    if (!(thrown instanceof ServiceTrouble)) throw thrown
    throw new Refusal(loginTrouble(thrown, session, runtime.env), { cause: thrown })
  }
}

function opening({ runtime, say }: LoginContext, flow: Flow, place: Place): (address: string) => void {
  return (address) => {
    if (!flow.opens) return
    const openers = openersFor(place, runtime.env)
    openInBrowser(address, openers, runtime.env, runtime.machine.pause).then((opened) => {
      if (!opened) say('no browser could be opened here; open the address yourself')
    })
  }
}
