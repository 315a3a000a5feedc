import { answers, secondOf } from './sent.ts'
import type { Told } from './told.ts'

/**
 * One of the ways in which services may count calls against a rate. Calls count from when they are sent: the way there takes about equally
 * long for all of them, while answers come whenever they come.
 */
export interface Counting {
  /** Calls that were answered and count at a time. */
  count(now: number): number
  answered(sentAt: number): void
  /** True once more calls counted at a time than the rate allows: the service does not count like this, or allows more. */
  isExceeded(): boolean
}

/** Milliseconds by which a second is taken to be longer where calls are held back, and shorter where it is told how many it had. */
const unsure = 20

/** Calls by which a bucket may seem fuller than it was: what leaks while a call takes that much longer, here 37 ms. */
const late = 0.75

/** Within any second. */
export function inAnySecond(rate: number): Counting {
  let times: readonly number[] = []
  let most = 0
  const within = (from: number, to: number) => times.filter((time) => time > from && time <= to).length
  return {
    count: (now) => within(now - 1_000 - unsure, now),
    answered(sentAt) {
      times = [...times.filter((time) => time > sentAt - 5_000), sentAt]
      const later = times.filter((time) => time >= sentAt && time < sentAt + 1_000)
      most = Math.max(most, ...later.map((end) => within(end - 1_000 + unsure, end)))
    },
    isExceeded: () => most > rate,
  }
}

/** Counting by the seconds of a clock of which is known only when some calls came. */
export interface ClockCounting extends Counting {
  /** A call that was sent closer than so many milliseconds to where a second begins may as well count to the other one. */
  answered(sentAt: number, unclear?: number): void
  told(call: Told): void
  /** True once the clock cannot be the one that services tell of, for good. */
  isAnother(): boolean
  /** True once the rate is exceeded whichever seconds those calls count to. */
  isSurelyExceeded(): boolean
}

/** Within each second of a clock whose seconds begin so many milliseconds after ours. */
export function inSecondsOfClock(rate: number, phase: number): ClockCounting {
  const inSecond = answers()
  const surelyInSecond = answers()
  const undecided = new Map<number, number>()
  const between = new Map<string, number>()
  const most = { all: 0, sure: 0 }
  let isAnother = false
  const surely = (sentAt: number) => {
    most.sure = Math.max(most.sure, surelyInSecond.add(sentAt - phase))
  }
  const isClose = (sentAt: number, milliseconds: number) =>
    secondOf(sentAt - phase - milliseconds) !== secondOf(sentAt - phase + milliseconds)
  const leaveOpen = (sentAt: number) => {
    undecided.set(sentAt, (undecided.get(sentAt) ?? 0) + 1)
    // What is not told by then never is.
    for (const other of undecided.keys()) if (undecided.size > 60 && other !== sentAt) undecided.delete(other)
  }
  const settle = (sentAt: number) => {
    const calls = undecided.get(sentAt)
    if (calls === undefined) return
    if (calls > 1) undecided.set(sentAt, calls - 1)
    else undecided.delete(sentAt)
    surely(sentAt)
  }
  return {
    count: (now) => inSecond.count(now - phase),
    answered(sentAt, unclear = 0) {
      most.all = Math.max(most.all, inSecond.add(sentAt - phase))
      if (isClose(sentAt, unclear)) leaveOpen(sentAt)
      else surely(sentAt)
    },
    isExceeded: () => most.all > rate,
    isSurelyExceeded: () => most.sure > rate,
    told({ service, at, second }) {
      const seconds = secondOf(at - phase) - second
      if ((between.get(service) ?? seconds) !== seconds) isAnother = true
      between.set(service, seconds)
      settle(at)
    },
    isAnother: () => isAnother,
  }
}

/** In a bucket out of which so many leak each second. */
export function inBucket(rate: number): Counting {
  let [level, last, most] = [0, 0, 0]
  const count = (now: number) => Math.max(0, level - (Math.max(0, now - last) * rate) / 1_000)
  return {
    count,
    answered(sentAt) {
      level = count(sentAt) + 1
      last = Math.max(last, sentAt)
      most = Math.max(most, level)
    },
    isExceeded: () => most > rate + late,
  }
}
