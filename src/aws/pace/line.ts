import type { AwsClock } from '../clock.ts'
import { type Call, newPace, type Outcome } from './pace.ts'

/** Where the calls of a connection wait until they may be sent, whichever client sends them. */
export interface Line {
  /**
   * Resolves when a call may be sent to a service, which then is sent at once; with nothing where `isTooOld` says of the milliseconds that
   * it waited that it must not be sent any more. One that goes first waits for no other one.
   */
  take(service: string, goesFirst?: boolean, isTooOld?: (waited: number) => boolean): Promise<Call | undefined>
  /** Calls that were throttled so far. */
  readonly throttled: number
  /** Tells how a call came back and, where the answer says so, in which second of the service's own clock, since 1970, it was made. */
  back(call: Call, how: Outcome, second?: number): void
}

interface Waiting {
  readonly service: string
  readonly since: number
  isTooOld(waited: number): boolean
  go(call: Call | undefined): void
}

/** An empty line. Whoever waits for one service is not held up by another one. */
export function newLine(clock: Pick<AwsClock, 'machine' | 'sleep'>): Line {
  const pace = newPace()
  const [first, others] = [new Set<Waiting>(), new Set<Waiting>()]
  let alarm = Number.POSITIVE_INFINITY
  let throttled = 0
  const letGo = () => {
    const now = clock.machine()
    const held = new Map<string, number>()
    for (const waiting of [first, others])
      for (const one of waiting) {
        const milliseconds = held.get(one.service) ?? pace.wait(one.service, now)
        if (milliseconds > 0) held.set(one.service, milliseconds)
        else {
          waiting.delete(one)
          one.go(one.isTooOld(now - one.since) ? undefined : pace.sent(one.service, now))
        }
      }
    if (held.size > 0) ring(now, Math.min(...held.values()))
  }
  const ring = (now: number, milliseconds: number) => {
    const at = now + milliseconds
    if (at >= alarm) return
    alarm = at
    void clock.sleep(Math.ceil(milliseconds)).then(() => {
      if (alarm === at) alarm = Number.POSITIVE_INFINITY
      letGo()
    })
  }
  return {
    get throttled() {
      return throttled
    },
    take: (service, goesFirst = false, isTooOld = () => false) =>
      new Promise((go) => {
        const waiting = goesFirst ? first : others
        waiting.add({ service, since: clock.machine(), isTooOld, go })
        letGo()
      }),
    back(call, how, second) {
      if (how === 'refused') throttled += 1
      pace.back(call, how, clock.machine(), second)
      letGo()
    },
  }
}
