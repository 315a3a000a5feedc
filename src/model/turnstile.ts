/** Lets at most so many tasks run at a time; the others wait in the order in which they came, those that go first before the others. */
export function turnstile(limit: number): <T>(task: () => Promise<T>, goesFirst?: boolean) => Promise<T> {
  const [first, others] = [queue<() => void>(), queue<() => void>()]
  let open = 0
  return async (task, goesFirst = false) => {
    if (open >= limit) await new Promise<void>((resolve) => (goesFirst ? first : others).add(resolve))
    else open += 1
    try {
      return await task()
    } finally {
      const next = first.take() ?? others.take()
      // Whoever waits takes over the place, so that nobody else can slip in between.
      if (next) next()
      else open -= 1
    }
  }
}

/** How many taken places are kept before they are dropped together: taking the first of a long array moves all others. */
const slack = 1_000

function queue<T>(): { add(one: T): void; take(): T | undefined } {
  let waiting: T[] = []
  let first = 0
  return {
    add: (one) => void waiting.push(one),
    take() {
      const one = waiting[first]
      if (one === undefined) return undefined
      first += 1
      if (first >= slack && first * 2 >= waiting.length) {
        waiting = waiting.slice(first)
        first = 0
      }
      return one
    },
  }
}
