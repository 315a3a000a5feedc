import { countedSecond } from './sent.ts'

/** A rate that is the most that is known to be allowed. It is raised seldom and by little at first, sooner and by more while that goes well. */
export interface Raise {
  readonly rate: number
  /** Calls by which it was raised last; 0 where it was not. */
  readonly step: number
  /** When it was changed last. */
  readonly since: number
  /** Milliseconds without a refusal until it is raised. */
  readonly calm: number
  /** So many calls were answered within a second since then that it is proven; a rate that nobody uses up proves nothing. */
  readonly isUsed: boolean
  /** What was kept to before it was raised. */
  readonly before?: Raise | undefined
}

/** Calls by which a second may fall short of a rate that is used up: they are sent with a little more than their time between them. */
const gap = 1

/** Calls that prove that a rate is allowed: more than the rate before it, where calls that are spread evenly come to that. */
function proof({ rate, step }: Raise): number {
  return step === 0 ? rate - gap : Math.min(rate - step + 1, Math.ceil((rate * 1_000) / countedSecond))
}

/** Milliseconds between raises that go well. */
const soon = 2_000

/** Milliseconds that raises are apart at most that do not. */
const seldom = 60_000

/** A rate to keep to. */
export function held(rate: number, now: number, calm: number): Raise {
  return { rate, step: 0, since: now, calm, isUsed: false }
}

/** What is known of a rate once a call was answered of which so many were sent within the same second of the clock. */
export function used(current: Raise, sentAt: number, within: number): Raise {
  return sentAt > current.since && within >= proof(current) ? { ...current, isUsed: true } : current
}

/** The same rate, or a higher one where it is time for that. */
export function raised(current: Raise, now: number): Raise {
  const { rate, step, since, calm, isUsed } = current
  if (!isUsed || now - since < (step > 0 ? soon : calm)) return current
  const next = Math.max(1, 2 * step)
  return { ...held(rate + next, now, calm), step: next, before: { ...current, before: undefined } }
}

/** The rate before the last raise, which went too far; undefined where there was none. */
export function lowered({ rate, step, calm }: Raise, now: number): Raise | undefined {
  return step > 0 ? held(rate - step, now, later(calm)) : undefined
}

/** What to keep to, no less than a rate, once a call was refused that was sent at a time; the same where that is long ago. */
export function cut(current: Raise, sentAt: number, least: number, now: number): Raise {
  const tooMuch = inForce(current, sentAt)
  if (!tooMuch) return current
  const less = Math.max(least, Math.floor(tooMuch.rate * 0.9))
  return lowered(tooMuch, now) ?? held(less, now, later(tooMuch.calm))
}

/**
 * The rate that was kept to when a call was sent: this one, or the one before it; undefined where that is longer ago. A raise comes with the
 * call that is sent by it, and lets that go.
 */
export function inForce(current: Raise, sentAt: number): Raise | undefined {
  const isUnder = ({ since, step }: Raise) => sentAt > since || (step > 0 && sentAt === since)
  return [current, current.before].find((one) => one && isUnder(one))
}

function later(calm: number): number {
  return Math.min(seldom, 2 * calm)
}
