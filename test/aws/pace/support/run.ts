import { newPace } from '../../../../src/aws/pace/pace.ts'
import { secondOf } from '../../../../src/aws/pace/sent.ts'
import type { Service } from './servers.ts'

/** A look that asks in waves: each begins when the one before has its answers. */
export interface Look {
  readonly waves: readonly number[]
  /** Milliseconds there and back. */
  readonly latency: number
  /** How many times as long the call of a number takes, there and back. */
  readonly longer: (nth: number) => number
  /** When it begins, by the clock that services count by. */
  readonly start: number
  /** Calls that may be under way, or wait for their pace, at a time. */
  readonly turns: number
  /** Numbers from 0 to 1: what the way there and back, and the time until a refused call is tried again, depend on. */
  readonly random: () => number
  /** In which second a service says that it answered; one that says nothing gives nothing. */
  readonly tells: (at: number) => number | undefined
  /** Calls before this time count; a look that has no end is left then. */
  readonly until: number
}

/** What came of it. */
export interface Traffic {
  readonly calls: number
  readonly refused: number
  /** When each refused call was sent. */
  readonly refusals: readonly number[]
  /** Milliseconds until the last answer. */
  readonly took: number
  /** When each call was sent. */
  readonly sent: readonly number[]
}

/** Waves of about so many calls in all, as a plan asks them: few to begin with, most of them at last. */
export function planOf(calls: number): readonly number[] {
  return [4, 1, 6, Math.min(20, calls - 12), calls - 11 - Math.min(20, calls - 12)]
}

/** Looks at a service in simulated time. */
export function simulated(service: Service, look: Partial<Look> & Pick<Look, 'waves'>): Traffic {
  const { waves, latency = 50, start = 0, turns = 36, random = () => 0.5, until = Number.POSITIVE_INFINITY } = look
  const { tells = secondOf, longer = () => 1 } = look
  const pace = newPace()
  const agenda = newAgenda(start)
  const traffic = { refusals: [] as number[], sent: [] as number[] }
  const [first = 0, ...later] = waves
  const left = [...later]
  const waiting: number[] = []
  let alarm = Number.POSITIVE_INFINITY
  let unasked = first
  let unanswered = first
  let open = 0
  const way = (nth: number) => (latency / 2) * (0.9 + 0.2 * random()) * longer(nth)
  const ask = () => {
    for (; open < turns && unasked > 0; unasked -= 1, open += 1) waiting.push(0)
    while (waiting.length > 0 && agenda.now() - start < until) {
      const milliseconds = pace.wait('a', agenda.now())
      if (milliseconds > 0) return ring(Math.ceil(milliseconds))
      send(waiting.shift() ?? 0)
    }
  }
  const ring = (milliseconds: number) => {
    const at = agenda.now() + milliseconds
    if (at >= alarm) return
    alarm = at
    agenda.after(milliseconds, () => {
      if (alarm === at) alarm = Number.POSITIVE_INFINITY
      ask()
    })
  }
  const send = (tries: number) => {
    const call = pace.sent('a', agenda.now())
    const at = agenda.now()
    const nth = traffic.sent.push(at)
    agenda.after(way(nth), () => {
      const isAnswered = service(agenda.now())
      const second = tells(agenda.now())
      agenda.after(way(nth), () => {
        pace.back(call, isAnswered ? 'answered' : 'refused', agenda.now(), second)
        if (isAnswered) answered()
        else again(tries, at)
        ask()
      })
    })
  }
  const answered = () => {
    open -= 1
    unanswered -= 1
    if (unanswered > 0) return
    unasked = left.shift() ?? 0
    unanswered = unasked
  }
  const again = (tries: number, at: number) => {
    traffic.refusals.push(at)
    agenda.after(random() * 1_000 * 2 ** tries, () => {
      waiting.push(tries + 1)
      ask()
    })
  }
  ask()
  const took = agenda.run(() => unanswered === 0) - start
  return { ...traffic, calls: traffic.sent.length, refused: traffic.refusals.length, took }
}

/** What is to happen when, with a clock that moves from one to the next. */
function newAgenda(start: number) {
  const due = new Map<number, (() => void)[]>()
  let now = start
  return {
    now: () => now,
    after(milliseconds: number, what: () => void) {
      const at = now + milliseconds
      due.set(at, [...(due.get(at) ?? []), what])
    },
    /** Runs until it is over, or nothing is to happen any more. */
    run(isOver: () => boolean): number {
      while (!isOver() && due.size > 0) {
        now = Math.min(...due.keys())
        const whats = due.get(now) ?? []
        due.delete(now)
        for (const what of whats) what()
      }
      return now
    },
  }
}
