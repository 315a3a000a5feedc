import { refusedWith, sentence } from '../model/diagnostic.ts'

/** The account that a request works in; undefined for a request that works in every account that has a set. */
export type TargetAccount = string | undefined

/** Runs a request in its place. */
export type AccountTurns = <T>(place: TargetAccount, task: () => Promise<T>) => Promise<T>

/** A request that has its turn, or waits for it. */
interface Turn {
  readonly place: TargetAccount
  /** It must be the only one in its account. */
  readonly alone: boolean
  /** Another request worked in the same account at the same time. */
  crowded: boolean
}

/**
 * Runs requests side by side until one shows that an account takes one at a time: a request that fails beside another one in its
 * account is made again alone there, unless another one that was alone failed for the same reason, and when that succeeds, all later ones
 * wait for their turn. Whether AWS runs several in an account is not documented; that one role at a time is updated in an account is (UG/limits).
 */
export function accountTurns(): AccountTurns {
  const take = turnTaking()
  // Reasons for which a request failed that was alone in its account: whatever fails there for the same reason would fail again.
  const others = new Set<string>()
  let oneAtATime = false
  return async (place, task) => {
    const turn: Turn = { place, alone: oneAtATime, crowded: false }
    try {
      return await take(turn, task)
    } catch (thrown) {
      // Why a request ended FAILED is told in free text only.
      const mayBeCrowd = refusedWith(thrown, 'aws-request-failed') || refusedWith(thrown, 'aws-conflict')
      if (!turn.crowded || !mayBeCrowd) throw thrown
      const alone = () => {
        if (others.has(reasonOf(place, thrown))) throw thrown
        return task().catch((again) => {
          others.add(reasonOf(place, again))
          throw again
        })
      }
      const result = await take({ place, alone: true, crowded: false }, alone)
      oneAtATime = true
      return result
    }
  }
}

function reasonOf(place: TargetAccount, thrown: unknown): string {
  return JSON.stringify([place ?? null, sentence(thrown)])
}

function turnTaking(): <T>(turn: Turn, task: () => Promise<T>) => Promise<T> {
  const running = new Set<Turn>()
  const waiting = new Map<Turn, () => void>()
  const mayStart = (turn: Turn) => {
    const before = [...waiting.keys()]
    const ahead = [...running, ...before.slice(0, before.indexOf(turn))]
    return !ahead.some((one) => (one.alone || turn.alone) && meets(one, turn))
  }
  const startWaiting = () => {
    for (const [turn, start] of waiting) if (mayStart(turn)) start()
  }
  const begin = (turn: Turn) => {
    waiting.delete(turn)
    for (const other of running)
      if (meets(other, turn)) {
        other.crowded = true
        turn.crowded = true
      }
    running.add(turn)
  }
  return async (turn, task) => {
    await new Promise<void>((resolve) => {
      waiting.set(turn, () => {
        begin(turn)
        resolve()
      })
      startWaiting()
    })
    try {
      return await task()
    } finally {
      running.delete(turn)
      startWaiting()
    }
  }
}

function meets(a: Turn, b: Turn): boolean {
  return a.place === undefined || b.place === undefined || a.place === b.place
}
