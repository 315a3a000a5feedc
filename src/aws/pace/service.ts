import { held, inForce, lowered, type Raise, raised, used } from './raise.ts'
import { answers, sentCalls } from './sent.ts'

/** The pace of one service that refuses less than the published rate: it allows less, or others use it too. */
export interface ServicePace {
  /** Milliseconds until a call may be sent to it. */
  wait(now: number): number
  sent(now: number): void
  answered(sentAt: number, now: number): void
  refused(sentAt: number, now: number): void
}

/** Calls a second that a service is still asked however often it refuses them; fewer, and one burst of others would hold up all. */
const slowest = 8

/** Refusals within so many milliseconds that tell of a rate; a single one is a matter of chance. */
const few = { calls: 3, milliseconds: 3_000 }

/** Milliseconds without a refusal after which it is asked more again. */
const calm = 4_000

/** Starts without a limit of its own. */
export function servicePace(published: number): ServicePace {
  const sent = sentCalls()
  const answered = sentCalls()
  const inSecond = answers()
  let refusals: readonly number[] = []
  let limit: Raise | undefined
  return {
    wait(now) {
      limit = limit && raised(limit, now)
      if (limit && limit.rate >= published) limit = undefined
      if (!limit) return 0
      return sent.wait(now, limit.rate)
    },
    sent: sent.add,
    answered(sentAt, now) {
      answered.add(now)
      const within = inSecond.add(sentAt)
      limit = limit && used(limit, sentAt, within)
    },
    refused(sentAt, now) {
      // What was sent before the rate was set says nothing about it.
      const tooMuch = limit && inForce(limit, sentAt)
      if (limit && !tooMuch) return
      const before = tooMuch && lowered(tooMuch, now)
      refusals = before ? [] : [...refusals.filter((at) => at > now - few.milliseconds), now]
      if (before) limit = before
      if (refusals.length < few.calls) return
      refusals = []
      limit = held(Math.max(slowest, Math.min(answered.count(now), limit?.rate ?? published)), now, calm)
    },
  }
}
