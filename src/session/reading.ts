import type { Route } from '../aws/route.ts'
import type { Meter } from '../model/meter.ts'
import { plural } from '../text/count.ts'
import { timeLeftWords } from '../text/time-left.ts'
import type { CommonOptions, Runtime } from './runtime.ts'

/** Milliseconds between two sights of how far a look is: in the line of a terminal, and as lines of a log. */
const onTerminal = 1_000
const inLog = 15_000

/** Does something that takes a while, and tells how far it is: in a line of the terminal, else now and then in a line of its own. */
export async function whileReading<T>(
  { terminal, clock, err }: Pick<Runtime, 'terminal' | 'clock' | 'err'>,
  { quiet }: Pick<CommonOptions, 'quiet'>,
  { meter }: Pick<Route, 'meter'>,
  text: string,
  task: () => Promise<T>,
): Promise<T> {
  const progress = meter ? progressOf(meter, () => clock.now().getTime()) : () => ''
  const words = () => `${text}${progress()}`
  // Started first: the line must not cost the time it tells of.
  const result = task()
  // A failure before anybody waits for it must not end the process.
  result.catch(() => undefined)
  if (quiet) return result
  const status = await terminal.statusLine()
  status?.show(text)
  const stop = status
    ? clock.every(onTerminal, () => status.show(words()))
    : clock.every(inLog, () => err(`${words()}\n`))
  return result.finally(() => {
    stop()
    status?.show('')
  })
}

/** How many of the requests known so far have been answered since now, and how long the rest takes at that pace. */
function progressOf(meter: Meter, now: () => number): () => string {
  const before = { asked: meter.asked, answered: meter.answered, at: now() }
  return () => {
    const asked = meter.asked - before.asked
    const answered = meter.answered - before.answered
    if (asked === 0) return ''
    return ` ${answered} of ${plural(asked, 'request')}${timeLeft((asked - answered) / (answered / (now() - before.at)))}`
  }
}

// More may be asked as answers come in: what is known so far is the least it takes.
function timeLeft(milliseconds: number): string {
  const words = timeLeftWords(milliseconds)
  return words === '' ? '' : `, at least ${words} left`
}
