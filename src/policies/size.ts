import type { Json } from '../model/json.ts'

/** A limit of inline policies that one exceeds. */
export interface Excess {
  readonly size: number
  readonly limit: number
  /** What is counted, in the plural. */
  readonly unit: string
}

/**
 * The limit that an inline policy exceeds when it is sent; undefined when it exceeds none. Source: UG/limits. That bytes are counted is
 * what AWS says when it refuses one (LBHackney-IT/Data-Platform 2789).
 */
export function excessOf(policy: Json): Excess | undefined {
  const text = JSON.stringify(policy)
  const counted = [
    { size: bytes(text.replace(/\s/g, '')), limit: 10_240, unit: 'bytes without white space' },
    { size: bytes(text), limit: 32_768, unit: 'bytes' },
  ]
  return counted.find(({ size, limit }) => size > limit)
}

function bytes(text: string): number {
  return new TextEncoder().encode(text).length
}
