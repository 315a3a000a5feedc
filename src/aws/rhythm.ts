import type { Clock } from '../model/clock.ts'

/** A request as far as the time to look at it goes; milliseconds since 1970. */
export interface Timed {
  readonly since: number
  /** When a look last showed it as running; absent where none did. */
  ranAt?: number
  /** Looks that showed it as running. */
  looks: number
}

/** When to look after requests, from how long those took that have ended. */
export interface Rhythm {
  /** Milliseconds until the next look; one look is meant for all that are due at about the same time. */
  wait(pending: Iterable<Timed>, clock: Clock): number
  /** Hears which requests a look found ended at a time. */
  ended(requests: readonly Timed[], at: number): void
}

/** Shortest time before a look, and longest, in milliseconds. */
const soonest = 200
const latest = 5_000

/**
 * Parts of the time that earlier requests took: until a first look, which has to show a request as running, and until each further one.
 * Together they are less than the whole, so that a time that was once too long does not stay.
 */
const parts = { first: 0.4, further: 0.2 }

/** Looks soon at first; then, as requests end, at the times at which others did. What ends together is seen together, and replaced together. */
export function rhythm(): Rhythm {
  let took: number | undefined
  const pause = (looks: number) =>
    took === undefined
      ? soonest * 1.5 ** looks
      : Math.max(soonest, took * parts.further) * 1.25 ** Math.max(0, looks - 1)
  const dueAt = ({ since, ranAt, looks }: Timed) =>
    ranAt === undefined ? since + Math.max(soonest, (took ?? 0) * parts.first) : ranAt + Math.min(latest, pause(looks))
  return {
    wait(pending, clock) {
      const due = [...pending].map(dueAt)
      const first = Math.min(...due)
      const together = Math.max(...due.filter((one) => one <= first + pause(0) / 2))
      const milliseconds = Math.min(latest, Math.max(soonest, together - clock.now().getTime()))
      return Math.round(milliseconds * (0.9 + 0.2 * clock.random()))
    },
    ended(requests, at) {
      const [quickest] = requests.map(({ since }) => at - since).sort((a, b) => a - b)
      if (quickest === undefined) return
      took = took === undefined ? quickest : Math.min(quickest, took + (quickest - took) * 0.3)
    },
  }
}
