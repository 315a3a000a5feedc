import { isThrottlingError } from '@smithy/core/retry'
import { madeAt } from '../../model/aws-time.ts'
import { timesOf } from '../clock.ts'
import { hasAnswer } from '../patience.ts'
import { isNextPage } from '../turns.ts'
import type { Line } from './line.ts'
import type { Outcome } from './pace.ts'

/** A client of the SDK that signs its requests. */
interface Signing {
  readonly middlewareStack: {
    addRelativeTo(
      step: <A extends { readonly input: object }, R>(next: (signed: A) => Promise<R>) => (signed: A) => Promise<R>,
      place: { readonly name: string; readonly relation: 'after'; readonly toMiddleware: string },
    ): void
  }
}

/** Milliseconds after which a signature is made again: AWS takes none of five minutes ago, and a lid may be closed while a request waits. */
const freshly = 60_000

/**
 * Has each attempt of a client's requests wait in a line, and tells the line how it came back: the SDK's own limiter learns by being
 * refused, and is one for each client. An attempt waits when it is signed and all but sent, so that it is sent when the line says so and
 * not after the work for it and for others. Gives the client.
 */
export function paced<C extends Signing>(client: C, line: Line, service: string): C {
  client.middlewareStack.addRelativeTo(
    (next) => async (signed) => {
      const call = await line.take(service, isNextPage(signed.input))
      try {
        if (call.waited > freshly) throw stale(call.waited)
        const answer = await next(signed)
        line.back(call, 'answered', secondOf(answer))
        return answer
      } catch (thrown) {
        line.back(call, outcomeOf(thrown), secondOf({ response: (thrown as Refused).$response }))
        throw thrown
      }
    },
    { name: 'paced', relation: 'after', toMiddleware: 'httpSigningMiddleware' },
  )
  return client
}

// The mark is what the SDK looks at to try again, which begins with a signature.
function stale(milliseconds: number): Error {
  return Object.assign(new Error(`the signature is ${milliseconds} ms old`), { $retryable: {} })
}

/** What the SDK gives with an answer. */
interface Answered {
  readonly response?: { readonly headers?: Readonly<Record<string, string>> } | undefined
}

/** What it throws where AWS refuses. */
interface Refused {
  readonly $response?: Answered['response']
}

function secondOf(answer: unknown): number | undefined {
  const made = madeAt(timesOf((answer as Answered).response?.headers ?? {}))
  return made === undefined ? undefined : made / 1_000
}

function outcomeOf(thrown: unknown): Outcome {
  if (isThrottlingError(thrown as Parameters<typeof isThrottlingError>[0])) return 'refused'
  return hasAnswer(thrown) ? 'answered' : 'lost'
}
