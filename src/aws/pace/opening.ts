import { leakyBucket, sentCalls } from './sent.ts'

/** What finds out how much more than the published rate is answered. */
export interface Opening {
  /** True where another call may be under way though the published rate is used up. */
  mayExceed(now: number): boolean
  sent(isBeyond: boolean): void
  /** A call came back: with an answer, or without one, which proves nothing. */
  back(call: { readonly at: number; readonly isBeyond: boolean }, now: number, isAnswered: boolean): void
}

/** Calls beyond the published rate before one was answered: of a hundred calls, two refused ones are not too many. */
const probes = 2

/** Calls under way beyond the published rate after one was answered, which may have been luck: a second of the clock had begun. */
const hinted = 4

/** Calls under way at a time once more than the published rate was answered, however services count. */
const proven = 8

/**
 * Starts with nothing known. All that goes beyond the published rate may be refused, so it is little at first and grows with each answer:
 * what is not throttled is at full speed after a few round trips. Services count in a second that moves along, in seconds of the clock, or
 * with a bucket that fills at the published rate; more than that is proven when it was answered whichever of these it is.
 */
export function opening(published: number): Opening {
  let width = probes
  let isProven = false
  const underWay = { all: 0, beyond: 0 }
  const moving = sentCalls()
  const bucket = leakyBucket(published)
  let second = { at: 0, answered: 0, whole: 0 }
  const answered = (at: number, now: number) => {
    moving.add(now)
    bucket.add(now)
    if (secondOf(now) !== second.at) second = { at: secondOf(now), answered: 0, whole: 0 }
    second.answered += 1
    if (secondOf(at) === second.at) second.whole += 1
  }
  return {
    mayExceed(now) {
      if (isProven) return underWay.all < width
      if (underWay.beyond >= width) return false
      // Calls overtake each other, so that the answer to a probe alone says nothing.
      if (width < hinted) return underWay.all + moving.count(now) < published + probes
      const counted = underWay.all + (secondOf(now) === second.at ? second.answered : 0)
      return second.whole > published || counted < published + probes || underWay.all < probes
    },
    sent(isBeyond) {
      underWay.all += 1
      if (isBeyond) underWay.beyond += 1
    },
    back({ at, isBeyond }, now, isAnswered) {
      underWay.all -= 1
      if (isBeyond) underWay.beyond -= 1
      if (!isAnswered) return
      answered(at, now)
      if (isProven) width += 1
      else if (second.whole > published && bucket.isOver()) {
        isProven = true
        width = proven
      } else if (moving.count(now) > published) width = hinted
    },
  }
}

function secondOf(now: number): number {
  return Math.floor(now / 1_000)
}
