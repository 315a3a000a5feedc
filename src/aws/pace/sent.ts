/** A second as calls are counted, in milliseconds: a little longer than AWS's, so that calls that come a little late do not meet others. */
export const countedSecond = 1_020

/** How many calls there were within the last second. */
export interface Sent {
  count(now: number): number
  /** Milliseconds until they are fewer than so many. */
  wait(now: number, fewer: number): number
  add(now: number): void
}

/** Counts calls in a second that moves along with the clock. */
export function sentCalls(): Sent {
  let times: number[] = []
  // Somebody may set the clock back: what seems to have been sent later says nothing.
  const counts = (at: number | undefined, now: number) => at === undefined || (at > now - countedSecond && at <= now)
  const forget = (now: number) => {
    if (!counts(times[0], now) || !counts(times.at(-1), now)) times = times.filter((at) => counts(at, now))
  }
  return {
    count(now) {
      forget(now)
      return times.length
    },
    wait(now, fewer) {
      forget(now)
      const last = times[times.length - fewer]
      return last === undefined ? 0 : last + countedSecond - now
    },
    add: (now) => void times.push(now),
  }
}

/** Counts the calls of each second of the clock that were answered. */
export interface Answers {
  /** A call was answered that was sent at a time; gives how many were that were sent in the same second of the clock. */
  add(sentAt: number): number
  /** Calls that were answered and sent in the same second of the clock as a time. */
  count(at: number): number
}

/**
 * No answers yet. Where calls are counted by the second of the clock, calls of two such seconds prove nothing about the rate, however close
 * together they were.
 */
export function answers(): Answers {
  const counts = new Map<number, number>()
  return {
    count: (at) => counts.get(secondOf(at)) ?? 0,
    add(sentAt) {
      const at = secondOf(sentAt)
      const count = (counts.get(at) ?? 0) + 1
      counts.set(at, count)
      // Calls that take long are answered after later ones.
      for (const other of counts.keys()) if (counts.size > 60 && other !== at) counts.delete(other)
      return count
    },
  }
}

/** The second of the clock that a time is in, in milliseconds. */
export function secondOf(time: number): number {
  return Math.floor(time / 1_000)
}
