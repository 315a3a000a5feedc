import { error, Refusal } from '../model/diagnostic.ts'
import { canonical, type Json } from '../model/json.ts'
import type { Transport } from './connect.ts'
import {
  actionOf,
  type Definition,
  type Input,
  type Item,
  type ListName,
  type OperationName,
  type Output,
  operations,
  type ReadName,
} from './operations.ts'
import type { Asking, Reader } from './port.ts'
import { incomplete, rowsOf } from './rows.ts'

/** The largest directory AWS allows, 100,000 users, comes in 1,000 pages (UG/limits). */
const mostPages = 5_000

type Paged = { NextToken?: string; nextToken?: string; Marker?: string; IsTruncated?: boolean }

/** The members of each spelling: the size of a page, and what leads to the next one. */
const members = { 'lower case': ['maxResults', 'nextToken'], marker: ['MaxItems', 'Marker'] } as const

const usual = ['MaxResults', 'NextToken'] as const

/** A fresh look: the same question gets the same answer for as long as the reader is kept. */
export function openReader(transport: Transport): Reader {
  const answers = new Map<string, Promise<unknown>>()
  const once = <T>(operation: OperationName, input: unknown, ask: () => Promise<T>): Promise<T> => {
    const question = `${operation} ${canonical(input as Json)}`
    const known = answers.get(question) ?? ask()
    answers.set(question, known)
    return known as Promise<T>
  }
  return {
    get: (operation, input) => once(operation, input, () => transport(operation, input)),
    list: (operation, input, how) => once(operation, input, () => allPages(transport, operation, input, how)),
  }
}

/** A reader that remembers nothing, for polling and for checks just before a change. */
export function fresh(transport: Transport): Reader {
  return {
    get: <N extends ReadName>(operation: N, input: Input<N>): Promise<Output<N>> => transport(operation, input),
    list: (operation, input, how) => allPages(transport, operation, input, how),
  }
}

async function allPages<N extends ListName>(
  transport: Transport,
  operation: N,
  input: Input<N>,
  how?: Asking,
): Promise<Item<N>[]> {
  const { page: most, paging }: Definition = operations[operation]
  const [size, next] = paging ? members[paging] : usual
  const rows = new Map<string, Item<N>>()
  const seen = new Set<string>()
  let token: string | undefined
  do {
    const request = {
      ...(input as object),
      ...(most ? { [size]: most } : {}),
      ...(token ? { [next]: token } : {}),
    }
    const answer = (await transport(operation, request as Input<N>, how)) as Output<N> & Paged
    const page = rowsOf(operation, answer, input) as Item<N>[]
    token = answer[next] || undefined
    if (answer.IsTruncated && !token) throw incomplete(operation)
    if (!token && seen.size === 0) return page
    // While pages shift, a row may come twice.
    for (const row of page) rows.set(canonical(row as Json), row)
    if (token && (seen.has(token) || seen.size >= mostPages)) throw endless(operation)
    if (token) seen.add(token)
  } while (token)
  return [...rows.values()]
}

// A server that hands out the same page for ever must not become a plan made of half a list.
function endless(operation: OperationName): Refusal {
  return new Refusal(
    error('aws-error', `${actionOf(operation)} returned an endless list of pages`, {
      hint: 'nothing was changed; run this again, and if it persists check AWS_ENDPOINT_URL',
    }),
  )
}
