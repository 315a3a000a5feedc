import { type DeviceCode, type RegisteredClient, ServiceTrouble } from '../../model/sign-in.ts'
import { shown } from '../../text/shown.ts'
import { awaitDevice } from '../device.ts'
import { clientName, registered, type SignIn } from './registration.ts'

/** Signs in with a code that a person types into a page, on any device. Throws a ServiceTrouble, or a Refusal when the login cannot be kept. */
export async function byCode(signIn: SignIn): Promise<void> {
  const { context, service } = signIn
  const { client, device } = await begun(signIn)
  invite(signIn, device)
  await signIn.keep(client, await awaitDevice(service, client, device, context.runtime.clock))
}

/** A registration that AWS has forgotten, though its time is not over, is made anew once. */
async function begun(signIn: SignIn): Promise<{ readonly client: RegisteredClient; readonly device: DeviceCode }> {
  const { service, session } = signIn
  const { client, fromCache } = await registered(signIn, undefined)
  try {
    return { client, device: await service.startDevice(client, session.startUrl) }
  } catch (thrown) {
    if (!(fromCache && thrown instanceof ServiceTrouble && thrown.reason === 'client')) throw thrown
    const fresh = await registered(signIn, undefined, true)
    return { client: fresh.client, device: await service.startDevice(fresh.client, session.startUrl) }
  }
}

function invite(
  { context, session, flow, open }: SignIn,
  { page, pageWithCode, userCode, expiresIn }: DeviceCode,
): void {
  const { runtime, say } = context
  const lead = flow.opens ? 'If no browser opens, open this address on any device:' : 'Open this address on any device:'
  runtime.err(`${lead}\n\n${shown(page)}\n\nand enter the code:\n\n${shown(userCode)}\n\n`)
  if (pageWithCode !== page) runtime.err(`or open it with the code filled in:\n\n${shown(pageWithCode)}\n\n`)
  const asks = `the page asks to allow ${clientName(session, runtime.clock.now())}, which is this login`
  say(`${asks}; waiting up to ${Math.ceil(expiresIn / 60)} minutes`)
  open(pageWithCode)
}
