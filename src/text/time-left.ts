/** Below this many milliseconds nobody needs to be told. */
const soon = 20_000

/** Milliseconds that are left as people say it, rounded down: `40 s`, `3 min`; empty where it is soon over or not known. Pure. */
export function timeLeftWords(milliseconds: number): string {
  if (!Number.isFinite(milliseconds) || milliseconds < soon) return ''
  const seconds = Math.floor(milliseconds / 10_000) * 10
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`
}

/** The last ends that tell of the pace, and how few tell nothing yet. */
const recent = { most: 45, least: 15 }

/**
 * Milliseconds that so many things still take, at the pace at which the last ones ended; infinite where too few have ended to tell.
 * `ends`: when things ended, in order. Pure.
 */
export function timeLeft(ends: readonly number[], left: number, now: number): number {
  const last = ends.slice(-recent.most)
  const [first] = last
  if (first === undefined || last.length < recent.least) return Number.POSITIVE_INFINITY
  return (left * (now - first)) / (last.length - 1)
}
