import { AdaptiveRetryStrategy, DefaultRateLimiter } from '@smithy/core/retry'
import type { Route } from './route.ts'

/** Milliseconds in which a connection has to come about. */
export const connectionTimeout = 5_000

/** Milliseconds after which an answer no longer counts as on its way. */
export const requestTimeout = 60_000

/** The same of what is asked while a person waits for one answer. */
export const whileSomebodyWaits = { connectionTimeout, requestTimeout: 30_000, throwOnRequestTimeout: true } as const

/** Calls a second that each service is still asked when it throttles; AWS allows 20 (UG/limits). */
const slowest = 8

type Failure = Parameters<AdaptiveRetryStrategy['refreshRetryTokenForRetry']>[1]

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

/** What a plan is only better for: an answer that does not come at once is done without. */
export const brief: Tries = { most: 3, of: ({ error }) => (hasAnswer(error) ? Number.POSITIVE_INFINITY : 1) }

/** The limits of one such request, in milliseconds. */
export const whileAtIt = { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true } as const

/**
 * How often a request is tried. The environment's own settings go first. Else adaptive retry paces all that one client asks to what the
 * service allows. Left alone it slows down to one call in two seconds, and stays there for minutes after a single burst of throttling.
 */
export function patient({ mode, attempts }: Route['retry'], tries: Tries) {
  if (mode) return attempts ? {} : { maxAttempts: tries.most }
  const rateLimiter = new DefaultRateLimiter({ minFillRate: slowest, minCapacity: slowest })
  return { retryStrategy: new Patience(Number(attempts) || tries.most, { rateLimiter }, tries.of) }
}

/** Gives up early where another try is of no use. */
class Patience extends AdaptiveRetryStrategy {
  private readonly triesOf: Tries['of']

  constructor(most: number, options: ConstructorParameters<typeof AdaptiveRetryStrategy>[1], triesOf: Tries['of']) {
    super(most, options)
    this.triesOf = triesOf
  }

  override async refreshRetryTokenForRetry(
    ...[token, failure]: Parameters<AdaptiveRetryStrategy['refreshRetryTokenForRetry']>
  ) {
    // Whoever asks throws what the request failed with last.
    if (token.getRetryCount() + 1 >= this.triesOf(failure)) throw new Error('no more tries')
    return super.refreshRetryTokenForRetry(token, failure)
  }
}

/** True where a server answered, with whatever. */
function hasAnswer(thrown: unknown): boolean {
  return (thrown as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode !== undefined
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
