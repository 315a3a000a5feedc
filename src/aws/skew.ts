import { isClockSkewError } from '@smithy/core/retry'
import { type Signing, toMiddleware } from './signing.ts'

/** Milliseconds by which the time of a signature is off before a refusal may be about that: the SDK's own limit. */
const tolerated = 240_000

/**
 * Has a client send again for the sake of the clock only what was signed with a wrong time. While this machine's clock is off the
 * SDK takes every refusal for one about the time, also where it signs with AWS's time already, and repeats it until its tries are
 * used up: each "not found" then takes half a minute, and a refused change looks like one whose answer got lost. Gives the client.
 */
export function signedInTime<C extends Signing>(client: C): C {
  const { config, middlewareStack } = client
  const place = { name: 'signedInTime', relation: 'before', toMiddleware } as const
  middlewareStack.addRelativeTo(
    (next) => async (sent) => {
      const before = config.systemClockOffset
      try {
        return await next(sent)
      } catch (thrown) {
        const wasOff = Math.abs(config.systemClockOffset - before) >= tolerated
        if (!wasOff || !isAboutTime(thrown)) unmark(thrown)
        throw thrown
      }
    },
    place,
  )
  return client
}

function isAboutTime(thrown: unknown): boolean {
  return thrown instanceof Error && isClockSkewError({ name: thrown.name, message: thrown.message })
}

// The mark is the SDK's, and all that its retries look at.
function unmark(thrown: unknown): void {
  const { $metadata } = thrown as { $metadata?: { clockSkewCorrected?: boolean } }
  if ($metadata) delete $metadata.clockSkewCorrected
}
