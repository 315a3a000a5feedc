/** Time as the shell hands it in, so that the core neither reads a clock nor waits by itself. */
export interface Clock {
  now(): Date
  /** Resolves after so many milliseconds, or at once when the signal fires. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
  /** Calls a function every so many milliseconds until the returned function is called. Keeps no process alive. */
  every(milliseconds: number, call: () => void): () => void
  /** A number from 0 (inclusive) to 1, for jitter. */
  random(): number
}

/**
 * Waiting times for something that is usually quick and sometimes slow: first 200 ms, each half as long again, at most 5 s,
 * with up to a fifth of jitter so that several waiters do not fall into step.
 */
export function backoff(attempt: number, clock: Clock): number {
  const base = Math.min(5_000, 200 * 1.5 ** attempt)
  return Math.round(base * (0.9 + 0.2 * clock.random()))
}
