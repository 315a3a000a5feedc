/** How one line ends; empty only for a last line without a line end. */
export type LineEnd = '\n' | '\r\n' | '\r' | ''

/** One line of a text, without and with its end apart. */
export interface Line {
  readonly text: string
  readonly end: LineEnd
}

/**
 * White space as Python's `str.strip` sees it, which is what the AWS CLI reads with. JavaScript's `\s` lacks
 * U+001C to U+001F and U+0085 and has U+FEFF, so the two would disagree about indentation and blank lines.
 */
const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'
const BREAK = '\\n\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029'
const SPACES = new RegExp(`[${SPACE}]`)

/** Where Python's `str.splitlines` breaks besides CR; the AWS CLI reads nested properties with it. */
export const PYTHON_LINE_BREAK = new RegExp(`[${BREAK}]`)

/** Splits at LF, CRLF and CR, the line ends of Python's text mode; joining the lines gives the text back. */
export function splitLines(text: string): Line[] {
  const lines: Line[] = []
  let from = 0
  // Not by a pattern: a text of millions of lines would take it most of a minute.
  for (let at = 0; at < text.length; at += 1) {
    const end = lineEndAt(text, at)
    if (end === '') continue
    lines.push({ text: text.slice(from, at), end })
    from = at + end.length
    at = from - 1
  }
  if (from < text.length) lines.push({ text: text.slice(from), end: '' })
  return lines
}

function lineEndAt(text: string, at: number): LineEnd {
  const code = text.charCodeAt(at)
  if (code === LF) return '\n'
  if (code !== CR) return ''
  return text.charCodeAt(at + 1) === LF ? '\r\n' : '\r'
}

const LF = 10
const CR = 13

/** The text whose lines these are. */
export function joinLines(lines: readonly Line[]): string {
  return lines.map((line) => line.text + line.end).join('')
}

/** The line end most lines have. A lone CR counts only in a text without any LF, so that no edit joins the two. */
export function mainLineEnd(lines: readonly Line[]): LineEnd {
  const count = (end: LineEnd) => lines.filter((line) => line.end === end).length
  const [lf, crlf] = [count('\n'), count('\r\n')]
  if (lf + crlf === 0) return count('\r') > 0 ? '\r' : '\n'
  return crlf > lf ? '\r\n' : '\n'
}

/** Number of white space characters a text starts with; the whole length when there is nothing else. */
export function indentation(text: string): number {
  let start = 0
  while (start < text.length && isSpace(text, start)) start += 1
  return start
}

/** The text without trailing white space. */
export function trimEnd(text: string): string {
  let end = text.length
  while (end > 0 && isSpace(text, end - 1)) end -= 1
  return text.slice(0, end)
}

/** The text without white space around it. */
export function trim(text: string): string {
  return trimEnd(text.slice(indentation(text)))
}

function isSpace(text: string, index: number): boolean {
  const code = text.charCodeAt(index)
  // Almost every character asked about is a printable one of ASCII.
  return (code <= 0x20 || code > 0x7e) && SPACES.test(text.charAt(index))
}
