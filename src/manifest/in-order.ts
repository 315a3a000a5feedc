import type { Diagnostic } from '../model/diagnostic.ts'
import { type Finding, hintOf } from './finding.ts'

/** A finding at its place. */
export type Placed = Omit<Finding, 'path' | 'of' | 'other'> & Pick<Diagnostic, 'at'>

/** Errors that come with a hint: to find what was meant among thousands of names takes its time. */
const mostAdvised = 100

/** In the order of the file, the manifest before its other files, each thing once. */
export function sorted(found: readonly Placed[], file: string) {
  const order = ({ at }: Placed) => [at?.file === file ? '' : (at?.file ?? ''), at?.line ?? 0, at?.column ?? 0] as const
  const all = [...found].sort((a, b) => compare(order(a), order(b)))
  const once = all.filter((one, index) => !isSame(one, all[index - 1])).map(advised)
  return {
    errors: once.filter(({ severity }) => severity === 'error'),
    warnings: once.filter(({ severity }) => severity === 'warning'),
  }
}

type SortKey = readonly [file: string, line: number, column: number]

function compare(a: SortKey, b: SortKey): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1
  return a[1] - b[1] || a[2] - b[2]
}

function advised({ hint, ...one }: Placed, index: number): Diagnostic {
  const words = index < mostAdvised ? hintOf(hint === undefined ? {} : { hint }) : undefined
  return { ...one, ...(words === undefined ? {} : { hint: words }) }
}

function isSame(a: Placed, b: Placed | undefined): boolean {
  return (
    b !== undefined &&
    a.code === b.code &&
    a.message === b.message &&
    a.at?.line === b.at?.line &&
    a.at?.column === b.at?.column
  )
}
