import { isSeq, type YAMLMap, type YAMLSeq } from 'yaml'
import { endOf, firstOf, newlineOf, rangeOf, spliced } from './extents.ts'

/**
 * The text with entries behind the last one of a collection between brackets: on lines of their own where the last one has a line of its
 * own, else on its line. Commas are set as the collection has them; comments and white space stay. Pure.
 */
export function intoFlow(text: string, within: YAMLMap | YAMLSeq, entries: readonly string[]): string {
  const last = lastOf(text, within)
  if (!last) return intoEmpty(text, within, entries)
  const { comma, end, line } = last
  if (line === undefined) {
    const added = comma === undefined ? `, ${entries.join(', ')}` : ` ${entries.join(', ')}`
    return spliced(text, { offset: comma ?? end, text: added })
  }
  return line.leads ? withLeading(text, last, line.before, entries) : withLines(text, last, line.before, entries)
}

/** The last entry of a collection between brackets. */
interface Last {
  readonly end: number
  /** Where the comma behind it ends; absent where there is none. */
  readonly comma: number | undefined
  /** Where the collection is closed. */
  readonly close: number
  /** What its line begins with, where it has one of its own; and whether that is the comma that sets it apart. */
  readonly line: { readonly before: string; readonly leads: boolean } | undefined
}

function lastOf(text: string, within: YAMLMap | YAMLSeq): Last | undefined {
  const item = within.items.at(-1)
  const [start] = rangeOf(firstOf(item)) ?? []
  const end = endOf(within, within.items.length - 1)
  if (start === undefined || end === undefined) return undefined
  const close = (within.range?.[1] ?? 1) - 1
  const comma = commaBehind(text, end, close)
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
  // An anchor or a tag is part of what it stands before.
  const [, indent, leading] = /^([ \t]*)(, *)?(?:[&!]\S*[ \t]+)*$/.exec(before) ?? []
  const line = indent === undefined ? undefined : { before: indent + (leading ?? ''), leads: leading !== undefined }
  return { end, comma, close, line }
}

/** Where the comma behind something ends, which may stand below comments; undefined where there is none. */
function commaBehind(text: string, end: number, close: number): number | undefined {
  const found = /^(?:\s|(?<=\s)#[^\n]*\n)*,/.exec(text.slice(end, close))
  return found ? end + found[0].length : undefined
}

function withLines(text: string, { end, comma, close }: Last, indent: string, entries: readonly string[]): string {
  const from = comma ?? end
  const lineEnd = text.indexOf('\n', from)
  const newline = newlineOf(text)
  const lines = entries.join(`,${newline}${indent}`)
  const trailing = comma === undefined ? '' : ','
  // What closes the collection stays behind its last entry.
  if (lineEnd < 0 || lineEnd > close) {
    const added = `${comma === undefined ? ',' : ''}${newline}${indent}${lines}${trailing}`
    return spliced(text, { offset: from, text: added })
  }
  const below = spliced(text, { offset: lineEnd + 1, text: `${indent}${lines}${trailing}${newline}` })
  return comma === undefined ? spliced(below, { offset: end, text: ',' }) : below
}

/** Lines that begin with the comma that sets them apart. */
function withLeading(text: string, { end, close }: Last, before: string, entries: readonly string[]): string {
  const newline = newlineOf(text)
  const lines = entries.map((entry) => before + entry).join(newline)
  const lineEnd = text.indexOf('\n', end)
  return lineEnd < 0 || lineEnd > close
    ? spliced(text, { offset: end, text: `${newline}${lines}` })
    : spliced(text, { offset: lineEnd + 1, text: `${lines}${newline}` })
}

/**
 * The text without an entry of a collection between brackets: with its line where it has one of its own, else with its comma. Commas stay as
 * the collection has them. Pure.
 */
export function outOfFlow(text: string, within: YAMLMap | YAMLSeq, index: number): string | undefined {
  const [start] = rangeOf(firstOf(within.items[index])) ?? []
  const end = endOf(within, index)
  if (start === undefined || end === undefined) return undefined
  const close = (within.range?.[1] ?? 1) - 1
  const comma = commaBehind(text, end, close)
  const from = text.lastIndexOf('\n', start - 1) + 1
  const rest = /^[ \t]*(?:(?<=\s)#[^\n]*)?\r?\n/.exec(text.slice(comma ?? end, close))
  const isOwnLine = rest !== null && /^[ \t]*$/.test(text.slice(from, start))
  if (!isOwnLine) return withoutComma(text, [start, end], comma, index === 0)
  const kept = text.slice(0, from) + text.slice((comma ?? end) + rest[0].length)
  const before = index > 0 && comma === undefined ? endOf(within, index - 1) : undefined
  const own = before === undefined ? undefined : commaBehind(text, before, start)
  return own === undefined ? kept : kept.slice(0, own - 1) + kept.slice(own)
}

function withoutComma(
  text: string,
  [start, end]: readonly [number, number],
  comma: number | undefined,
  isFirst: boolean,
): string {
  const [blank = ''] = comma === undefined ? [] : (/^[ \t]+(?!#)/.exec(text.slice(comma)) ?? [])
  if (comma !== undefined && isFirst) return text.slice(0, start) + text.slice(comma + blank.length)
  return text.slice(0, start).replace(/,\s*$/, '') + text.slice(end)
}

function intoEmpty(text: string, within: YAMLMap | YAMLSeq, entries: readonly string[]): string {
  const close = (within.range?.[1] ?? 1) - 1
  const inner = text.slice((within.range?.[0] ?? 0) + 1, close)
  const entry = entries.join(', ')
  if (inner.includes('\n')) {
    const from = text.lastIndexOf('\n', close) + 1
    return spliced(text, { offset: from, text: `${text.slice(from, close)}  ${entry}${newlineOf(text)}` })
  }
  if (isSeq(within)) return spliced(text, { offset: close, text: entry })
  return spliced(text, { offset: close, text: /\s$/.test(inner) ? `${entry} ` : ` ${entry} ` })
}
