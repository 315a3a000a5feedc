/** Lets at most so many tasks run at a time; the others wait in the order in which they came. */
export function turnstile(limit: number): <T>(task: () => Promise<T>) => Promise<T> {
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
