/** One answer, by this machine's clock (milliseconds since 1970) and by the headers of whoever answered. */
export interface TimedAnswer {
  readonly sent: number
  readonly received: number
  /** The `Date` header. */
  readonly date?: string
  /** The `Age` header: seconds that a cache kept the answer. */
  readonly age?: string
}

/** How this machine's clock stands to AWS's, or why that is not known. */
export type AwsTime =
  /** Milliseconds that this machine is ahead of AWS; below zero it is behind. */
  { readonly ahead: number } | { readonly unknown: string }

/** Clocks may differ by so much, in milliseconds, before it is told; AWS itself takes signatures of up to five minutes ago. */
const tolerated = 5 * 60_000

/** Answers of servers whose clocks differ by less than this, in milliseconds, tell one time. */
const sameTime = 60_000

/** A Date header has whole seconds. */
const second = 1_000

/** The only form of a date that a server may send (RFC 9110, section 5.6.7). */
const httpDate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/** What answers told so far: how many there were, and bounds, in milliseconds, of how far ahead this machine is. */
export interface Heard {
  readonly answers: number
  readonly least: number
  readonly most: number
}

/** Before the first answer. */
export const nothingHeard: Heard = { answers: 0, least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY }

/** One answer more. It was made between its request and its arrival, which bounds how far ahead this machine can be. Pure. */
export function hearing({ answers, least, most }: Heard, answer: TimedAnswer): Heard {
  const [low, high] = boundsOf(answer)
  return { answers: answers + 1, least: Math.max(least, low), most: Math.min(most, high) }
}

/** Compares the clocks by all answers: the truth lies within all their bounds. Pure. */
export function awsTimeOf({ answers, least, most }: Heard): AwsTime {
  if (answers === 0) return { unknown: 'AWS has not responded' }
  if (!Number.isFinite(least)) return { unknown: 'its responses have no readable Date header' }
  if (least - most > sameTime) return { unknown: 'its responses have contradictory times' }
  return { ahead: Math.round((least + most) / 2) }
}

/** The time by AWS's clock, where it is known how this machine's stands to it; else by this machine's. Pure. */
export function byAws(machine: Date, time: AwsTime | undefined): Date {
  return time && 'ahead' in time ? new Date(machine.getTime() - time.ahead) : machine
}

/** True where the clocks are more than five minutes apart, or may be. Pure. */
export function mayBeOff(time: AwsTime): boolean {
  return 'unknown' in time || isOff(time)
}

/** True where the clocks are known to be more than five minutes apart. Pure. */
export function isOff(time: AwsTime): time is { readonly ahead: number } {
  return 'ahead' in time && Math.abs(time.ahead) > tolerated
}

/** When an answer was made by the clock of whoever answered, in milliseconds since 1970 and whole seconds; undefined where it does not tell. Pure. */
export function madeAt({ date = '', age = '0' }: Pick<TimedAnswer, 'date' | 'age'>): number | undefined {
  const made = httpDate.test(date) && /^\d+$/.test(age) ? Date.parse(date) + Number(age) * second : Number.NaN
  return Number.isNaN(made) ? undefined : made
}

function boundsOf({ sent, received, ...times }: TimedAnswer): readonly [least: number, most: number] {
  const made = madeAt(times)
  // Whoever tells no time bounds nothing.
  if (made === undefined) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  return [sent - made - second, received - made]
}
