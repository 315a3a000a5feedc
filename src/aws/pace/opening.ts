import { type Counting, inAnySecond, inBucket, inSecondsOfClock } from './counting.ts'
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
const phases = Array.from({ length: 50 }, (_, nth) => nth * 20)

/**
 * While a second may have begun among calls that were sent together, each of its two seconds had fewer than any clock that is considered
 * says. Then so few calls are under way, for so many milliseconds at most: few that take long never prove anything.
 */
const unsure = { calls: 5, milliseconds: 500 }

/** Milliseconds by which calls that were sent together may come apart; those that take longer than so many come apart by more. */
const apart = { milliseconds: 14, ofCallsThatTake: 100 }

/**
 * Starts with nothing known. As long as a service may count in some way, hardly more calls are sent than it then answers. Once more was
 * answered than any way of counting allows, the number of calls under way grows with each answer: what is not throttled is at full speed
 * after a few round trips. Few are under way for a moment if a second may have begun among calls that were sent together (`unsure`). A
 * service that counts by the second is taken to count by the clock that it tells of: one that counts by another refuses a second's worth,
 * once, if that clock's second began within the first calls.
 */
export function opening(published: number): Opening {
  const clocks = phases.map((phase) => inSecondsOfClock(published, phase))
  const others = [inAnySecond(published), inBucket(published)]
  const { answered: told } = telling()
  let possible: readonly Counting[] = [...others, ...clocks]
  let isInDoubt = false
  let inDoubtSince: number | undefined
  let underWay = 0
  // A second's worth: fewer make every look of an unthrottled service longer by a round trip, more are refused by a service that has
  // saved up twice its rate.
  let width = published
  const note = ({ service, at }: Pick<Told, 'service' | 'at'>, now: number, second?: number) => {
    const isClear = second === undefined || now - at > apart.ofCallsThatTake
    for (const one of others) one.answered(at)
    for (const clock of clocks) clock.answered(at, isClear ? 0 : apart.milliseconds)
    const known = second === undefined ? [] : told({ service, at }, now, second)
    for (const one of known) for (const clock of clocks) clock.told(one)
  }
  const judge = (now: number) => {
    const notOthers = clocks.filter((clock) => !clock.isAnother())
    possible = [...others, ...notOthers].filter((one) => !one.isExceeded())
    isInDoubt = notOthers.some((clock) => clock.isExceeded() && !clock.isSurelyExceeded())
    if (isInDoubt) inDoubtSince ??= now
  }
  // Somebody may set the clock back.
  const isUnsure = (now: number) => isInDoubt && Math.abs(now - (inDoubtSince ?? now)) <= unsure.milliseconds
  return {
    mayExceed(now) {
      if (isUnsure(now) && underWay >= unsure.calls) return false
      if (possible.length === 0) return underWay < width
      return possible.every((one) => one.count(now) + underWay < published + probes)
    },
    sent() {
      underWay += 1
    },
    answered(call, now, second) {
      underWay -= 1
      if (possible.length === 0 && !isUnsure(now)) width += 1
      else {
        note(call, now, second)
        judge(now)
      }
    },
    lost() {
      underWay -= 1
    },
  }
}
