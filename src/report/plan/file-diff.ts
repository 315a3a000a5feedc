import { structuredPatch } from 'diff'
import type { FileChange } from '../../plan/file-changes.ts'
import { shown, shownLine } from '../../text/shown.ts'
import { hidden, masked } from '../mask.ts'

/** Milliseconds after which looking for the smallest difference is given up. */
const PATIENCE = 1000

/** The change to a file as a unified diff; nothing where nothing changes. Secrets of others are hidden. Pure. */
export function fileDiff({ path, before, after }: Omit<FileChange, 'name'>): string[] {
  const was = before ?? ''
  if (was === after) return []
  const patch = structuredPatch(path, path, was, after, '', '', { context: 3, timeout: PATIENCE })
  const head = [`--- ${before === undefined ? '/dev/null' : shown(path)}`, `+++ ${shown(path)}`]
  if (!patch) return [...head, '(too many changes to show line by line)']
  return [...head, ...patch.hunks.flatMap(hunkLines)]
}

interface Hunk {
  readonly oldStart: number
  readonly oldLines: number
  readonly newStart: number
  readonly newLines: number
  readonly lines: readonly string[]
}

function hunkLines({ oldStart, oldLines, newStart, newLines, lines }: Hunk): string[] {
  return [
    `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`,
    ...lines.map((line) => shownLine(line.slice(0, 1) + spared(line.charAt(0), line.slice(1)))),
  ]
}

// What is added is ours. What goes may hold keys of a person's own, whose values run on in indented lines; what stays around it is
// nobody's to see but for its shape.
function spared(side: string, line: string): string {
  if (side === '+') return masked(line)
  if (side === '-') return /^\s+\S/.test(line) ? `${/^\s+/.exec(line)?.[0]}${hidden}` : masked(line)
  // The remark about a missing line end is nobody's text.
  return side === '\\' ? line : outline(line)
}

function outline(line: string): string {
  if (/^\s*(\[.*\]\s*)?$/.test(line)) return line
  const name = /^\s*[\w.-]+\s*[=:]\s*/.exec(line)?.[0]
  return name ? name + hidden : hidden
}

function range(start: number, count: number): string {
  if (count === 1) return String(start)
  return `${count === 0 ? start - 1 : start},${count}`
}
