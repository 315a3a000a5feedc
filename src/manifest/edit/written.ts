import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import { yamlQuoted, yamlWord } from '../../text/yaml.ts'
import type { Path } from '../finding.ts'
import { takesVariables } from '../places.ts'

/** Longest line of a mapping that is written on one line where nothing else says how. */
const width = 100

/** Keys of dates and times, which people write without quotes. */
const times: ReadonlySet<string> = new Set(['from', 'until'])

/** A value on one line, as YAML writes it at a path of the manifest. Pure. */
export function onOneLine(value: Json, path: Path): string {
  if (Array.isArray(value)) return `[${value.map((item: Json, index) => onOneLine(item, [...path, index])).join(', ')}]`
  if (!isObject(value)) return scalar(value, path)
  const entries = Object.entries(value).map(
    ([key, inner]) => `${keyText(key, path)}: ${onOneLine(inner, [...path, key])}`,
  )
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}

/** A key with its value, on lines of their own; mappings that are short, and those whose neighbours are `flat`, on one. Pure. */
export function entryLines(key: string, value: Json, path: Path, flat?: boolean): readonly string[] {
  const head = `${keyText(key, path)}:`
  const inner = [...path, key]
  return staysOnOneLine(value, inner, flat)
    ? [`${head} ${onOneLine(value, inner)}`]
    : [head, ...valueLines(value, inner).map((line) => `  ${line}`)]
}

/** An item of a list, on lines of their own. Pure. */
export function itemLines(value: Json, path: Path, flat?: boolean): readonly string[] {
  if (staysOnOneLine(value, path, flat)) return [`- ${onOneLine(value, path)}`]
  return valueLines(value, path).map((line, index) => `${index === 0 ? '- ' : '  '}${line}`)
}

function valueLines(value: Json, path: Path): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: Json, index) => itemLines(item, [...path, index]))
  return Object.entries(value as JsonObject).flatMap(([key, inner]) => entryLines(key, inner, path))
}

function staysOnOneLine(value: Json, path: Path, flat?: boolean): boolean {
  const isEmpty = isObject(value) ? Object.keys(value).length === 0 : !Array.isArray(value) || value.length === 0
  if (isEmpty) return true
  return flat ?? onOneLine(value, path).length + 2 * path.length <= width
}

function keyText(key: string, path: Path): string {
  return yamlWord(escaped(key, [...path, key]))
}

function scalar(value: Json, path: Path): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  const text = escaped(value, path)
  if (times.has(String(path.at(-1))) && /^[\d-]+(?:T[\d:]+Z)?$/.test(text)) return text
  // What looks like a number to nobody needs no quotes.
  return /^(?:\d+h)?(?:\d+m)?$/.test(text) && text !== '' ? text : plain(text)
}

// Words between blanks are one text to YAML as long as nothing in them means something to it.
function plain(text: string): string {
  const words = text.split(' ')
  return words.every((word) => /^[\p{L}\p{N}_][\p{L}\p{N}\w./-]*$/u.test(word)) &&
    words.length > 1 &&
    /^\p{L}/u.test(text)
    ? text
    : text === ''
      ? '""'
      : yamlText(text)
}

function yamlText(text: string): string {
  return /[:%]$|: /.test(text) ? yamlQuoted(text) : yamlWord(text)
}

function escaped(text: string, path: Path): string {
  return takesVariables(path) ? text.replaceAll('${', () => '$${') : text
}
