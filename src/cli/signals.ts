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

/** What may be long to compute: what goes through a longer text, and what follows something that took longer. */
const long = { text: 100_000, milliseconds: 100 }

/** What a shell would show for a program that the signal has ended. */
const codes: Readonly<Record<Name, number>> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }

/**
 * Lets signals end the program, at once but while something runs that must not be cut off. A listener hears nothing while the program
 * computes, so there is none during what may compute for long: then the system ends it. A signal that comes in the very moment in which
 * a listener goes is lost, so that it goes for nothing that is short.
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
    say('\nfinishing what is in flight; Ctrl-C again stops at once\n')
    interruption.abort()
  }
  const listen = (does: 'on' | 'off') => {
    for (const name of Object.keys(codes)) process[does](name, hear)
  }
  // For the first time it takes long, and what comes meanwhile is lost.
  for (const does of ['on', 'off', 'on'] as const) listen(does)
  let hasTakenLong = false
  // What must not be cut off is not, and what the system does not end hears of it afterwards. So does what is short: nothing is lost then.
  const staysOn = (length = 0) =>
    unknown.size > 0 || attendant !== undefined || isFirst || !(hasTakenLong || length > long.text)
  const timed = <T>(task: () => T): T => {
    const began = now()
    return endingWith(task, () => {
      hasTakenLong ||= now() - began > long.milliseconds
    })
  }
  const goDeaf = (): true => {
    if (++computing === 1) listen('off')
    return true
  }
  const deaf = <T>(task: () => T): T =>
    endingWith(task, () => {
      if (--computing === 0) listen('on')
    })
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
    async busy(task, length) {
      if (staysOn(length)) return timed(task)
      const isDeaf = await heardSoFar(now, () => !staysOn(length) && goDeaf())
      return isDeaf ? deaf(task) : task()
    },
    busyAtOnce(task) {
      if (staysOn()) return timed(task)
      goDeaf()
      return deaf(task)
    },
  }
}

/** A turn of the loop in which nothing else was done takes less, in milliseconds. */
const quietTurn = 0.1

/** Whoever is never quiet for so many turns is not waited for any longer. */
const patience = 1_000

/**
 * Does something when every signal that has come so far was heard, and resolves with what it gives: one that has come and was not heard yet
 * is lost when its listener goes. A turn asks the system first and then does what came of it, and hears of signals in the next one: so the
 * last turn is one in which there was nothing to do. What is left is the moment that such a turn takes, and nothing is done in between.
 */
async function heardSoFar<T>(now: () => number, then: () => T): Promise<T> {
  return new Promise((resolve) => {
    let [turn, began] = [0, now()]
    const next = () => {
      const ended = now()
      // The first one may be at its end already.
      if ((turn > 0 && ended - began < quietTurn) || turn >= patience) return resolve(then())
      turn += 1
      began = ended
      setImmediate(next)
    }
    setImmediate(next)
  })
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
