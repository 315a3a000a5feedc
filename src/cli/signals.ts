import type { Runtime } from '../session/runtime.ts'

/** What is done about signals, as commands see it, and how they end the program. */
export interface Signals extends Pick<Runtime, 'interrupted' | 'unhurried' | 'attended' | 'busy' | 'busyAtOnce'> {
  /** Exit code of the signal that asked for the end; undefined while none has. */
  readonly signalled: number | undefined
  /** Ctrl-C as a key: a question at the terminal takes it before it becomes a signal. What runs ends by itself. */
  interruptedByKey(): void
}

/** What signals act on. */
export interface SignalUse {
  readonly process: Pick<NodeJS.Process, 'on' | 'off'>
  /** True for process 1, which the system ends by no signal that nobody listens to. */
  readonly isFirst: boolean
  /** Milliseconds since some moment, with fractions. */
  now(): number
  say(text: string): void
  exit(code: number): void
}

type Name = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

/** What a shell would show for a program that the signal has ended. */
const codes: Readonly<Record<Name, number>> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }

/**
 * Lets signals end the program, at once but while something runs that must not be cut off. A listener hears nothing while the program
 * computes, so there is none during what may compute for long: then the system ends it.
 */
export function signals({ process, isFirst, now, say, exit }: SignalUse): Signals {
  const interruption = new AbortController()
  const unknown = new Set<() => string>()
  let computing = 0
  let signalled: number | undefined
  let attendant: ((signal: NodeJS.Signals) => void) | undefined
  const hear = (name: NodeJS.Signals) => {
    if (attendant) return attendant(name)
    const code = codes[name as Name]
    if (unknown.size === 0) return exit(code)
    if (signalled !== undefined) {
      say([...unknown].map((words) => words()).join(''))
      return exit(code)
    }
    signalled = code
    say('\nfinishing what is in flight; press Ctrl-C again to stop immediately\n')
    interruption.abort()
  }
  const listen = (does: 'on' | 'off') => {
    for (const name of Object.keys(codes)) process[does](name, hear)
  }
  listen('on')
  const busyAtOnce = <T>(task: () => T): T => {
    // What must not be cut off is not; and what the system does not end hears of it afterwards.
    if (unknown.size > 0 || attendant || isFirst) return task()
    if (++computing === 1) listen('off')
    return endingWith(task, () => {
      if (--computing === 0) listen('on')
    })
  }
  return {
    interrupted: interruption.signal,
    get signalled() {
      return signalled
    },
    unhurried: async (task, words) => {
      unknown.add(words)
      return task().finally(() => unknown.delete(words))
    },
    attended: async (onSignal, task) => {
      attendant = onSignal
      return task().finally(() => {
        attendant = undefined
      })
    },
    interruptedByKey: () => {
      signalled ??= codes.SIGINT
    },
    async busy(task) {
      await heardSoFar(now)
      return busyAtOnce(task)
    },
    busyAtOnce,
  }
}

/** A turn of the loop in which nothing else was done takes less, in milliseconds. */
const quietTurn = 0.1

/** Whoever is never quiet for so many turns is not waited for any longer. */
const patience = 1_000

/**
 * Resolves when every signal that has come so far was heard: one that has come and was not heard yet is lost when its listener goes. A
 * turn asks the system first and then does what came of it, and hears of signals in the next one: so the last turn is one in which there
 * was nothing to do. What is left is the moment that such a turn takes.
 */
async function heardSoFar(now: () => number): Promise<void> {
  for (let [turn, began] = [0, now()]; turn < patience; turn++) {
    await new Promise((resolve) => setImmediate(resolve))
    const ended = now()
    // The first one may be at its end already.
    if (turn > 0 && ended - began < quietTurn) return
    began = ended
  }
}

/** Does something, and something else when it has ended: at once where it gives no promise. */
function endingWith<T>(task: () => T, ended: () => void): T {
  let result: T | undefined
  try {
    result = task()
    return result
  } finally {
    if (result instanceof Promise) result.then(ended, ended)
    else ended()
  }
}
