import { StandardRetryStrategy } from '@smithy/core/retry'
import { hasAnswer } from './has-answer.ts'
import type { Route } from './route.ts'

/** Milliseconds in which a connection has to come about. */
export const connectionTimeout = 5_000

/** Milliseconds after which an answer no longer counts as on its way. */
export const requestTimeout = 60_000

/** The same of what is asked while a person waits for one answer. */
export const whileSomebodyWaits = { connectionTimeout, requestTimeout: 30_000, throwOnRequestTimeout: true } as const

type Token = Awaited<ReturnType<StandardRetryStrategy['acquireInitialRetryToken']>>

type Failure = Parameters<StandardRetryStrategy['refreshRetryTokenForRetry']>[1]

/** How often something is asked where the environment says nothing else. */
export interface Tries {
  readonly most: number
  /** The same of what fails in one way; where that is fewer. */
  readonly of: (failure: Failure) => number
}

/** One unlucky request must not end a look of thousands, nor may a service that takes requests and never answers take ten minutes. */
export const usual: Tries = { most: 10, of: ({ error }) => (isUnanswered(error) ? 6 : Number.POSITIVE_INFINITY) }

/**
 * The same of what a server may not know. AWS names what went wrong inside; another server answers what it does not know with an error
 * page, again and again.
 */
export const unlessUnknown: Tries = { ...usual, of: (failure) => (isNamed(failure.error) ? usual.of(failure) : 2) }

/** What nothing depends on. */
export const goodToHave: Tries = { ...usual, most: 2 }

/** What a plan is only better for: an answer that does not come at once is done without. */
export const brief: Tries = { most: 3, of: ({ error }) => (hasAnswer(error) ? Number.POSITIVE_INFINITY : 1) }

/** The limits of one such request, in milliseconds. */
export const whileAtIt = { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true } as const

/** How often, and when, a request is tried. The environment's own settings go first. */
export function patient({ mode, attempts }: Route['retry'], tries: Tries) {
  if (mode) return attempts ? {} : { maxAttempts: tries.most }
  return { retryStrategy: new Patience({ most: Number(attempts) || tries.most, of: tries.of }) }
}

/**
 * The SDK says what is tried again and after how long. Each request has a judge of its own: one for all keeps an account of what is
 * retried, and where many that are under way at a time fail together that is used up, and ends a look for one that was tried once.
 */
class Patience {
  /** What the user agent says of retries: requests wait as AWS asks them to, in a line of their own. */
  readonly mode = 'adaptive'
  private readonly judges = new WeakMap<Token, StandardRetryStrategy>()
  private readonly tries: Tries

  constructor(tries: Tries) {
    this.tries = tries
  }

  async acquireInitialRetryToken(scope: string): Promise<Token> {
    const judge = new StandardRetryStrategy(this.tries.most)
    return this.judged(await judge.acquireInitialRetryToken(scope), judge)
  }

  async refreshRetryTokenForRetry(token: Token, failure: Failure): Promise<Token> {
    const judge = this.judges.get(token)
    // Whoever asks throws what the request failed with last.
    if (!judge || token.getRetryCount() + 1 >= this.tries.of(failure)) throw new Error('no more tries')
    return this.judged(await judge.refreshRetryTokenForRetry(token, failure), judge)
  }

  /** Each judge had one request to judge. */
  recordSuccess(): void {}

  private judged(token: Token, judge: StandardRetryStrategy): Token {
    this.judges.set(token, judge)
    return token
  }
}

/** True where a server of AWS's kind said what is wrong. */
function isNamed(thrown: unknown): boolean {
  const { name, $fault } = thrown as { name?: string; $fault?: string }
  return $fault !== undefined && name !== 'Unknown' && name !== 'UnknownError'
}

/** True where a connection was there and no answer came in time. */
function isUnanswered(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'TimeoutError' && thrown.message.includes('requestTimeout')
}
