import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Nodes } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'

export const root = join(import.meta.dirname, '../..')

/** Every page for people, by its path in the repository. */
export const pages: readonly string[] = [
  ...['README.md', 'README.ja.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

/** What a page shows as code: blocks with their language, and words inside sentences; and where its links lead. */
export interface Page {
  readonly blocks: readonly { readonly language: string; readonly text: string }[]
  readonly inline: readonly string[]
  readonly links: readonly string[]
  readonly headings: readonly string[]
}

export function pageAt(path: string): Page {
  const nodes = all(fromMarkdown(readFileSync(join(root, path), 'utf8')))
  return {
    blocks: nodes.flatMap((node) => (node.type === 'code' ? [{ language: node.lang ?? '', text: node.value }] : [])),
    inline: nodes.flatMap((node) => (node.type === 'inlineCode' ? [node.value] : [])),
    links: nodes.flatMap((node) => (node.type === 'link' || node.type === 'image' ? [node.url] : [])),
    headings: nodes.flatMap((node) => (node.type === 'heading' ? [plain(node)] : [])),
  }
}

/** The command lines that a page names, in its blocks and in its sentences, in order. */
export function commandsOn({ blocks, inline }: Page, program: RegExp): readonly string[] {
  const lines = blocks.filter(({ language }) => ['', 'sh'].includes(language)).flatMap(({ text }) => text.split('\n'))
  return [...lines, ...inline].map((line) => line.trim()).filter((line) => program.test(line))
}

/** The fragment by which GitHub addresses a heading. */
export function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')
}

function all(node: Nodes): readonly Nodes[] {
  return [node, ...('children' in node ? node.children.flatMap(all) : [])]
}

function plain(node: Nodes): string {
  if ('value' in node) return node.value
  return 'children' in node ? node.children.map(plain).join('') : ''
}
