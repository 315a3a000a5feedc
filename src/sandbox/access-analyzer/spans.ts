import type { JsonObject } from '../../model/json.ts'

/** A step of a path into a JSON document: the value of a key, or an item of a list. */
export type Step = string | number

/** Where something stands in a JSON text, as Access Analyzer says it: lines from 1, columns and offsets from 0. */
export interface Span {
  readonly start: JsonObject
  readonly end: JsonObject
}

/** The span of the value at a path; of the whole document where the path leads nowhere. The text is JSON. */
export function spanOf(text: string, path: readonly Step[]): Span {
  const spans = new Map<string, readonly [number, number]>()
  value(text, skipped(text, 0), '', spans)
  const [start, end] = spans.get(keyOf(path)) ?? spans.get('') ?? [0, text.length]
  return { start: positionAt(text, start), end: positionAt(text, end) }
}

function keyOf(path: readonly Step[]): string {
  return path.map((step) => `/${JSON.stringify(step)}`).join('')
}

type Spans = Map<string, readonly [start: number, end: number]>

/** Notes the span of the value that begins at a place, and of all in it; gives the place behind it. */
function value(text: string, start: number, key: string, spans: Spans): number {
  const end = text[start] === '{' || text[start] === '[' ? inner(text, start, key, spans) : scalarEnd(text, start)
  spans.set(key, [start, end])
  return end
}

function inner(text: string, start: number, key: string, spans: Spans): number {
  const isMap = text[start] === '{'
  let at = skipped(text, start + 1)
  for (let index = 0; text[at] !== '}' && text[at] !== ']'; index++) {
    const end = isMap ? scalarEnd(text, at) : at
    const step = isMap ? (JSON.parse(text.slice(at, end)) as string) : index
    // Behind a key there is a colon.
    const from = isMap ? skipped(text, skipped(text, end) + 1) : at
    at = skipped(text, value(text, from, `${key}/${JSON.stringify(step)}`, spans))
    if (text[at] === ',') at = skipped(text, at + 1)
  }
  return at + 1
}

function scalarEnd(text: string, start: number): number {
  const token = /"(?:[^"\\]|\\.)*"|[^\s,\]}]+/y
  token.lastIndex = start
  return start + (token.exec(text)?.[0].length ?? 1)
}

function skipped(text: string, from: number): number {
  let at = from
  while (/\s/.test(text[at] ?? '')) at++
  return at
}

function positionAt(text: string, offset: number): JsonObject {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: before.at(-1)?.length ?? 0, offset }
}
