import { type Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml'
import { yamlLimits } from './yaml-parse.ts'

/** A map or a list whose end has not come, with the key whose value comes next. */
interface Open {
  readonly node: YAMLMap | YAMLSeq
  key: Scalar | undefined
}

/**
 * The nodes that the YAML library makes of a text that is JSON (RFC 8259), without its parser, which takes five times as long: programs
 * write large texts, and without comments or errors. Undefined where the text is no JSON map or list, is nested too deeply, or is too
 * long.
 */
export function jsonContents(text: string): Node | undefined {
  // To JSON a carriage return is white space wherever it stands; to the YAML library, which edits the file, it is a letter.
  const isOne = /^\s*[[{]/.test(text) && !/\r(?!\n)/.test(text) && isJson(text)
  return isOne ? nodesOf(text) : undefined
}

/** True for a JSON text, whatever is in it. Pure. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** What a valid JSON text consists of, but for white space, commas and colons. */
const words = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]]|[^\s,:"{}[\]]+/g

function nodesOf(text: string): Node | undefined {
  const open: Open[] = []
  let count = 0
  for (const { 0: word, index } of text.matchAll(words)) {
    const end = index + word.length
    if (word === '}' || word === ']') {
      const node = open.pop()?.node
      if (node) node.range = [node.range?.[0] ?? 0, end, end]
      if (open.length === 0) return node
    } else {
      const node = word === '{' ? new YAMLMap() : word === '[' ? new YAMLSeq() : scalar(word)
      node.range = [index, end, end]
      put(node, open.at(-1))
      if (!(node instanceof Scalar)) open.push({ node, key: undefined })
    }
    count += 1
    // There is a mark behind each word.
    if (open.length > yamlLimits.depth || count * 2 > yamlLimits.words) return undefined
  }
  return undefined
}

function scalar(word: string): Scalar {
  const isText = word.startsWith('"')
  const value: unknown = isText && !word.includes('\\') ? word.slice(1, -1) : JSON.parse(word)
  const node = new Scalar(value)
  node.type = isText ? Scalar.QUOTE_DOUBLE : Scalar.PLAIN
  node.source = typeof value === 'string' ? value : word
  return node
}

/** Of the words of a map, every other one is a key. */
function put(node: Node, into: Open | undefined): void {
  if (into === undefined) return
  if (into.node instanceof YAMLSeq) into.node.items.push(node)
  else if (into.key === undefined) into.key = node as Scalar
  else {
    into.node.items.push(new Pair(into.key, node))
    into.key = undefined
  }
}
