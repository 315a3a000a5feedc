import { structuredPatch } from 'diff'
import { shownLine } from '../text/shown.ts'
import { type Style, styleOf } from './style.ts'

/** Milliseconds after which looking for the smallest difference is given up. */
const patience = 1000

/** Which lines of a manifest change, with what is beside them, as a unified diff. Pure. */
export function manifestDiff(file: string, before: string, after: string, color: boolean): readonly string[] {
  const patch = structuredPatch(file, file, before, after, '', '', { context: 1, timeout: patience })
  const style = styleOf(color)
  if (!patch) return [`${file}: too many changes to show line by line`]
  return patch.hunks.flatMap(({ oldStart, lines }) => [
    style.faint(shownLine(`@@ ${file}:${oldStart} @@`)),
    ...lines.map((line) => painted(shownLine(line.replace(/\r$/, '')), style)),
  ])
}

function painted(line: string, style: Style): string {
  if (line.startsWith('+')) return style.create(line)
  return line.startsWith('-') ? style.remove(line) : line
}
