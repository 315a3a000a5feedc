import type { Json } from '../model/json.ts'
import { invalid } from './fault.ts'

/** Length of a page when the caller does not ask for one: short, so that clients that forget to page are found out. */
export const defaultPage = 10

/** What a list operation is asked for. */
export interface PageRequest {
  readonly NextToken?: string
  readonly MaxResults?: number
}

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
  const after = request.NextToken === undefined || request.NextToken === '' ? '' : decode(request.NextToken)
  const size = request.MaxResults ?? limit
  const rest = [...all]
    .map((item) => ({ item, key: key(item) }))
    .filter((entry) => entry.key > after)
    .sort((a, b) => (a.key < b.key ? -1 : 1))
  const shown = rest.slice(0, size)
  const last = shown.at(-1)
  const items = shown.map((entry) => entry.item)
  return last && rest.length > size ? { items, next: encode(last.key) } : { items }
}

/** A page as an answer: the items under the member's name, and NextToken when there is more. */
export function answer<T>(name: string, { items, next }: Page<T>, show: (item: T) => Json): Record<string, Json> {
  return { [name]: items.map(show), ...(next === undefined ? {} : { NextToken: next }) }
}

const mark = 'p1:'

function encode(key: string): string {
  return Buffer.from(mark + key).toString('base64url')
}

function decode(token: string): string {
  const text = Buffer.from(token, 'base64url').toString()
  if (!text.startsWith(mark)) throw invalid('The NextToken is not valid.')
  return text.slice(mark.length)
}
