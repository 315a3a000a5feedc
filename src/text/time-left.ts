/** Below this many milliseconds nobody needs to be told. */
const soon = 20_000

/** Milliseconds that are left as people say it, rounded down: `40 s`, `3 min`; empty where it is soon over or not known. Pure. */
export function timeLeftWords(milliseconds: number): string {
  if (!Number.isFinite(milliseconds) || milliseconds < soon) return ''
  const seconds = Math.floor(milliseconds / 10_000) * 10
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`
}

/** The last starts that tell of the pace, and how few tell nothing yet: fifteen begin at once, and others when those before them end. */
const recent = { most: 60, least: 30 }

/**
 * Milliseconds until so many things have begun, at the pace at which the last ones did; infinite where too few have to tell.
 * `starts`: when things began, in order. Pure.
 */
export function timeLeft(starts: readonly number[], left: number, now: number): number {
  const last = starts.slice(-recent.most)
  const [first] = last
  if (first === undefined || last.length < recent.least) return Number.POSITIVE_INFINITY
  return (left * (now - first)) / (last.length - 1)
}
