import type { Route } from '../aws/route.ts'
import { error, Refusal } from '../model/diagnostic.ts'
import { plural } from '../text/count.ts'
import { timeLeftWords } from '../text/time-left.ts'
import type { CommonOptions, Runtime } from './runtime.ts'

/** Milliseconds between two sights of how far a look is: in the line of a terminal, and as lines of a log. */
const onTerminal = 1_000
const inLog = 15_000

/**
 * Does something that takes a while, and tells how far it is: in a line of the terminal, else now and then in a line of its own. Throws a
 * Refusal as soon as `until` says that it is waited for no longer.
 */
export async function whileReading<T>(
  { terminal, clock, err }: Pick<Runtime, 'terminal' | 'clock' | 'err'>,
  { quiet, verbose }: Pick<CommonOptions, 'quiet' | 'verbose'>,
  route: Pick<Route, 'meter' | 'line'>,
  text: string,
  task: () => Promise<T>,
  until?: AbortSignal,
): Promise<T> {
  const progress = progressOf(route, () => clock.now().getTime())
  const words = () => `${text}${progress.soFar()}`
  // Started first: the line must not cost the time it tells of.
  const result = until ? Promise.race([task(), end(until)]) : task()
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
    if (verbose) err(progress.inAll())
  })
}

function end(until: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = () => reject(new Refusal(error('interrupted', 'reading was interrupted')))
    if (until.aborted) stop()
    until.addEventListener('abort', stop, { once: true })
  })
}

interface Progress {
  /** How many of the calls known by now have been answered, how long the others take at that pace, and whether AWS holds them up. */
  soFar(): string
  /** What it has taken, as a line. */
  inAll(): string
}

function progressOf({ meter, line }: Pick<Route, 'meter' | 'line'>, now: () => number): Progress {
  if (!meter) return { soFar: () => '', inAll: () => '' }
  const before = { asked: meter.asked, answered: meter.answered, throttled: line?.throttled ?? 0, at: now() }
  const counts = () => ({
    asked: meter.asked - before.asked,
    answered: meter.answered - before.answered,
    throttled: (line?.throttled ?? 0) - before.throttled,
  })
  return {
    soFar() {
      const { asked, answered, throttled } = counts()
      if (asked === 0) return ''
      const left = timeLeft((asked - answered) / (answered / (now() - before.at)))
      const held = throttled > answered * few ? `; AWS has throttled ${plural(throttled, 'call')}` : ''
      return ` ${answered} of at least ${plural(asked, 'call')}${left}${held}`
    },
    inAll() {
      const { asked, throttled } = counts()
      if (asked === 0) return ''
      return `reading took ${plural(asked, 'call')}${throttled > 0 ? `, and AWS throttled ${throttled}` : ''}\n`
    },
  }
}

/** The share of throttled calls that is no trouble: so many tell what AWS allows. */
const few = 0.05

// More may be asked as answers come in: what is known so far is the least it takes.
function timeLeft(milliseconds: number): string {
  const words = timeLeftWords(milliseconds)
  return words === '' ? '' : `, at least ${words} left`
}
