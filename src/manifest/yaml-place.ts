import { type Alias, isAlias, isMap, isSeq, type Node, type Pair } from 'yaml'
import type { Position } from '../model/diagnostic.ts'
import type { Path } from './finding.ts'
import { type AliasTargets, asNode, resolved } from './yaml-alias.ts'
import type { Syntax } from './yaml-syntax.ts'

/** What finding a place needs to know about a tree that was read. */
export interface Places {
  readonly syntax: Syntax
  readonly targets: AliasTargets
  /** The entries of each mapping by their key's text after variables were filled in. */
  readonly entries: WeakMap<Node, ReadonlyMap<string, Pair>>
}

interface PathStep {
  /** The key that leads here; undefined for list items and the top. */
  readonly key: Node | undefined
  readonly value: Node | undefined
  /** The last alias on the way. */
  readonly via: Alias | undefined
}

/** Where the key or the value at `path` stands; the nearest existing ancestor when there is nothing. */
export function locate(places: Places, path: Path, of: 'key' | 'value'): Position {
  const { step, rest } = walk(places, path)
  // A key that is missing at the top is missing nowhere in particular.
  if (of === 'key' && step.key === undefined && step.value === places.syntax.contents) return start(places)
  const { key, value } = step
  const preferred = of === 'key' || rest > 0 || isEmpty(value) ? (key ?? value) : value
  return preferred === undefined ? places.syntax.span(0, 0) : nodeSpan(places.syntax, preferred)
}

function start({ syntax }: Places): Position {
  const offset = syntax.contents?.range?.[0] ?? 0
  return syntax.span(offset, offset)
}

/** The alias through which `path` is reached. */
export function aliasOf(places: Places, path: Path): Position | undefined {
  const { via } = walk(places, path).step
  return via === undefined ? undefined : nodeSpan(places.syntax, via)
}

/** Position of a node without the white space behind it. */
export function nodeSpan(syntax: Syntax, node: Node): Position {
  const [start, end] = node.range ?? [0, 0]
  const text = syntax.text.slice(start, end).trimEnd()
  return syntax.span(start, start + text.length)
}

/** Follows a path as far as it exists; `rest` is the number of steps that do not. */
function walk(places: Places, path: Path): { step: PathStep; rest: number } {
  let step: PathStep = { key: undefined, value: places.syntax.contents, via: undefined }
  for (const [index, name] of path.entries()) {
    const next = child(places, step, name)
    if (next === undefined) return { step, rest: path.length - index }
    step = next
  }
  return { step, rest: 0 }
}

function child(places: Places, { value, via }: PathStep, name: string | number): PathStep | undefined {
  const node = resolved(value, places.targets)
  const alias = isAlias(value) ? value : via
  if (isSeq(node)) {
    const item = asNode(node.items[Number(name)])
    return item && { key: undefined, value: item, via: alias }
  }
  const pair = isMap(node) ? places.entries.get(node)?.get(String(name)) : undefined
  return pair && { key: asNode(pair.key), value: asNode(pair.value), via: alias }
}

/** An empty value has a place of no width, often on the next line. */
function isEmpty(node: Node | undefined): boolean {
  return node?.range === undefined || node.range === null || node.range[0] === node.range[1]
}
