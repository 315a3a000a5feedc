import fc from 'fast-check'

/** True when a run of the tests is to leave nothing out, however long it takes: SSO_RECONCILE_TESTS=full. */
export const isFull = process.env.SSO_RECONCILE_TESTS === 'full'

/** Chooses what is tried where not everything is. */
const seed = 20

/** Settings of a property: its number of runs, and runs that are the same each time where something is left out. */
export function tries(usual: number, full: number): { readonly numRuns: number; readonly seed?: number } {
  return isFull ? { numRuns: full } : { numRuns: usual, seed }
}

/**
 * Moments from 1 to `count` at which something is to happen, rising: all of them where nothing is left out, else one from each of
 * `size` stretches of about equal length, which is printed.
 */
export function moments(what: string, count: number, size: number): readonly number[] {
  const all = Array.from({ length: count }, (_, index) => index + 1)
  if (isFull || count <= size) return all
  const edge = (index: number) => Math.floor((index * count) / size)
  const stretches = all.slice(0, size).map((_, index) => fc.integer({ min: edge(index) + 1, max: edge(index + 1) }))
  const chosen = fc.sample(fc.tuple(...stretches), { seed, numRuns: 1 })[0] ?? []
  process.stdout.write(`${what} ${chosen.join(', ')} of ${count} (seed ${seed}; SSO_RECONCILE_TESTS=full: all)\n`)
  return chosen
}
