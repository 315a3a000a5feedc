import type { Clock } from '../../../src/model/clock.ts'

/** A clock that stands still but for sleeping, which takes no time in reality. */
export function fakeClock(start = '2026-11-22T12:00:00Z'): Clock & { readonly slept: number[] } {
  let now = Date.parse(start)
  const slept: number[] = []
  return {
    slept,
    now: () => new Date(now),
    random: () => 0.5,
    every: () => () => undefined,
    async sleep(milliseconds) {
      slept.push(milliseconds)
      now += milliseconds
      await turn()
    },
  }
}

/** Lets everything else that is ready run first. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
