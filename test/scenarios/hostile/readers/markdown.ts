import type { Nodes, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { elementsOf } from './page.ts'

let read: ReadonlyMap<string, Root> = new Map()

/** A text as GitHub's Markdown reads it. */
function treeOf(text: string): Root {
  const tree = read.get(text) ?? fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  // Several questions are asked of one page and its twin.
  read = new Map([...[...read].slice(-3), [text, tree]])
  return tree
}

/**
 * What a text is made of, one line a node with what makes it what it is; the text itself is left out. A code span and the HTML element
 * `code` are the same to a reader, and so are one text and several in a row.
 */
export function shapeOf(text: string): readonly string[] {
  return shape(treeOf(text), 0)
}

function shape(node: Nodes, depth: number): readonly string[] {
  const own = `${' '.repeat(depth)}${isWords(node) ? 'words' : node.type}${detail(node)}`
  return [own, ...('children' in node ? joined(node.children).flatMap((child) => shape(child, depth + 1)) : [])]
}

function detail(node: Nodes): string {
  if (node.type === 'html') return ` ${elementsOf(node.value).join('')}`
  if (node.type === 'heading') return ` ${node.depth}`
  if (node.type === 'code') return ` ${node.lang ?? ''} ${node.value.split('\n').length} lines`
  if (node.type === 'list') return ` ${node.ordered ? `from ${node.start}` : ''}`
  return ''
}

// What is said in a row is one piece, whether a part of it is code or not.
function joined(children: readonly Nodes[]): readonly Nodes[] {
  return withSpans(children).filter((child, index, all) => !(isWords(child) && isWords(all[index - 1])))
}

function isWords(node: Nodes | undefined): boolean {
  return node?.type === 'text' || node?.type === 'inlineCode'
}

// `<code>`, texts, `</code>`: a span whose text is escaped as HTML. The element around a dollar sign keeps it from being a formula.
function withSpans(children: readonly Nodes[]): readonly Nodes[] {
  const nodes: Nodes[] = []
  for (let index = 0; index < children.length; index += 1) {
    const child = children[index]
    const end = closing(children, index)
    if (end > 0) nodes.push({ type: 'inlineCode', value: '' })
    else if (child) nodes.push(child)
    index = Math.max(index, end)
  }
  return nodes
}

/** Where a span of HTML ends that holds nothing but texts; -1 where there is none. */
function closing(children: readonly Nodes[], start: number): number {
  const [, name] = /^<(code|span)>$/.exec(tagOf(children[start])) ?? []
  const end = name === undefined ? -1 : children.findIndex((one, at) => at > start && one.type !== 'text')
  const inside = children.slice(start + 1, end).map((one) => (one.type === 'text' ? one.value : ''))
  const isSpan = tagOf(children[end]) === `</${name}>` && (name === 'code' || inside.join('') === '$')
  return isSpan ? end : -1
}

function tagOf(node: Nodes | undefined): string {
  return node?.type === 'html' ? node.value : ''
}

/** Texts of a page outside code, where GitHub looks for more than Markdown. */
function textsOf(node: Nodes): readonly string[] {
  if (node.type === 'text') return [node.value]
  if (!('children' in node)) return []
  // One text may go on in the next one, where an escape or an entity is between them.
  const border = '\n\n'
  const parts = withSpans(node.children).map((child) =>
    child.type === 'text' ? child.value : border + textsOf(child).join(border) + border,
  )
  return parts
    .join('')
    .split(border)
    .filter((one) => one !== '')
}

/** What GitHub makes of a text after Markdown: it reads what is left when escapes and entities are resolved. */
const extras: Readonly<Record<string, RegExp>> = {
  mention: /@[\p{L}\p{N}_]/u,
  issue: /#\d/,
  'old issue': /\bGH-\d/i,
  commit: /(?<![\p{L}\p{N}_])(?=\d*[a-f])[0-9a-f]{7,40}(?![\p{L}\p{N}_])/iu,
  address: /\bwww\.|:\/\/|\bmailto:|\bxmpp:/i,
  formula: /\$[^$]*\$/,
  emoji: /:[a-z0-9_+-]+:/i,
}

/** References, links and the like that GitHub would make of texts outside code. */
export function referencesIn(text: string): readonly string[] {
  return textsOf(treeOf(text)).flatMap((one) =>
    Object.entries(extras).flatMap(([what, pattern]) => {
      const found = pattern.exec(one)
      return found ? [`${what}: ${JSON.stringify(one.slice(Math.max(0, found.index - 20), found.index + 40))}`] : []
    }),
  )
}

/** Links and pictures of a page, also those that need no markup. */
export function linksIn(text: string): readonly string[] {
  const found: string[] = []
  const visit = (node: Nodes) => {
    if (/^(link|image|definition|footnote)/.test(node.type)) found.push(`${node.type} ${JSON.stringify(node)}`)
    if ('children' in node) for (const child of node.children) visit(child)
  }
  visit(treeOf(text))
  return found
}
