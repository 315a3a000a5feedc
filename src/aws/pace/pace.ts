import { opening } from './opening.ts'
import { cut, held, type Raise, raised, used } from './raise.ts'
import { answers, countedSecond, sentCalls } from './sent.ts'
import { type ServicePace, servicePace } from './service.ts'

/** A call that is under way. */
export interface Call {
  readonly service: string
  readonly at: number
  /** The published rate was used up when it was sent. */
  readonly isBeyond: boolean
}

/** How a call came back: answered whatever it was answered, refused because there were too many, or without an answer. */
export type Outcome = 'answered' | 'refused' | 'lost'

/** When calls may be sent. It reads no clock: every question comes with its time, in milliseconds. */
export interface Pace {
  /** Milliseconds until a call may be sent to a service, unless an answer comes sooner; 0 where it may be sent now. */
  wait(service: string, now: number): number
  sent(service: string, now: number): Call
  /** A call came back; `second` is the one of the service's own clock, since 1970, in which it says that it answered. */
  back(call: Call, how: Outcome, now: number, second?: number): void
}

/** Calls a second that AWS allows each of its Identity Center APIs, all callers together (UG/limits). */
const published = 20

/** Milliseconds without a refusal after which the published rate is exceeded again, by one call. */
const calm = 10_000

/**
 * Paces all calls of a connection, to all services together. The published rate is never waited for. What goes beyond it is found out
 * with few calls (`opening`), and given up at the first refusal; from then on it is tried again seldom. A service that refuses what is
 * within the rate is asked less by itself.
 */
export function newPace(): Pace {
  const all = sentCalls()
  const inSecond = answers()
  const open = opening(published)
  const services = new Map<string, ServicePace>()
  let limit: Raise | undefined
  let lastBeyond = Number.NEGATIVE_INFINITY
  const paceOf = (service: string) => {
    const pace = services.get(service) ?? servicePace(published)
    services.set(service, pace)
    return pace
  }
  const waitForAll = (now: number) => {
    limit = limit && raised(limit, now)
    const milliseconds = all.wait(now, limit?.rate ?? published)
    return !limit && open.mayExceed(now) ? 0 : milliseconds
  }
  return {
    wait: (service, now) => Math.max(waitForAll(now), paceOf(service).wait(now)),
    sent(service, now) {
      const isBeyond = all.wait(now, published) > 0
      if (isBeyond) lastBeyond = now
      all.add(now)
      paceOf(service).sent(now)
      open.sent()
      return { service, at: now, isBeyond }
    },
    back(call, how, now, second) {
      if (how !== 'answered') open.lost()
      else {
        if (!limit) open.answered(call, now, second)
        const within = inSecond.add(call.at)
        limit = limit && used(limit, call.at, within)
        paceOf(call.service).answered(call.at, now)
      }
      if (how !== 'refused') return
      // Calls overtake each other: the one that was too many need not be the one that was sent last.
      if (Math.abs(call.at - lastBeyond) >= countedSecond) paceOf(call.service).refused(call.at, now)
      else if (!limit) limit = held(published, now, calm)
      else limit = cut(limit, call.at, published, now)
    },
  }
}
