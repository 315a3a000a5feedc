/** A line of a YAML text that stands by itself: it begins a key, an item or a value. */
export interface BlockLine {
  /** From 1. */
  readonly number: number
  /** Offset of its first character in the text. */
  readonly start: number
  /** Offset of its end, before the line break. */
  readonly end: number
  /** Length of the white space it begins with, of whatever kind. */
  readonly indent: number
  readonly lead: string
  /** The line without its white space at either end and without a comment. */
  readonly content: string
}

/** A bracket or a quote that a text opens and never closes. */
export interface Unclosed {
  readonly mark: string
  readonly offset: number
}

/** What a text is made of, as far as it can be told without understanding it. */
export interface Lines {
  readonly block: readonly BlockLine[]
  /** What is still open at the end, innermost last. */
  readonly open: readonly Unclosed[]
}

/**
 * The lines of a YAML text, which need not be valid, without those that are blank, a comment, or part of something that began on a line
 * above: brackets, quotes, or a text behind `|` or `>`. In one pass.
 */
export function readLines(text: string): Lines {
  const block: BlockLine[] = []
  let open: Unclosed[] = []
  let textBelow: number | undefined
  let start = 0
  for (const [index, line] of text.split('\n').entries()) {
    const indent = line.length - line.trimStart().length
    const isWithin = open.length > 0
    const isText = textBelow !== undefined && (line.trim() === '' || indent > textBelow)
    if (!isText) {
      textBelow = undefined
      const { end, left } = scan(line, start, open)
      open = left
      const content = line.slice(indent, end).trimEnd()
      if (!isWithin && content !== '')
        block.push({ number: index + 1, start, end: start + line.length, indent, lead: line.slice(0, indent), content })
      if (open.length === 0 && /[:-]\s+(?:[&!]\S+\s+)?[|>][-+0-9]*$/.test(content)) textBelow = indent
    }
    start += line.length + 1
  }
  return { block, open }
}

const closing: Readonly<Record<string, string>> = { '[': ']', '{': '}', '"': '"', "'": "'" }

/** What a line leaves open, of what was open before it and what it opens, and where a comment begins. */
function scan(line: string, start: number, before: readonly Unclosed[]): { end: number; left: Unclosed[] } {
  const left = [...before]
  for (let at = 0; at < line.length; at += 1) {
    const [mark = '', inner] = [line[at], left.at(-1)?.mark]
    if (inner === '"' || inner === "'") {
      if (inner === '"' && mark === '\\') at += 1
      else if (mark === inner) left.pop()
      continue
    }
    if (mark === '#' && (at === 0 || /\s/.test(line[at - 1] ?? ''))) return { end: at, left }
    if (inner !== undefined && mark === closing[inner]) left.pop()
    else if (closing[mark] !== undefined && (beginsValue(line, at) || (inner !== undefined && /[[{]/.test(mark))))
      left.push({ mark, offset: start + at })
  }
  return { end: line.length, left }
}

/** True where a value may begin: in the middle of a plain text brackets and quotes are only characters. */
function beginsValue(line: string, at: number): boolean {
  const before = line.slice(Math.max(0, at - 200), at).trimEnd()
  const last = before.at(-1) ?? ''
  if (before === '' || /[[{,]/.test(last)) return true
  return /[:?-]/.test(last) && /\s/.test(line[at - 1] ?? '')
}
