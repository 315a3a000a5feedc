import type { Reader } from '../aws/port.ts'

/** A reader that keeps at most so many questions open: thousands at once would wait for a socket until they time out. */
export function paced(reader: Reader, limit: number): Reader {
  const turn = turnstile(limit)
  return {
    get: (operation, input) => turn(() => reader.get(operation, input)),
    list: (operation, input) => turn(() => reader.list(operation, input)),
  }
}

function turnstile(limit: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let open = 0
  return async (task) => {
    if (open >= limit) await new Promise<void>((resolve) => waiting.push(resolve))
    else open += 1
    try {
      return await task()
    } finally {
      const next = waiting.shift()
      // Whoever waits takes over the place, so that nobody else can slip in between.
      if (next) next()
      else open -= 1
    }
  }
}
