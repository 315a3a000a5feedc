import type { Json } from '../model/json.ts'
import { invalid } from './service-error.ts'

/** Length of a page when the caller does not ask for one: short, so that clients that forget to page are found out. */
export const defaultPage = 10

/** What a list operation is asked for. */
export interface PageRequest {
  readonly NextToken?: string
  readonly MaxResults?: number
  /** Items of the page before that a further page begins with, as when pages shift while they are read. */
  readonly overlap?: number
}

/** Items of one page, and the token of the next when there is one. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly next?: string
}

/**
 * One page of the items in the order of their keys. The token names the last key given, so that objects made or deleted
 * between two pages neither repeat nor hide others.
 */
export function page<T>(
  all: Iterable<T>,
  key: (item: T) => string,
  request: PageRequest,
  limit = defaultPage,
): Page<T> {
  const { after, number } = request.NextToken ? decode(request.NextToken) : firstPage
  const size = request.MaxResults ?? limit
  const entries = [...all].map((item) => ({ item, key: key(item) })).sort((a, b) => (a.key < b.key ? -1 : 1))
  const start = entries.findIndex((entry) => entry.key > after)
  if (start < 0) return { items: [] }
  // One item at least is new, so that the list comes to its end.
  const begin = Math.max(0, start - Math.min(request.overlap ?? 0, size - 1))
  const shown = entries.slice(begin, begin + size)
  const last = shown.at(-1)
  const items = shown.map((entry) => entry.item)
  return last && entries.length > begin + size ? { items, next: encode(number + 1, last.key) } : { items }
}

/** A page as an answer: the items under the member's name, and NextToken when there is more. */
export function answer<T>(name: string, { items, next }: Page<T>, show: (item: T) => Json): Record<string, Json> {
  return { [name]: items.map(show), ...(next === undefined ? {} : { NextToken: next }) }
}

/** Begins a token that leads to an empty page first. */
export const emptyMark = 'empty.'

/** Number of the page a token leads to, from 1; no token leads to the first. */
export function pageNumber(token: string | undefined): number {
  return token ? (parse(token.replace(emptyMark, ''))?.number ?? 1) : 1
}

interface Position {
  readonly number: number
  /** Key of the last item before the page. */
  readonly after: string
}

const firstPage: Position = { number: 1, after: '' }

function encode(number: number, key: string): string {
  return Buffer.from(`${number}:${key}`).toString('base64url')
}

function decode(token: string): Position {
  const position = parse(token)
  if (!position) throw invalid('The NextToken is not valid.')
  return position
}

function parse(token: string): Position | undefined {
  const [, number, after] = /^(\d+):(.*)$/s.exec(Buffer.from(token, 'base64url').toString()) ?? []
  return number === undefined || after === undefined ? undefined : { number: Number(number), after }
}
