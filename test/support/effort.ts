import fc from 'fast-check'

/** True when a run of the tests is to leave nothing out, however long it takes: SSO_RECONCILE_TESTS=full. */
export const isFull = process.env.SSO_RECONCILE_TESTS === 'full'

/** How often a property is tried: as often as every run of the tests can afford, or the larger number where nothing is left out. */
export function runs(usual: number, full: number): number {
  return isFull ? full : usual
}

/**
 * Numbers from 1 to `count`, rising: all of them where nothing is left out, else one from each of `size` stretches of about equal
 * length, chosen by the seed.
 */
export function spread(count: number, size: number, seed: number): readonly number[] {
  const all = Array.from({ length: count }, (_, index) => index + 1)
  if (isFull || count <= size) return all
  const edge = (index: number) => Math.floor((index * count) / size)
  const stretches = all.slice(0, size).map((_, index) => fc.integer({ min: edge(index) + 1, max: edge(index + 1) }))
  return fc.sample(fc.tuple(...stretches), { seed, numRuns: 1 })[0] ?? []
}
