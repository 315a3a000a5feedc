import { isSeq, type YAMLMap, type YAMLSeq } from 'yaml'
import { endOf, firstOf, type Insertion, newlineOf, rangeOf, spliced } from './extents.ts'
import { intoFlow } from './flow.ts'

/** The text with an entry, or an item, behind the last one of a collection: its lines in a block, on one line between braces. */
export function inserted(text: string, within: YAMLMap | YAMLSeq, lines: readonly string[]): string | undefined {
  if (within.flow) return intoFlow(text, within, [lines.join(' ')])
  const insertion = isSeq(within) ? itemsInto(text, within, lines) : keysInto(text, within, lines)
  return insertion && spliced(text, insertion)
}

/** Lines that begin with their dash. */
function itemsInto(text: string, list: YAMLSeq, lines: readonly string[]): Insertion | undefined {
  const [start] = rangeOf(firstOf(list.items[0])) ?? []
  const end = endOf(list, list.items.length - 1)
  if (start === undefined || end === undefined) return undefined
  const dash = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
  const indent = /^( *)- +$/.exec(dash)?.[1]
  return indent === undefined
    ? undefined
    : newLines(
        text,
        end,
        lines.map((line) => indent + line),
      )
}

/** The first key of a mapping in a list stands behind a dash; the others are below it. */
function keysInto(text: string, map: YAMLMap, lines: readonly string[]): Insertion | undefined {
  const [start] = rangeOf(map.items[0]?.key) ?? []
  const end = endOf(map, map.items.length - 1)
  if (start === undefined || end === undefined) return undefined
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
  if (!/^ *(?:- +)*$/.test(before)) return undefined
  return newLines(
    text,
    end,
    lines.map((line) => ' '.repeat(before.length) + line),
  )
}

export function intoBlock(text: string, map: YAMLMap, lines: readonly string[], behind: number): Insertion | undefined {
  const [start] = rangeOf(map.items[0]?.key) ?? []
  const end = endOf(map, behind)
  if (start === undefined || end === undefined) return undefined
  const indent = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
  // Keys behind "- " or "? " have no indentation that could be repeated.
  return /^ *$/.test(indent)
    ? newLines(
        text,
        end,
        lines.map((line) => indent + line),
      )
    : undefined
}

export function intoList(text: string, list: YAMLSeq, items: readonly string[]): Insertion | undefined {
  const [start] = rangeOf(list.items[0]) ?? []
  const end = endOf(list, list.items.length - 1)
  if (start === undefined || end === undefined) return undefined
  const dash = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
  const lines = items.map((item) => dash + item)
  return /^ *- +$/.test(dash) ? newLines(text, end, lines) : undefined
}

/** Lines behind the line in which something ends, with the line ends the text has. */
export function newLines(text: string, end: number, lines: readonly string[]): Insertion {
  const newline = newlineOf(text)
  // A block scalar ends behind its line end.
  const from = text[end - 1] === '\n' ? end - 1 : end
  const found = text.indexOf('\n', from)
  if (found < 0) return { offset: text.length, text: lines.map((line) => `${newline}${line}`).join('') }
  return { offset: found + 1, text: lines.map((line) => `${line}${newline}`).join('') }
}
