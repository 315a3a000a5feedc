import type { Diagnostic, Position } from '../model/diagnostic.ts'
import { grouped } from '../model/grouped.ts'
import { type Finding, hintOf } from './finding.ts'

/** What could not be read (an unset variable) breaks rules as well; the first cause is enough. */
export function unlessConsequence(causes: readonly Diagnostic[]): (one: Pick<Diagnostic, 'at'>) => boolean {
  const marks = causes.flatMap(({ severity, at }) => (severity === 'error' && at !== undefined ? [at] : []))
  const lines = grouped(marks.sort((a, b) => a.column - b.column).map((at) => [lineOf(at), at.column]))
  return ({ at }) => {
    const next = at && firstFrom(lines.get(lineOf(at)) ?? [], at.column)
    return at === undefined || next === undefined || next >= (at.endColumn ?? at.column + 1)
  }
}

/** The first of sorted numbers that is not below another, by bisection. */
function firstFrom(sortedNumbers: readonly number[], least: number): number | undefined {
  let [low, high] = [0, sortedNumbers.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sortedNumbers[middle] ?? 0) < least) low = middle + 1
    else high = middle
  }
  return sortedNumbers[low]
}

function lineOf({ file, line }: Position): string {
  return `${line}:${file}`
}

const sectionOf: Readonly<Record<string, string>> = {
  'user-undeclared': 'users',
  'group-undeclared': 'groups',
  'permission-set-undeclared': 'permission_sets',
}

/**
 * Leaves out that something is not declared in a section which was not read as a whole: its key is misspelt, or is there twice. To mend
 * that is one thing to do, not as many as there are names.
 */
export function unlessOfUnread(found: readonly Finding[], read: readonly Diagnostic[]): (one: Finding) => boolean {
  const misspelt = found.filter(({ code, path }) => code === 'key-unknown' && path.length === 1)
  const twice = read.filter(({ code, at }) => code === 'key-duplicate' && at?.column === 1)
  const said = [...misspelt.map((one) => hintOf(one) ?? ''), ...twice.map(({ message }) => message)].join('\n')
  const unread = new Set(Object.values(sectionOf).filter((section) => said.includes(`"${section}"`)))
  return ({ code }) => !unread.has(sectionOf[code] ?? '')
}
