import type { ApplyEvent } from '../apply/events.ts'
import type { Address } from '../model/address.ts'
import { runningText } from '../report/plan/apply-text.ts'
import type { Runtime, StatusLine } from '../session/runtime.ts'
import { timeLeft, timeLeftWords } from '../text/time-left.ts'

/** Without news for this long, a log gets a line that says what is still running. */
const silence = 10_000

/** Says what is in flight and for how long: in one line that is rewritten on a terminal, in a line now and then elsewhere. */
export interface Running {
  /** Follows an event; what is printed in between has to go through `print`. */
  follow(event: ApplyEvent): void
  print(text: string): void
  stop(): void
}

/** Starts to follow so many operations. The status line is there only on a terminal. */
export function running({ clock, err }: Runtime, status: StatusLine | undefined, total: number): Running {
  const since = new Map<Address, number>()
  const ends: number[] = []
  let heard = clock.now().getTime()
  const say = () => {
    const now = clock.now().getTime()
    const text = runningText(since, now, timeLeftWords(timeLeft(ends, total - ends.length, now)))
    if (status) status.show(text)
    else if (text && now - heard >= silence) {
      heard = now
      err(`      ${text}\n`)
    }
  }
  const cancel = clock.every(status ? 500 : 1_000, say)
  return {
    follow(event) {
      if (event.type === 'started') since.set(event.address, clock.now().getTime())
      else if (event.type !== 'file') {
        since.delete(event.address)
        ends.push(clock.now().getTime())
      }
    },
    print(text) {
      heard = clock.now().getTime()
      status?.show('')
      err(text)
      if (status) say()
    },
    stop() {
      cancel()
      status?.show('')
    },
  }
}
