import { backoff, type Clock } from '../model/clock.ts'
import { error, Refusal, refusedWith } from '../model/diagnostic.ts'
import { turnstile } from '../model/turnstile.ts'
import { accountTurns } from './account-turns.ts'
import type { Transport } from './connect.ts'
import type { Obstacle, RequestFamily, Writer } from './port.ts'
import { fresh } from './reader.ts'
import { follow, timeLimit } from './requests.ts'

/** Times a conflict that nothing explains is waited out: about a minute in all. */
const patience = 16

/** Requests of a family that AWS lets run at a time, where that is fewer than are ever started together (UG/limits). */
const atOnce: Partial<Record<RequestFamily, number>> = { provisioning: 3 }

/** A writer over a connection. Asynchronous requests of one writer are followed together. */
export function writer(transport: Transport, clock: Clock, instanceArn: string): Writer {
  const reader = fresh(transport)
  const settled = follow(reader, clock, instanceArn)
  const inAccount = accountTurns()
  const turns = new Map(Object.entries(atOnce).map(([family, limit]) => [family, turnstile(limit)]))
  return {
    ...reader,
    send: (operation, input, look) => sendPatiently(() => transport(operation, input), clock, look),
    follow(family, account, start) {
      const whole = () => inAccount(account, async () => settled(family, await start()))
      return turns.get(family)?.(whole) ?? whole()
    },
  }
}

// "A previous write did not have time to propagate" and "is in use" share one error name, and the SDK retries neither. Only a look
// at what is there tells them apart. A value that is taken stays taken.
async function sendPatiently<T>(
  send: () => Promise<T>,
  clock: Clock,
  look: (() => Promise<Obstacle>) | undefined,
): Promise<T> {
  const since = clock.now().getTime()
  for (let attempt = 0; ; attempt++) {
    try {
      return await send()
    } catch (thrown) {
      const taken = refusedWith(thrown, 'aws-taken')
      if (!taken && !refusedWith(thrown, 'aws-conflict')) throw thrown
      const found = taken || attempt === 0 || attempt >= patience ? await look?.() : undefined
      if (typeof found === 'object') throw inTheWay(found.final, thrown)
      const late = clock.now().getTime() - since > timeLimit
      if (taken || late || (attempt >= patience && found !== 'changing')) throw thrown
      await clock.sleep(backoff(attempt, clock))
    }
  }
}

function inTheWay(found: string, cause: unknown): Refusal {
  const [code = 'aws-conflict'] = ['aws-taken', 'aws-conflict'].filter((one) => refusedWith(cause, one))
  return new Refusal(error(code, found, { hint: 'run plan again to see what is there now' }), { cause })
}
