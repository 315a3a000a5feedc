/** Time that tests move on. */
export interface Time {
  now(): Date
  pass(hours: number): void
  /** Makes it now again. */
  restart(): void
}

/** Time that begins now and goes on by itself, besides what a test adds. */
export function newTime(): Time {
  let ahead = 0
  return {
    now: () => new Date(Date.now() + ahead),
    pass: (hours) => {
      ahead += hours * 3_600_000
    },
    restart: () => {
      ahead = 0
    },
  }
}

/** The time of all commands and Identity Centers of a test file that have none of their own. */
export const ourTime = newTime()
