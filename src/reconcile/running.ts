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
  /** AWS has ended what was asked for; its event comes later. */
  over(address: Address): void
  print(text: string): void
  stop(): void
}

/** Starts to follow so many operations. The status line is there only on a terminal. */
export function running({ clock, err }: Runtime, status: StatusLine | undefined, total: number): Running {
  const since = new Map<Address, number>()
  const over = new Set<Address>()
  const starts: number[] = []
  let skipped = 0
  let heard = clock.now().getTime()
  const say = () => {
    const now = clock.now().getTime()
    const left = timeLeftWords(timeLeft(starts, total - starts.length - skipped, now))
    const text = runningText({ since, over, now, left })
    if (status) status.show(text)
    else if (text && now - heard >= silence) {
      heard = now
      err(`      ${text}\n`)
    }
  }
  const cancel = clock.every(status ? 500 : 1_000, say)
  return {
    follow(event) {
      if (event.type === 'file') return
      const now = clock.now().getTime()
      if (event.type === 'skipped') skipped += 1
      if (event.type === 'started') {
        starts.push(now)
        since.set(event.address, now)
      } else {
        since.delete(event.address)
        over.delete(event.address)
      }
    },
    over: (address) => void over.add(address),
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
