import { isNode, isPair, type YAMLMap, type YAMLSeq } from 'yaml'

/** A text to put into another one. */
export interface Insertion {
  readonly offset: number
  readonly text: string
}

/** A text with another one put into it. Pure. */
export function spliced(text: string, { offset, text: added }: Insertion): string {
  return text.slice(0, offset) + added + text.slice(offset)
}

/** An item, or the key of an entry. */
export function firstOf(item: unknown): unknown {
  return isPair(item) ? item.key : item
}

/** End of an item, or of the value of an entry, or of its key when it has no value. */
export function endOf(within: YAMLMap | YAMLSeq, index: number): number | undefined {
  const item = within.items[index]
  return rangeOf(isPair(item) ? (item.value ?? item.key) : item)?.[1]
}

/** Where a node of the text begins and ends. */
export function rangeOf(node: unknown): readonly [number, number, number] | undefined {
  return isNode(node) ? (node.range ?? undefined) : undefined
}

/** How lines end in a text; a line feed where it has one line. */
export function newlineOf(text: string): string {
  return /\r\n|\n/.exec(text)?.[0] ?? '\n'
}
