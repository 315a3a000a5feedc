import { type ClockCounting, type Counting, inAnySecond, inBucket, inSecondsOfClock } from './counting.ts'
import { type Told, telling } from './told.ts'

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
 * Calls under way while a second may have begun among calls that were sent together: each of the two seconds then had fewer than any clock
 * that is considered says.
 */
const whileUnsure = 5

/** Milliseconds by which calls that were sent together may come apart, where they take so many milliseconds at most. */
const apart = { milliseconds: 12, ofCallsThatTake: 100 }

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
  let unsure: readonly ClockCounting[] = []
  let width = published
  let underWay = 0
  const note = ({ service, at }: Pick<Told, 'service' | 'at'>, now: number, second?: number) => {
    const isClear = second === undefined || now - at > apart.ofCallsThatTake
    for (const one of others) one.answered(at)
    for (const clock of clocks) clock.answered(at, isClear ? 0 : apart.milliseconds)
    const known = second === undefined ? [] : told({ service, at }, now, second)
    for (const one of known) for (const clock of clocks) clock.told(one)
  }
  const judge = () => {
    const notOthers = clocks.filter((clock) => !clock.isAnother())
    possible = [...others, ...notOthers].filter((one) => !one.isExceeded())
    unsure = notOthers.filter((clock) => clock.isExceeded() && !clock.isSurelyExceeded())
  }
  const isSure = () => possible.length === 0 && unsure.length === 0
  return {
    mayExceed(now) {
      if (isSure()) return underWay < width
      if (unsure.length > 0 && underWay >= whileUnsure) return false
      return possible.every((one) => one.count(now) + underWay < published + probes)
    },
    sent() {
      underWay += 1
    },
    answered(call, now, second) {
      underWay -= 1
      if (isSure()) width += 1
      else {
        note(call, now, second)
        judge()
      }
    },
    lost() {
      underWay -= 1
    },
  }
}
