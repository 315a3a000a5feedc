import { AdaptiveRetryStrategy, DefaultRateLimiter } from '@smithy/core/retry'
import type { Route } from './route.ts'

/** Milliseconds in which a connection has to come about. */
export const connectionTimeout = 5_000

/** Milliseconds after which an answer no longer counts as on its way. */
export const requestTimeout = 60_000

/** Tries of a request to which no answer comes at all. */
const triesWithoutAnswer = 3

/** Calls a second that each service is still asked when it throttles; AWS allows 20 (UG/limits). */
const slowest = 8

/**
 * How often a request is tried. Adaptive retry paces itself to what the service allows. Left alone it slows down to one call in two
 * seconds, and stays there for minutes after a single burst of throttling.
 */
export function patient({ retry }: Route) {
  if (retry.mode) return retry.attempts ? {} : { maxAttempts: 10 }
  const rateLimiter = new DefaultRateLimiter({ minFillRate: slowest, minCapacity: slowest })
  return { retryStrategy: new Patience(Number(retry.attempts) || 10, { rateLimiter }) }
}

/** Does not spend ten minutes on a service that takes requests and never answers. */
class Patience extends AdaptiveRetryStrategy {
  override async refreshRetryTokenForRetry(
    ...[token, failure]: Parameters<AdaptiveRetryStrategy['refreshRetryTokenForRetry']>
  ) {
    // Whoever asks throws what the request failed with last.
    if (isUnanswered(failure.error) && token.getRetryCount() + 1 >= triesWithoutAnswer) throw new Error('no more tries')
    return super.refreshRetryTokenForRetry(token, failure)
  }
}

/** True where a connection was there and no answer came in time. */
export function isUnanswered(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'TimeoutError' && thrown.message.includes('requestTimeout')
}
