import { inAnySecond, inBucket, inSecondsOfClock } from './counting.ts'

/** What finds out how much more than the published rate is answered. */
export interface Opening {
  /** True where another call may be under way though the published rate is used up. */
  mayExceed(now: number): boolean
  sent(): void
  /** A call came back: with an answer, or without one, which proves nothing. */
  back(call: { readonly at: number }, isAnswered: boolean): void
}

/** Calls beyond what a service may allow: of a hundred calls, two refused ones are not too many. */
const probes = 2

/** When the seconds of a service begin, in milliseconds after ours: its clock differs, and calls take their time to it. */
const phases = Array.from({ length: 40 }, (_, nth) => nth * 25)

/**
 * Starts with nothing known. As long as a service may count in some way, hardly more calls are sent than it then answers. Once more was
 * answered than any way of counting allows, the number of calls under way grows with each answer: what is not throttled is at full speed
 * after a few round trips.
 */
export function opening(published: number): Opening {
  const clocks = phases.map((phase) => inSecondsOfClock(published, phase))
  let possible = [inAnySecond(published), inBucket(published), ...clocks]
  // A second's worth: fewer make every look of an unthrottled service longer by a round trip, more are refused by a service that has
  // saved up twice its rate.
  let width = published
  let underWay = 0
  return {
    mayExceed(now) {
      if (possible.length === 0) return underWay < width
      return possible.every((one) => one.count(now) + underWay < published + probes)
    },
    sent() {
      underWay += 1
    },
    back({ at }, isAnswered) {
      underWay -= 1
      if (!isAnswered) return
      if (possible.length === 0) width += 1
      for (const one of possible) one.answered(at)
      possible = possible.filter((one) => !one.isExceeded())
    },
  }
}
