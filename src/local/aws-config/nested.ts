import { grouped } from '../../model/grouped.ts'
import { indentation, type Line, PYTHON_LINE_BREAK, trim, trimEnd } from '../files/lines.ts'
import type { ConfigOption, ConfigSection } from './document.ts'

/** One property of a block such as `s3 =`; `index` is that of its line. */
export interface NestedProperty {
  readonly name: string
  readonly value: string
  readonly index: number
}

/** `s3.max_queue_size` as its two parts; undefined for a key of the section itself. */
export function nestedKey(key: string): { readonly block: string; readonly name: string } | undefined {
  const dot = key.indexOf('.')
  return dot === -1 ? undefined : { block: key.slice(0, dot), name: key.slice(dot + 1) }
}

/** Properties of a block, in the order of the text; the last of a name counts. None for an option with a value of its own. */
export function nestedProperties(lines: readonly Line[], option: ConfigOption): NestedProperty[] {
  if (!option.nested) return []
  return option.rest.flatMap((index) => {
    const text = lines[index]?.text ?? ''
    // The AWS CLI sees several lines there, other readers one: nothing to speak of.
    if (PYTHON_LINE_BREAK.test(text)) return []
    const equals = text.indexOf('=')
    return [{ name: trim(text.slice(0, equals)), value: trim(text.slice(equals + 1)), index }]
  })
}

/** Values of a section by key, properties of blocks as `block.name`. */
export function flatValues(lines: readonly Line[], section: ConfigSection): Map<string, string> {
  const values = new Map<string, string>()
  for (const [key, option] of section.options) {
    // A dot in a key of the section itself means nothing to AWS, and must not pass for a block.
    if (!option.nested && !nestedKey(key)) values.set(key, option.value)
    for (const { name, value } of nestedProperties(lines, option)) values.set(`${key}.${name}`, value)
  }
  return values
}

/** The line with another value for its property; spelling and indentation stay. */
export function withNestedValue(line: string, value: string): string {
  const start = line.indexOf('=') + 1
  const old = line.slice(start)
  const space = trim(old) === '' ? ' ' : old.slice(0, indentation(old))
  return trimEnd(`${line.slice(0, start)}${space}${value}`)
}

/** Lines for keys and values in the given order, blocks last, as the AWS CLI writes them. */
export function optionLines(set: Readonly<Record<string, string>>): string[] {
  const entries = Object.entries(set)
  const own = entries.filter(([key]) => !nestedKey(key)).map(([key, value]) => optionLine(key, value))
  return [...own, ...[...blocksOf(set)].flatMap(([block, inner]) => [`${block} =`, ...inner.map(nestedLine)])]
}

/** Desired properties by block. */
export function blocksOf(
  set: Readonly<Record<string, string>>,
): ReadonlyMap<string, readonly (readonly [name: string, value: string])[]> {
  const properties = Object.entries(set).flatMap(([key, value]) => {
    const nested = nestedKey(key)
    return nested ? [[nested.block, [nested.name, value] as const] as const] : []
  })
  return grouped(properties)
}

/** What stands before the properties of a block that has none yet. */
export const NESTED_INDENT = '    '

function nestedLine([name, value]: readonly [string, string]): string {
  return NESTED_INDENT + optionLine(name, value)
}

/** One option or property as a line. */
export function optionLine(key: string, value: string): string {
  return value === '' ? `${key} =` : `${key} = ${value}`
}
