import { sentCalls } from './sent.ts'

/** One of the ways in which services may count calls against a rate. */
export interface Counting {
  /** Calls that were answered and count at a time. */
  count(now: number): number
  answered(sentAt: number, now: number): void
  /** True once more calls were answered than the rate allows, so that the service does not count like this, or allows more. */
  isExceeded(): boolean
}

/** Within a second that moves along with the clock. */
export function inMovingSecond(rate: number): Counting {
  const calls = sentCalls()
  let most = 0
  return {
    count: calls.count,
    answered(_sentAt, now) {
      calls.add(now)
      most = Math.max(most, calls.count(now))
    },
    isExceeded: () => most > rate,
  }
}

/** Within each second of the clock. Of a call that was sent in one and answered in the next nobody knows where it counts. */
export function inSecondOfClock(rate: number): Counting {
  let second = { at: 0, answered: 0, whole: 0 }
  return {
    count: (now) => (secondOf(now) === second.at ? second.answered : 0),
    answered(sentAt, now) {
      if (secondOf(now) !== second.at) second = { at: secondOf(now), answered: 0, whole: 0 }
      second.answered += 1
      if (secondOf(sentAt) === second.at) second.whole += 1
    },
    isExceeded: () => second.whole > rate,
  }
}

/** In a bucket that holds as many calls as the rate, and of which so many leak out each second. */
export function inBucket(rate: number): Counting {
  let [level, last] = [0, 0]
  const count = (now: number) => Math.max(0, level - (Math.max(0, now - last) * rate) / 1_000)
  return {
    count,
    answered(_sentAt, now) {
      level = count(now) + 1
      last = now
    },
    isExceeded: () => level > rate,
  }
}

function secondOf(now: number): number {
  return Math.floor(now / 1_000)
}
