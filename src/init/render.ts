import {
  type CollectionTag,
  Document,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  Scalar,
  type ScalarTag,
  type Tags,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import type { Draft } from '../kinds/adoption.ts'
import type { Path } from '../manifest/finding.ts'
import { places } from '../manifest/places.ts'
import type { Json } from '../model/json.ts'
import { isHarmlessYaml, yamlQuoted } from '../text/yaml.ts'
import { comment, heading, sectionComments, wrapped } from './comments.ts'

/** Longest line of the file, as far as names allow. */
const width = 100

/** A draft as YAML text: one blank line between sections, short things on one line, account ids and odd words in quotes. */
export function render({ value, notes, left }: Draft, tail = '', head = heading(value)): string {
  // Words that YAML 1.1 reads as something else (no, on, 12:30) are quoted for the sake of other readers.
  const document = new Document(undefined, { version: '1.2', compat: 'yaml-1.1', customTags })
  const top: YAMLMap = document.createNode(value, { aliasDuplicateObjects: false })
  document.contents = top as unknown as typeof document.contents
  layout(top, [])
  for (const pair of top.items) introduce(pair, value)
  for (const note of notes) annotate(top, note.path, note.text)
  const text = document.toString({ lineWidth: width, flowCollectionPadding: true, singleQuote: false })
  return [head, text, ...leftOut(left), tail].filter((part) => part !== '').join('\n')
}

function leftOut(left: readonly string[]): string[] {
  if (left.length === 0) return []
  return [comment(['Not in this file, and why (sso-reconcile leaves these alone):', ...left.flatMap(wrapped)])]
}

function introduce(pair: Pair, value: Draft['value']): void {
  const key = pair.key as Scalar
  const name = String(key.value)
  if (name !== 'version' && name !== 'name') key.spaceBefore = true
  const about = sectionComments(value)[name]
  if (about) key.commentBefore = about.map((line) => ` ${line}`).join('\n')
}

/** Puts a comment above the key, or the list item, at a path. */
function annotate(top: YAMLMap, path: Path, text: string): void {
  const parent = child(top, path.slice(0, -1))
  const last = path.at(-1)
  const pair = isMap(parent)
    ? parent.items.find(({ key }) => isScalar(key) && key.value === escaped(String(last)))
    : undefined
  const node = isSeq(parent) ? (parent.items[Number(last)] as Node | undefined) : (pair?.key as Node | undefined)
  if (node)
    node.commentBefore = wrapped(text)
      .map((line) => ` ${line}`)
      .join('\n')
}

function child(node: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, step) => {
    if (isSeq(inner)) return inner.items[Number(step)]
    return isMap(inner) ? inner.items.find(({ key }) => isScalar(key) && key.value === step)?.value : undefined
  }, node)
}

function layout(node: unknown, path: Path): void {
  if (isScalar(node)) scalar(node, path)
  if (!isCollection(node)) return
  if (isMap(node))
    for (const { key, value } of node.items) {
      const step = String((key as Scalar).value)
      scalar(key as Scalar, [...path, step])
      layout(value, [...path, step])
    }
  else for (const [index, item] of node.items.entries()) layout(item, [...path, index])
  node.flow = fits(node, path)
  pad(node)
}

// [a] and { a: b }, as the examples are written; the library pads both or neither.
function pad(node: YAMLMap | YAMLSeq): void {
  const write = node.toString.bind(node) as (context?: object, ...rest: (() => void)[]) => string
  const flowCollectionPadding = isMap(node) ? ' ' : ''
  node.toString = (context?: object, ...rest: (() => void)[]) =>
    write(context && { ...context, flowCollectionPadding }, ...rest)
}

const accountPlaces =
  /^(accounts\/[^/]+|assignments\/\d+\/accounts\/\d+|ignore\/assignments\/\d+\/account|local\/profiles\/.+\/account)$/

function scalar(node: Scalar, path: Path): void {
  if (typeof node.value !== 'string') return
  // Account ids look like numbers, and a number loses its leading zeros in other tools.
  if (/^\d+$/.test(node.value) && accountPlaces.test(path.join('/'))) node.type = Scalar.QUOTE_DOUBLE
  if (places(path) !== 'policy' && places(path) !== 'verbatim') node.value = escaped(node.value)
}

function escaped(text: string): string {
  return text.replaceAll('${', () => '$${')
}

/** True for what reads best on one line. */
function fits(node: Node, path: Path): boolean {
  if (path.length < 2 && !isSeq(node)) return false
  if (path.length === 2 && (path[0] === 'permission_sets' || path[0] === 'assignments')) return isExternal(node)
  if (path.join('/') === 'assignments' || path.join('/') === 'local/profiles') return false
  if (path[2] === 'inline_policy' && path.length < 4) return false
  if (path.at(-1) === 'Statement' || path.at(-2) === 'Statement') return false
  const plain: Json = node.toJSON()
  return isFlatList(plain) || lineLength(plain, path) <= width
}

function lineLength(value: Json, path: Path): number {
  return JSON.stringify(value).replaceAll('"', '').length + 2 * path.length + String(path.at(-1)).length
}

function isExternal(node: Node): boolean {
  return isMap(node) && node.items.length === 1 && node.has('external')
}

function isFlatList(value: Json): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string' && one.length < 40) && value.length < 4
}

/** Strings as the library writes them, but those that would steer a terminal or a log which shows the file; YAML forbids some of them too. */
function customTags(tags: Tags): Tags {
  return tags.map((tag) => (typeof tag === 'object' && tag.tag === 'tag:yaml.org,2002:str' ? careful(tag) : tag))
}

function careful(tag: ScalarTag | CollectionTag): ScalarTag | CollectionTag {
  if (tag.collection !== undefined) return tag
  const { stringify } = tag
  return {
    ...tag,
    stringify: (item, ...rest) => {
      const text = String(item.value)
      return isHarmlessYaml(text) && stringify ? stringify(item, ...rest) : yamlQuoted(text)
    },
  }
}
