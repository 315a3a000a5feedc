import { isThrottlingError } from '@smithy/core/retry'
import { madeAt } from '../../model/aws-time.ts'
import { timesOf } from '../clock.ts'
import { hasAnswer } from '../has-answer.ts'
import { type Signing, type Step, toMiddleware } from '../signing.ts'
import { isNextPage } from '../turns.ts'
import type { Line } from './line.ts'
import type { Outcome } from './pace.ts'

/**
 * Milliseconds after which a signature is made again, and by which its time may turn out to be off: AWS takes none of five minutes ago, and
 * a lid may be closed, or a clock set, while a request waits.
 */
const signature = { lasts: 60_000, mayBeOff: 60_000 }

/** A request was not sent, because its signature had become too old. */
class TooOld extends Error {}

/**
 * Has each attempt of a client's requests wait in a line, and tells the line how it came back: the SDK's own limiter learns by being
 * refused, and is one for each client. An attempt waits when it is signed and all but sent, so that it is sent when the line says so and
 * not after the work for it and for others. Gives the client.
 */
export function paced<C extends Signing>(client: C, line: Line, service: string): C {
  const { config, middlewareStack } = client
  const inLine: Step = (next) => async (signed) => {
    const before = config.systemClockOffset
    const isTooOld = (waited: number) =>
      waited > signature.lasts || Math.abs(config.systemClockOffset - before) > signature.mayBeOff
    const call = await line.take(service, isNextPage(signed.input), isTooOld)
    if (!call) throw new TooOld()
    const answer = await next(signed).catch((thrown: unknown) => {
      line.back(call, outcomeOf(thrown), toldBy({ response: (thrown as Refused).$response }))
      throw thrown
    })
    line.back(call, 'answered', toldBy(answer))
    return answer
  }
  // None of the tries: nothing was asked yet.
  const signedAgain: Step = (next) => async (unsigned) => {
    for (;;)
      try {
        return await next(unsigned)
      } catch (thrown) {
        if (!(thrown instanceof TooOld)) throw thrown
      }
  }
  middlewareStack.addRelativeTo(inLine, { name: 'inLine', relation: 'after', toMiddleware })
  middlewareStack.addRelativeTo(signedAgain, { name: 'signedAgain', relation: 'before', toMiddleware })
  return client
}

/** What the SDK gives with an answer. */
interface Answered {
  readonly response?: { readonly headers?: Readonly<Record<string, string>> } | undefined
}

/** What it throws where AWS refuses. */
interface Refused {
  readonly $response?: Answered['response']
}

/** The second of the service's own clock, since 1970, in which an answer says that it was made. */
function toldBy(answer: unknown): number | undefined {
  const made = madeAt(timesOf((answer as Answered).response?.headers ?? {}))
  return made === undefined ? undefined : made / 1_000
}

function outcomeOf(thrown: unknown): Outcome {
  if (isThrottlingError(thrown as Parameters<typeof isThrottlingError>[0])) return 'refused'
  return hasAnswer(thrown) ? 'answered' : 'lost'
}
