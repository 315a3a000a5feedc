import { setTimeout as delay } from 'node:timers/promises'

/** The time of this machine, in which whoever sleeps waits. */
export const realClock = { now: () => new Date(), sleep: (milliseconds: number) => delay(milliseconds) }
