import { isClockSkewError } from '@smithy/core/retry'

/** Steps in between what sends a request: each is given the next one. */
type Middleware = <Request, Answer>(
  next: (request: Request) => Promise<Answer>,
) => (request: Request) => Promise<Answer>

/** A client that signs its requests with AWS's time, as it has worked it out by the answers so far. */
interface Signing {
  /** `systemClockOffset`: milliseconds that AWS is ahead of this machine. */
  readonly config: { readonly systemClockOffset: number }
  readonly middlewareStack: {
    addRelativeTo(middleware: Middleware, place: { readonly relation: 'before'; readonly toMiddleware: string }): void
  }
}

/** Times that differ by less than this, in milliseconds, sign alike: AWS takes signatures of up to five minutes ago. */
const sameTime = 60_000

/**
 * Sends a request again because of a wrong clock only where that was what it was refused for. The SDK takes every refusal for such
 * a one while this machine's clock is four minutes off: a Date header has whole seconds, so each answer tells a slightly different
 * difference. A conflict, or a thing that is not there, would be asked for ten times over. Gives the client.
 */
export function signedAgain<C extends Signing>(client: C): C {
  const { config, middlewareStack } = client
  const middleware: Middleware = (next) => async (request) => {
    const signedWith = config.systemClockOffset
    try {
      return await next(request)
    } catch (thrown) {
      const isCorrected = Math.abs(config.systemClockOffset - signedWith) >= sameTime
      if (!isCorrected || !isAboutTime(thrown)) unmark(thrown)
      throw thrown
    }
  }
  middlewareStack.addRelativeTo(middleware, { relation: 'before', toMiddleware: 'httpSigningMiddleware' })
  return client
}

function isAboutTime(thrown: unknown): boolean {
  return isClockSkewError(thrown as Parameters<typeof isClockSkewError>[0])
}

function unmark(thrown: unknown): void {
  const { $metadata } = thrown as { $metadata?: { clockSkewCorrected?: boolean } }
  if ($metadata) delete $metadata.clockSkewCorrected
}
