import { isMap, isScalar, parseDocument, type YAMLMap } from 'yaml'

/** A text to put into another one. */
interface Insertion {
  readonly offset: number
  readonly text: string
}

/**
 * The text with a key added to a mapping at `path`, in the form the mapping has: a line of its own, or an entry between braces.
 * Every other byte stays. Undefined when there is no such mapping in the text itself (an alias, say).
 */
export function withKey(text: string, path: readonly string[], key: string, value: string): string | undefined {
  const map = mapAt(text, path)
  const insertion =
    map && (map.flow ? intoFlow(text, map, `${key}: ${value}`) : intoBlock(text, map, [`${key}: ${value}`]))
  return insertion && spliced(text, insertion)
}

/** The text with a mapping of one entry added behind a key of the top level. Undefined as for `withKey`. */
export function withSection(text: string, after: string, name: string, key: string, value: string): string | undefined {
  const top = mapAt(text, [])
  if (!top) return undefined
  if (top.flow) return spliced(text, intoFlow(text, top, `${name}: { ${key}: ${value} }`))
  const index = top.items.findIndex(({ key: node }) => isScalar(node) && node.value === after)
  const end = endOf(top, index)
  return end === undefined ? undefined : spliced(text, newLines(text, end, ['', `${name}:`, `  ${key}: ${value}`]))
}

function mapAt(text: string, path: readonly string[]): YAMLMap | undefined {
  const document = parseDocument(text, { version: '1.2', schema: 'core', uniqueKeys: false, keepSourceTokens: true })
  const node = path.length === 0 ? document.contents : document.getIn(path, true)
  return isMap(node) ? (node as YAMLMap) : undefined
}

function intoFlow(text: string, map: YAMLMap, entry: string): Insertion {
  const close = (map.range?.[1] ?? 1) - 1
  const inner = text.slice((map.range?.[0] ?? 0) + 1, close)
  const last = map.items.length === 0 ? undefined : endOf(map, map.items.length - 1)
  if (last !== undefined) {
    // A comma may stand behind the last entry already; white space and comments behind it stay where they are.
    const comma = /^\s*,/.exec(text.slice(last, close))
    return comma ? { offset: last + comma[0].length, text: ` ${entry}` } : { offset: last, text: `, ${entry}` }
  }
  return { offset: close, text: /\s$/.test(inner) ? `${entry} ` : ` ${entry} ` }
}

function intoBlock(text: string, map: YAMLMap, lines: readonly string[]): Insertion | undefined {
  const [start] = (map.items[0]?.key as { range?: [number, number, number] } | undefined)?.range ?? []
  const end = endOf(map, 0)
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

/** End of the value of an entry, or of its key when it has none. */
function endOf(map: YAMLMap, index: number): number | undefined {
  const pair = map.items[index]
  const node = (pair?.value ?? pair?.key) as { range?: [number, number, number] } | undefined
  return node?.range?.[1]
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
