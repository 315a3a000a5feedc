import { isMap, isScalar, isSeq, type YAMLMap } from 'yaml'
import { documentOf } from './document.ts'
import { endOf, spliced } from './extents.ts'
import { intoFlow } from './flow.ts'
import { keptJson } from './kept-json.ts'
import { intoBlock, intoList, newLines } from './place-in.ts'

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
  if (!map) return undefined
  if (map.flow) return keptJson(text, intoFlow(text, map, [`${key}: ${inline(value)}`]))
  const insertion = intoBlock(text, map, block(key, value), place === 'last' ? map.items.length - 1 : 0)
  return insertion && spliced(text, insertion)
}

/** The text with items added to a list of scalars at `path`, in the form the list has. Undefined as for `withKey`. */
export function withItems(text: string, path: readonly string[], items: readonly string[]): string | undefined {
  const list = documentOf(text).getIn(path, true)
  if (!isSeq(list)) return undefined
  if (list.flow) return keptJson(text, intoFlow(text, list, items))
  const insertion = intoList(text, list, items)
  return insertion && spliced(text, insertion)
}

/** The text with another value in the place of a scalar at `path`. Undefined when there is no scalar. */
export function withValue(text: string, path: readonly string[], value: Value): string | undefined {
  const node = documentOf(text).getIn(path, true)
  if (!isScalar(node) || !node.range) return undefined
  return keptJson(text, text.slice(0, node.range[0]) + inline(value) + text.slice(node.range[1]))
}

/** The text with a mapping of one entry added behind a key of the top level. Undefined as for `withKey`. */
export function withSection(text: string, after: string, name: string, key: string, value: Value): string | undefined {
  const top = mapAt(text, [])
  if (!top) return undefined
  if (top.flow) return keptJson(text, intoFlow(text, top, [`${name}: ${inline({ [key]: value })}`]))
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

function mapAt(text: string, path: readonly string[]): YAMLMap | undefined {
  const document = documentOf(text)
  const node = path.length === 0 ? document.contents : document.getIn(path, true)
  return isMap(node) ? node : undefined
}
