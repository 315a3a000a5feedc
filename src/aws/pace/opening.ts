import { inBucket, inMovingSecond, inSecondOfClock } from './counting.ts'

/** What finds out how much more than the published rate is answered. */
export interface Opening {
  /** True where another call may be under way though the published rate is used up. */
  mayExceed(now: number): boolean
  sent(): void
  /** A call came back: with an answer, or without one, which proves nothing. */
  back(call: { readonly at: number }, now: number, isAnswered: boolean): void
}

/** Calls beyond what a service may allow before more than that was answered: of a hundred calls, two refused ones are not too many. */
const probes = 2

/** Calls under way at a time once more was answered than the published rate allows, however services count. */
const proven = 8

/**
 * Starts with nothing known. As long as a service may count in some way, hardly more calls are sent than it then answers. Once more was
 * answered than any way of counting allows, the number of calls under way grows with each answer: what is not throttled is at full speed
 * after a few round trips.
 */
export function opening(published: number): Opening {
  const moving = inMovingSecond(published)
  let possible = [moving, inSecondOfClock(published), inBucket(published)]
  let width = proven
  let underWay = 0
  return {
    mayExceed(now) {
      if (possible.length === 0) return underWay < width
      if (possible.every((one) => one.count(now) + underWay < published + probes)) return true
      // Without a few calls it would never be known.
      return !possible.includes(moving) && underWay < probes
    },
    sent() {
      underWay += 1
    },
    back({ at }, now, isAnswered) {
      underWay -= 1
      if (!isAnswered) return
      if (possible.length === 0) width += 1
      for (const one of possible) one.answered(at, now)
      possible = possible.filter((one) => !one.isExceeded())
    },
  }
}
