import { type Alias, isAlias, isNode, type Node, visit } from 'yaml'
import type { Syntax } from './yaml-syntax.ts'

/** What each alias stands for: the node that last carried its anchor before it. */
export type AliasTargets = ReadonlyMap<Alias, Node>

/** Resolves all aliases in one walk; asking the document for each would walk it again every time. */
export function aliasTargets({ contents, text }: Syntax): AliasTargets {
  if (contents === undefined || !text.includes('*')) return new Map()
  const anchors = new Map<string, Node>()
  const targets = new Map<Alias, Node>()
  visit(contents, {
    Node(_key, node) {
      if (isAlias(node)) {
        const target = anchors.get(node.source)
        if (target !== undefined) targets.set(node, target)
      } else if (node.anchor !== undefined) anchors.set(node.anchor, node)
    },
  })
  return targets
}

/** The syntax node in a place where the YAML library's types allow anything. */
export function asNode(value: unknown): Node | undefined {
  return isNode(value) ? value : undefined
}

/** The node itself, or what it stands for when it is an alias. */
export function resolved(node: Node | undefined, targets: AliasTargets): Node | undefined {
  return isAlias(node) ? targets.get(node) : node
}
