import type { RequestFamily } from '../port.ts'
import { type Durations, durations } from './durations.ts'
import type { Family } from './families.ts'
import type { Followed } from './look.ts'

/** A request on its way to its end. */
export interface Traced extends Followed {
  /** When it was seen to be over. */
  overAt?: number
  over(): void
  resolve(): void
  reject(reason: unknown): void
}

/** The requests of a family that are under way. */
export interface Traffic {
  readonly family: RequestFamily
  readonly status: Family
  readonly took: Durations
  readonly running: Set<Traced>
  /** Those that have ended, of which is not known how. */
  readonly over: Set<Traced>
  /** Requests that are wanted, whether they have been sent or wait for others to end. */
  wanted: number
  /** Requests that are being sent; `sent` is done when there are none. */
  sending: number
  sent: Promise<void>
  lastLook: number
  /** Ids of what the last list has shown as running. */
  shown: ReadonlySet<string | undefined>
  /** How often in a row a list showed a request as running that had ended. */
  wronglyShown: number
}

/** No request has been made. */
export function noTraffic(family: RequestFamily, status: Family): Traffic {
  const none = { running: new Set<Traced>(), over: new Set<Traced>(), wanted: 0, sending: 0, sent: Promise.resolve() }
  return { family, status, took: durations(), lastLook: 0, shown: new Set(), wronglyShown: 0, ...none }
}

/** Sends one, and counts it as long as that takes. */
export async function sent<T>(traffic: Traffic, send: () => Promise<T>): Promise<T> {
  const sending = send()
  traffic.sending += 1
  traffic.sent = Promise.allSettled([traffic.sent, sending]).then(() => undefined)
  try {
    return await sending
  } finally {
    traffic.sending -= 1
  }
}

/** One has ended: well, or with what is thrown. */
export function settle({ running, over }: Traffic, one: Traced, thrown: unknown): void {
  running.delete(one)
  over.delete(one)
  one.over()
  if (thrown) one.reject(thrown)
  else one.resolve()
}
