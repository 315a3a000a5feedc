import { isMap, isNode, isPair, isScalar, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml'

/** A text to put into another one. */
interface Insertion {
  readonly offset: number
  readonly text: string
}

/** What to write: a scalar as YAML spells it, a list of scalars, or a mapping. */
export type Value = string | readonly string[] | { readonly [key: string]: Value }

/**
 * The text with a key added to a mapping at `path`, in the form the mapping has: lines of its own, or an entry between braces.
 * Every other byte stays. Undefined when there is no such mapping in the text itself (an alias, say).
 */
export function withKey(
  text: string,
  path: readonly string[],
  key: string,
  value: Value,
  place: 'behind the first' | 'last' = 'behind the first',
): string | undefined {
  const map = mapAt(text, path)
  const insertion =
    map &&
    (map.flow
      ? intoFlow(text, map, `${key}: ${inline(value)}`)
      : intoBlock(text, map, block(key, value), place === 'last' ? map.items.length - 1 : 0))
  return insertion && spliced(text, insertion)
}

/** The text with items added to a list of scalars at `path`, in the form the list has. Undefined as for `withKey`. */
export function withItems(text: string, path: readonly string[], items: readonly string[]): string | undefined {
  const list = documentOf(text).getIn(path, true)
  if (!isSeq(list)) return undefined
  const insertion = list.flow ? intoFlow(text, list, items.join(', ')) : intoList(text, list, items)
  return insertion && spliced(text, insertion)
}

/** The text with another value in the place of a scalar at `path`. Undefined when there is no scalar. */
export function withValue(text: string, path: readonly string[], value: Value): string | undefined {
  const node = documentOf(text).getIn(path, true)
  if (!isScalar(node) || !node.range) return undefined
  return text.slice(0, node.range[0]) + inline(value) + text.slice(node.range[1])
}

/** The text with a mapping of one entry added behind a key of the top level. Undefined as for `withKey`. */
export function withSection(text: string, after: string, name: string, key: string, value: Value): string | undefined {
  const top = mapAt(text, [])
  if (!top) return undefined
  if (top.flow) return spliced(text, intoFlow(text, top, `${name}: ${inline({ [key]: value })}`))
  const index = top.items.findIndex(({ key: node }) => isScalar(node) && node.value === after)
  const end = endOf(top, index)
  return end === undefined ? undefined : spliced(text, newLines(text, end, ['', ...block(name, { [key]: value })]))
}

function inline(value: Value): string {
  if (typeof value === 'string') return value
  if (isList(value)) return `[${value.join(', ')}]`
  const entries = Object.entries(value).map(([key, inner]) => `${key}: ${inline(inner)}`)
  return `{ ${entries.join(', ')} }`
}

function block(key: string, value: Value): string[] {
  if (typeof value === 'string') return [`${key}: ${value}`]
  const inner = isList(value)
    ? value.map((item) => `- ${item}`)
    : Object.entries(value).flatMap(([name, one]) => block(name, one))
  return [`${key}:`, ...inner.map((line) => `  ${line}`)]
}

function isList(value: Exclude<Value, string>): value is readonly string[] {
  return Array.isArray(value)
}

function documentOf(text: string) {
  return parseDocument(text, { version: '1.2', schema: 'core', uniqueKeys: false, keepSourceTokens: true })
}

function mapAt(text: string, path: readonly string[]): YAMLMap | undefined {
  const document = documentOf(text)
  const node = path.length === 0 ? document.contents : document.getIn(path, true)
  return isMap(node) ? node : undefined
}

function intoFlow(text: string, within: YAMLMap | YAMLSeq, entry: string): Insertion {
  const close = (within.range?.[1] ?? 1) - 1
  const inner = text.slice((within.range?.[0] ?? 0) + 1, close)
  const last = within.items.length === 0 ? undefined : endOf(within, within.items.length - 1)
  if (last !== undefined) {
    // A comma may stand behind the last entry already; white space and comments behind it stay where they are.
    const comma = /^\s*,/.exec(text.slice(last, close))
    return comma ? { offset: last + comma[0].length, text: ` ${entry}` } : { offset: last, text: `, ${entry}` }
  }
  if (isSeq(within)) return { offset: close, text: entry }
  return { offset: close, text: /\s$/.test(inner) ? `${entry} ` : ` ${entry} ` }
}

function intoBlock(text: string, map: YAMLMap, lines: readonly string[], behind: number): Insertion | undefined {
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

function intoList(text: string, list: YAMLSeq, items: readonly string[]): Insertion | undefined {
  const [start] = rangeOf(list.items[0]) ?? []
  const end = endOf(list, list.items.length - 1)
  if (start === undefined || end === undefined) return undefined
  const dash = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
  const lines = items.map((item) => dash + item)
  return /^ *- +$/.test(dash) ? newLines(text, end, lines) : undefined
}

/** End of an item, or of the value of an entry, or of its key when it has no value. */
function endOf(within: YAMLMap | YAMLSeq, index: number): number | undefined {
  const item = within.items[index]
  return rangeOf(isPair(item) ? (item.value ?? item.key) : item)?.[1]
}

function rangeOf(node: unknown): readonly [number, number, number] | undefined {
  return isNode(node) ? (node.range ?? undefined) : undefined
}

/** Lines behind the line in which something ends, with the line ends the text has. */
function newLines(text: string, end: number, lines: readonly string[]): Insertion {
  const newline = /\r\n|\n/.exec(text)?.[0] ?? '\n'
  // A block scalar ends behind its line end.
  const from = text[end - 1] === '\n' ? end - 1 : end
  const found = text.indexOf('\n', from)
  if (found < 0) return { offset: text.length, text: lines.map((line) => `${newline}${line}`).join('') }
  return { offset: found + 1, text: lines.map((line) => `${line}${newline}`).join('') }
}

function spliced(text: string, { offset, text: added }: Insertion): string {
  return text.slice(0, offset) + added + text.slice(offset)
}
