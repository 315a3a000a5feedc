import type { Line, LineEnd } from '../files/lines.ts'

/** Changes to lines, by index into the lines they were made for: new texts, lines to drop, lines to put behind one. */
export interface Patch {
  readonly replaced: Map<number, string>
  readonly removed: Set<number>
  readonly added: Map<number, readonly string[]>
}

/** A patch that changes nothing yet. */
export function emptyPatch(): Patch {
  return { replaced: new Map(), removed: new Set(), added: new Map() }
}

/** Puts lines behind one, after those already put there. */
export function addBehind(patch: Patch, index: number, lines: readonly string[]): void {
  if (lines.length > 0) patch.added.set(index, [...(patch.added.get(index) ?? []), ...lines])
}

/** The lines with the patch applied; a line in front of an added one gets a line end when it has none. */
export function applyPatch(lines: readonly Line[], patch: Patch, end: LineEnd): Line[] {
  const result: Line[] = []
  for (const [index, line] of lines.entries()) {
    if (!patch.removed.has(index)) result.push({ text: patch.replaced.get(index) ?? line.text, end: line.end })
    for (const text of patch.added.get(index) ?? []) {
      completed(result, end)
      result.push({ text, end })
    }
  }
  return result
}

/** Gives the last line a line end when it has none and returns it; undefined when there are no lines. */
export function completed(lines: Line[], end: LineEnd): Line | undefined {
  const last = lines.at(-1)
  if (last === undefined || last.end !== '') return last
  lines[lines.length - 1] = { text: last.text, end }
  return lines.at(-1)
}

/** Takes the line end of the last line away. */
export function openEnd(lines: Line[]): void {
  const last = lines.at(-1)
  if (last !== undefined) lines[lines.length - 1] = { text: last.text, end: '' }
}
