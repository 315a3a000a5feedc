import { plural } from '../../text/count.ts'
import type { BlockLine } from './lines.ts'
import type { Slip } from './slip.ts'

/** Lines of one depth that belong together: where they begin, and the last of them. */
interface Level {
  readonly indent: number
  readonly line: BlockLine
  /** How many there are so far. */
  readonly count: number
  /** True where the first of them is an item of a list. */
  readonly ofItems: boolean
}

/** The first line that begins where no line of its level does; undefined when all are lined up. Pure. */
export function indentSlip(lines: readonly BlockLine[]): Slip | undefined {
  const open: Level[] = []
  for (const [index, line] of lines.entries()) {
    const left: Level[] = []
    while ((open.at(-1)?.indent ?? -1) > line.indent) left.push(...open.splice(-1))
    const level = open.at(-1)
    const isDeeper = level !== undefined && level.indent !== line.indent
    // The rest of a text may stand deeper than the line it began on, and what a line begins has to.
    const isAllowed = left.length === 0 && (!isEntry(line) || opens(lines[index - 1]))
    const isKeyAmongItems = level?.ofItems && !isItem(line) && isEntry(line)
    if (isDeeper ? !isAllowed : isKeyAmongItems)
      return (
        unfinished(line, lines[index - 1]) ?? slipOf(line, lines.slice(index + 1), isDeeper ? level : undefined, left)
      )
    if (!isDeeper || opens(lines[index - 1])) enter(open, line)
  }
  return undefined
}

/** Where not the depth is wrong but what makes one: a dash without a space, or a key without its colon. */
function unfinished(line: BlockLine, before: BlockLine | undefined): Slip | undefined {
  const dash = [line, before].find((one) => one !== undefined && /^[-・•*][^\s-]/u.test(one.content))
  if (dash !== undefined) return withoutSpace(dash)
  if (!before || before.indent >= line.indent || !/^[\p{L}\p{N}_.@-]+$/u.test(before.content)) return undefined
  const end = before.start + before.indent + before.content.length
  return { message: `a ":" is missing after ${before.content}`, hint: `write ${before.content}:`, start: end - 1, end }
}

function withoutSpace({ start, indent, content }: BlockLine): Slip {
  const at = start + indent
  const rest = content.slice(1).trim()
  return {
    message: 'the "-" of a list item needs a space after it',
    hint: `write - ${rest.length > 30 ? `${rest.slice(0, 30)}…` : rest}`,
    start: at,
    end: at + 1,
  }
}

function enter(open: Level[], line: BlockLine): void {
  const there = open.at(-1)?.indent === line.indent ? open.pop() : undefined
  open.push({ indent: line.indent, line, count: (there?.count ?? 0) + 1, ofItems: there?.ofItems ?? isItem(line) })
  // What stands behind a dash is a level of its own.
  const dash = /^-\s+(?=\S)/.exec(line.content)?.[0].length
  const content = line.content.slice(dash)
  if (dash !== undefined && !/^[&!]\S+$/.test(content)) enter(open, { ...line, indent: line.indent + dash, content })
}

/** True when what a line begins can go on deeper below it. */
function opens(line: BlockLine | undefined): boolean {
  return line !== undefined && /(?:^-|:|\?)(?:\s+[&!]\S+)*$/.test(line.content)
}

function isItem({ content }: BlockLine): boolean {
  return /^-(?:\s|$)/.test(content)
}

/** True for a key with a value, or an item: any other line may be the rest of a text. */
function isEntry(line: BlockLine): boolean {
  return isItem(line) || /:(?:\s|$)/.test(line.content)
}

function slipOf(line: BlockLine, below: readonly BlockLine[], level: Level | undefined, left: readonly Level[]): Slip {
  const [next] = below
  const following = below.find(({ indent }) => indent <= line.indent)
  const isFollowed = following?.indent === line.indent
  const only = isFollowed && left.at(-1)?.count === 1 ? left.at(-1) : undefined
  // What is below a line that begins a level has to be deeper still.
  const isParent = opens(line) && next !== undefined && next.indent > line.indent
  const possible = [...(level ? [level] : []), ...left].filter(({ indent }) => !isParent || indent < next.indent)
  const beside =
    only ?? (isParent ? undefined : left.find(({ indent }) => indent === next?.indent)) ?? nearest(line, possible)
  // Where only one line went before, and one that follows goes with this one, the odd one out is the former.
  const isFormer = isFollowed && beside.count === 1
  const [odd, other] = isFormer
    ? [{ ...beside.line, indent: beside.indent }, line]
    : [line, { ...beside.line, indent: beside.indent }]
  const at = odd.start + odd.indent
  return {
    message: `line ${odd.number} starts in column ${odd.indent + 1}, but line ${other.number} at the same level in column ${other.indent + 1}`,
    hint: `start line ${odd.number} in column ${other.indent + 1} too (${spaces(other.indent)} before it): entries of one level must line up`,
    start: at,
    end: at + 1,
  }
}

function spaces(count: number): string {
  return count === 0 ? 'no space' : plural(count, 'space')
}

/** The nearest level that a line may have been meant for, the deeper of two. */
function nearest(line: BlockLine, levels: readonly Level[]): Level {
  const away = ({ indent }: Level) => Math.abs(indent - line.indent)
  const [first] = [...levels].sort((a, b) => away(a) - away(b) || b.indent - a.indent)
  return first ?? { indent: 0, line, count: 1, ofItems: false }
}
