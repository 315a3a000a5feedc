import { type DefaultTreeAdapterMap, defaultTreeAdapter, parse } from 'parse5'

type Node = DefaultTreeAdapterMap['node']

/** What a page is made of: elements and the names of their attributes, and scripts and styles with their text. */
export function elementsOf(html: string): readonly string[] {
  return elements(parse(html), 0)
}

function elements(node: Node, depth: number): readonly string[] {
  const indent = ' '.repeat(depth)
  const own = defaultTreeAdapter.isElementNode(node) ? [`${indent}<${node.tagName}${attributes(node.attrs)}>`] : []
  const told = node.nodeName === '#comment' || node.nodeName === '#documentType' ? [`${indent}${node.nodeName}`] : []
  const text = isCode(node) ? [indent + textsBelow(node).join('')] : []
  const below =
    'childNodes' in node && !isCode(node) ? node.childNodes.flatMap((child) => elements(child, depth + 1)) : []
  return [...own, ...told, ...text, ...below]
}

function attributes(attrs: readonly { readonly name: string }[]): string {
  return attrs.map(({ name }) => ` ${name}`).join('')
}

function isCode(node: Node): node is DefaultTreeAdapterMap['element'] {
  return node.nodeName === 'script' || node.nodeName === 'style'
}

/** All that a person may read on a page: texts and values of attributes, outside scripts and styles. */
export function readableOf(html: string): readonly string[] {
  return readable(parse(html))
}

function readable(node: Node): readonly string[] {
  if (isCode(node)) return []
  const values = defaultTreeAdapter.isElementNode(node) ? node.attrs.map(({ value }) => value) : []
  return [...values, ...textsBelow(node), ...('childNodes' in node ? node.childNodes.flatMap(readable) : [])]
}

function textsBelow(node: Node): readonly string[] {
  return 'childNodes' in node ? node.childNodes.flatMap((child) => ('value' in child ? [child.value] : [])) : []
}
