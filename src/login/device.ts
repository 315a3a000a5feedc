import type { Clock } from '../model/clock.ts'
import {
  type DeviceCode,
  type IssuedToken,
  type RegisteredClient,
  ServiceTrouble,
  type SignInService,
} from '../model/sign-in.ts'

/** Seconds that are added where AWS asks to slow down (RFC 8628, section 3.5). */
const slowDown = 5

/** Questions without an answer, one after another, that are put down to a network that changes. */
const patience = 5

/**
 * Waits until a person has answered the page of a device code, as often as AWS allows to ask. Throws a ServiceTrouble: `denied`,
 * `expired` also when the time of the code is over without AWS saying so, or why AWS gives no answer.
 */
export async function awaitDevice(
  service: SignInService,
  client: RegisteredClient,
  { deviceCode, expiresIn, interval: first }: DeviceCode,
  clock: Clock,
): Promise<IssuedToken> {
  const end = clock.now().getTime() + expiresIn * 1000
  let [interval, unanswered] = [first, 0]
  for (;;) {
    await clock.sleep(interval * 1000)
    try {
      return await service.token(client, { type: 'device', deviceCode })
    } catch (thrown) {
      if (!(thrown instanceof ServiceTrouble)) throw thrown
      unanswered = thrown.reason === 'network' || thrown.reason === 'busy' ? unanswered + 1 : 0
      if (unanswered > patience || !isPassing(thrown)) throw thrown
      if (thrown.reason !== 'pending') interval += slowDown
    }
    if (clock.now().getTime() >= end) throw timeIsOver('CreateToken')
  }
}

function isPassing({ reason }: ServiceTrouble): boolean {
  return ['pending', 'slow-down', 'network', 'busy'].includes(reason)
}

/** Nobody answered in time. */
export function timeIsOver(operation: string): ServiceTrouble {
  return new ServiceTrouble(operation, {
    reason: 'expired',
    code: 'TimeLimit',
    words: 'the sign-in was not completed in time',
  })
}
