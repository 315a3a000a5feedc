import wrapAnsi from 'wrap-ansi'
import { textWidth } from './width.ts'

/** A text of one line in so many columns; what does not fit is cut off, and a sign says so. Pure. */
export function firstLine(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text
  // Who cuts measures some characters of several parts in another way.
  for (let width = columns - 1; width > 0; width -= 1) {
    const [first = ''] = wrapAnsi(text, width, { hard: true, wordWrap: false, trim: false }).split('\n')
    const line = `${first.trimEnd()}…`
    if (textWidth(line) <= columns) return line
  }
  return '…'
}
