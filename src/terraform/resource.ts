import { type Arguments, type Block, expression, type Value } from './hcl.ts'

/** A resource that exists and is taken over. */
export interface Resource {
  readonly type: string
  readonly name: string
  /** What the provider's documentation calls its import id. */
  readonly id: string
  readonly comments?: readonly string[]
  readonly arguments: Arguments
  readonly blocks?: readonly Block[]
  /** Arguments that Terraform leaves as they are. */
  readonly ignored?: readonly string[]
}

/** A resource with the block that imports it. */
export function blocksOf({ type, name, id, comments, arguments: given, blocks = [], ignored = [] }: Resource): Block[] {
  const lifecycle: Block = { type: 'lifecycle', arguments: { ignore_changes: ignored.map(expression) } }
  return [
    { type: 'import', ...(comments ? { comments } : {}), arguments: { to: expression(`${type}.${name}`), id } },
    {
      type: 'resource',
      labels: [type, name],
      arguments: given,
      blocks: [...blocks, ...(ignored.length > 0 ? [lifecycle] : [])],
    },
  ]
}

/** A block of one thing, or none where nothing is said of it. */
export function nested(type: string, given: Readonly<Record<string, Value | undefined>>): Block[] {
  return Object.values(given).some((value) => value !== undefined) ? [{ type, arguments: given }] : []
}

/** A text that is there; an empty one is none. */
export function some(text: string | undefined): string | undefined {
  return text === '' ? undefined : text
}
