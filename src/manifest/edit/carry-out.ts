import {
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import type { Path } from '../finding.ts'
import { takesVariables } from '../places.ts'
import { documentOf } from './document.ts'
import { spliced } from './extents.ts'
import { outOfFlow } from './flow.ts'
import { keptJson } from './kept-json.ts'
import { inserted } from './place-in.ts'
import type { Step } from './steps.ts'
import { entryLines, itemLines, onOneLine } from './written.ts'

/** Why a step cannot be made in a text, and where. */
export interface NoPlace {
  readonly why: 'alias' | 'variable' | 'form'
  readonly path: Path
}

/**
 * The manifest's text after some steps; every byte that they do not concern stays. What cannot be written in the form the text has is told
 * instead. Pure.
 */
export function carriedOut(text: string, steps: readonly Step[]): string | NoPlace {
  let edited = text
  for (const step of steps) {
    const next = carryOut(edited, step)
    if (typeof next !== 'string') return next
    edited = next
  }
  return keptJson(text, edited)
}

function carryOut(text: string, step: Step): string | NoPlace {
  const document = documentOf(text)
  const parent = nodeAt(document.contents, step.path.slice(0, -1))
  if (isAlias(parent)) return { why: 'alias', path: step.path }
  if (!isMap(parent) && !isSeq(parent)) return { why: 'form', path: step.path }
  const made = step.does === 'add' ? added(text, parent, step) : changed(text, parent, step)
  return made ?? { why: 'form', path: step.path }
}

function added(text: string, parent: YAMLMap | YAMLSeq, { path, value }: Extract<Step, { does: 'add' }>) {
  const key = String(path.at(-1))
  const above = path.slice(0, -1)
  if (parent.flow) {
    const entry = onOneLine(value, path)
    // The key is written as one that is between braces is.
    return inserted(text, parent, [isSeq(parent) ? entry : onOneLine({ [key]: value }, above).slice(2, -2)])
  }
  const flat = neighbour(parent)
  const isText = !isObjectLike(value)
  const like = isText ? undefined : flat
  return inserted(text, parent, isSeq(parent) ? itemLines(value, path, like) : entryLines(key, value, above, like))
}

function isObjectLike(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether the last mapping beside it is on one line; undefined where there is none. */
function neighbour(parent: YAMLMap | YAMLSeq): boolean | undefined {
  const values = parent.items.map((item) => (isPair(item) ? item.value : item))
  const last = values.filter((one) => isMap(one)).at(-1)
  return last && last.flow === true
}

function changed(
  text: string,
  parent: YAMLMap | YAMLSeq,
  step: Exclude<Step, { does: 'add' }>,
): string | NoPlace | undefined {
  const item = itemAt(parent, step.path.at(-1))
  const node = isPair(item) ? item.value : item
  if (!isNode(node)) return undefined
  if (isAlias(node)) return { why: 'alias', path: step.path }
  const isVariable = isScalar(node) && takesVariables(step.path) && /(?<!\$)\$\{/.test(String(node.source ?? ''))
  if (isVariable) return { why: 'variable', path: step.path }
  if (step.does === 'remove') return removed(text, parent, item)
  if (!node.range || (isCollection(node) && !node.flow)) return undefined
  const [from, to] = node.range
  // A block of text ends after its line end, which stays.
  const lineEnd = /\r?\n$/.exec(text.slice(from, to))?.[0] ?? ''
  return text.slice(0, from) + onOneLine(step.value, step.path) + lineEnd + text.slice(to)
}

function nodeAt(root: unknown, path: Path): unknown {
  let node = root
  for (const step of path) {
    if (isAlias(node)) return node
    if (!isMap(node) && !isSeq(node)) return undefined
    const item = itemAt(node, step)
    node = isPair(item) ? item.value : item
  }
  return node
}

function itemAt(parent: YAMLMap | YAMLSeq, step: string | number | undefined): unknown {
  if (isSeq(parent)) return parent.items[Number(step)]
  return parent.items.find(({ key }) => isScalar(key) && unescaped(String(key.value)) === String(step))
}

function unescaped(key: string): string {
  return key.replaceAll('$${', () => '${')
}

/** The text without an entry or an item: with its lines in a block, with its comma between braces. */
function removed(text: string, parent: YAMLMap | YAMLSeq, item: unknown): string | undefined {
  if (parent.flow) return outOfFlow(text, parent, parent.items.indexOf(item as never))
  const [start, end] = extentOf(item)
  if (start === undefined || end === undefined) return undefined
  const from = text.lastIndexOf('\n', start - 1) + 1
  if (!(isSeq(parent) ? /^ *- +$/ : /^ *$/).test(text.slice(from, start))) return undefined
  const last = text.indexOf('\n', end - (text[end - 1] === '\n' ? 1 : 0))
  const rest = text.slice(0, from) + (last < 0 ? '' : text.slice(last + 1))
  return parent.items.length > 1 ? rest : emptied(rest, text, from, parent)
}

/** A block without its last entry is written as an empty one, beside its key; what was written around the entry stays. */
function emptied(rest: string, text: string, from: number, parent: YAMLMap | YAMLSeq): string | undefined {
  const colon = /:([ \t]*(?:#[^\n]*)?\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*)$/.exec(text.slice(0, from))
  return colon ? spliced(rest, { offset: colon.index + 1, text: isSeq(parent) ? ' []' : ' {}' }) : undefined
}

/** Where something begins and ends; nothing for what has no place of its own. */
function extentOf(item: unknown): readonly [(number | undefined)?, number?] {
  if (!isPair(item)) return isNode(item) && item.range ? [startOf(item), item.range[1]] : []
  const { key, value } = item as Pair
  if (!isNode(key) || !key.range) return []
  return [startOf(key), isNode(value) && value.range ? value.range[1] : key.range[1]]
}

function startOf(node: { readonly range?: readonly number[] | null | undefined }): number | undefined {
  return node.range?.[0]
}
