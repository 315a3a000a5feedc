import { type Counting, inAnySecond, inBucket, inSecondsOfClock } from './counting.ts'
import { telling } from './told.ts'

/** What finds out how much more than the published rate is answered. */
export interface Opening {
  /** True where another call may be under way though the published rate is used up. */
  mayExceed(now: number): boolean
  sent(): void
  /** A call was answered at a time, and in a second of the service's own clock where it says so. */
  answered(call: { readonly service: string; readonly at: number }, now: number, second?: number): void
  /** A call came back without an answer, which proves nothing. */
  lost(): void
}

/** Calls beyond what a service may allow: of a hundred calls, two refused ones are not too many. */
const probes = 2

/** When the seconds of a service begin, in milliseconds after ours: its clock differs, and calls take their time to it. */
const phases = Array.from({ length: 40 }, (_, nth) => nth * 25)

/**
 * Starts with nothing known. As long as a service may count in some way, hardly more calls are sent than it then answers. Once more was
 * answered than any way of counting allows, the number of calls under way grows with each answer: what is not throttled is at full speed
 * after a few round trips. A service that counts by the second is taken to count by the clock that it tells of: one that counts by another
 * refuses a second's worth, once, if that clock's second began within the first calls.
 */
export function opening(published: number): Opening {
  const clocks = phases.map((phase) => inSecondsOfClock(published, phase))
  const others = [inAnySecond(published), inBucket(published)]
  const { answered: told } = telling()
  let possible: readonly Counting[] = [...others, ...clocks]
  // A second's worth: fewer make every look of an unthrottled service longer by a round trip, more are refused by a service that has
  // saved up twice its rate.
  let width = published
  let underWay = 0
  const stillPossible = () =>
    [...others, ...clocks.filter((clock) => !clock.isAnother())].filter((one) => !one.isExceeded())
  return {
    mayExceed(now) {
      if (possible.length === 0) return underWay < width
      return possible.every((one) => one.count(now) + underWay < published + probes)
    },
    sent() {
      underWay += 1
    },
    answered(call, now, second) {
      underWay -= 1
      if (possible.length === 0) {
        width += 1
        return
      }
      for (const one of [...others, ...clocks]) one.answered(call.at)
      const known = second === undefined ? [] : told(call, now, second)
      for (const one of known) for (const clock of clocks) clock.told(one)
      possible = stillPossible()
    },
    lost() {
      underWay -= 1
    },
  }
}
