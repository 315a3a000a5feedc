import type { Kind } from './kind.ts'

/**
 * Kinds in the order in which they are registered, but those of this machine last, and each behind those it comes after. Throws an Error for kinds that come after each
 * other, or after one that is not registered. Pure.
 */
export function inOrderOfNeed(kinds: readonly Kind[]): readonly Kind[] {
  const left = [...kinds].sort((a, b) => Number(a.side === 'local') - Number(b.side === 'local'))
  const ordered: Kind[] = []
  while (left.length > 0) {
    const next = left.findIndex(({ after }) => after.every((name) => ordered.some((one) => one.name === name)))
    if (next < 0)
      throw new Error(`no order of kinds suits ${left.map(({ name }) => name).join(', ')}: see their "after"`)
    ordered.push(...left.splice(next, 1))
  }
  return ordered
}
