/** What finds out how much more than the published rate is answered. */
export interface Opening {
  /** True where another call may be under way though the published rate is used up. */
  mayExceed(now: number): boolean
  sent(isBeyond: boolean): void
  /** A call came back: with an answer, or without one, which proves nothing. */
  back(call: { readonly at: number; readonly isBeyond: boolean }, now: number, isAnswered: boolean): void
}

/** Calls under way beyond the published rate before any was answered: of a hundred calls, two refused ones are not too many. */
const probes = 2

/** Calls under way beyond the published rate after some were answered, which may have been luck: a second of the clock had begun. */
const hinted = 4

/** Calls under way at a time once more than the published rate was answered within one second. */
const proven = 8

/**
 * Starts with nothing known. All that goes beyond the published rate may be refused, so it is little at first and grows with each answer:
 * what is not throttled is at full speed after a few round trips.
 */
export function opening(published: number): Opening {
  let width = probes
  let isProven = false
  const underWay = { all: 0, beyond: 0 }
  // Where calls are counted by the second of the clock, those of two such seconds prove nothing, however close together they were.
  let second = { at: 0, answered: 0, whole: 0 }
  return {
    mayExceed(now) {
      if (isProven) return underWay.all < width
      const counted = underWay.all + (secondOf(now) === second.at ? second.answered : 0)
      return underWay.beyond < width && (counted < published + probes || underWay.all < probes)
    },
    sent(isBeyond) {
      underWay.all += 1
      if (isBeyond) underWay.beyond += 1
    },
    back({ at, isBeyond }, now, isAnswered) {
      underWay.all -= 1
      if (isBeyond) underWay.beyond -= 1
      if (!isAnswered) return
      if (secondOf(now) !== second.at) second = { at: secondOf(now), answered: 0, whole: 0 }
      second.answered += 1
      if (secondOf(at) === second.at) second.whole += 1
      if (isProven || (isBeyond && width < hinted)) width += 1
      if (isProven || second.whole <= published) return
      isProven = true
      width = Math.max(width, proven)
    },
  }
}

function secondOf(now: number): number {
  return Math.floor(now / 1_000)
}
