import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { atEnd } from '../../support/at-end.ts'

/** The token that the stand-in takes. */
export const token = 'ghs_0123456789abcdefghijABCDEFGHIJ012345'

export const bot = { login: 'github-actions[bot]', type: 'Bot' }
export const person = { login: 'mallory', type: 'User' }

/** A comment, issue or pull request, as far as the action looks at it. */
export interface Entry {
  readonly id: number
  readonly number: number
  body: string
  title?: string
  state?: string
  readonly user: { readonly login: string; readonly type: string }
  readonly pull_request?: object
}

/** What GitHub holds for one repository; tests look into it and change it. */
export interface Held {
  readonly comments: Map<number, Entry[]>
  readonly issues: Entry[]
  /** Pull requests by the commit that they brought. */
  readonly pulls: Map<string, readonly object[]>
  /** Answers every change with this status. */
  refuses?: { readonly status: number; readonly message: string }
  /** Methods and paths, in order. */
  readonly asked: string[]
}

/** A stand-in of the part of GitHub's API that the action uses: pages, marks of authors and the limit of bodies are as there. */
export async function newGitHub(): Promise<{ readonly url: string; readonly held: Held }> {
  const held: Held = { comments: new Map(), issues: [], pulls: new Map(), asked: [] }
  const server = createServer((request, response) => {
    respond(held, request, response).catch((thrown) => send(response, 500, { message: String(thrown) }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  atEnd(() => server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, held }
}

/** A comment that somebody wrote before. */
export function comment(held: Held, number: number, body: string, user = bot): Entry {
  const list = held.comments.get(number) ?? []
  held.comments.set(number, list)
  return add(list, { body, user })
}

let last = 100

function add(list: Entry[], given: Omit<Entry, 'id' | 'number'>): Entry {
  last += 1
  const entry = { id: last, number: last, state: 'open', ...given }
  list.push(entry)
  return entry
}

async function respond(held: Held, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url = '' } = request
  held.asked.push(`${method} ${url}`)
  if (request.headers.authorization !== `Bearer ${token}`) return send(response, 401, { message: 'Bad credentials' })
  const body = await text(request)
  const given = (body ? JSON.parse(body) : {}) as Partial<Entry>
  const path = new URL(url, 'http://x').pathname.replace('/repos/acme/aws', '')
  if (method === 'GET') return page(response, found(held, path), request)
  if (held.refuses) return send(response, held.refuses.status, { message: held.refuses.message })
  if ((given.body ?? '').length > 65_536) return send(response, 422, { message: 'Body is too long' })
  const changed = method === 'POST' ? added(held, path, given) : edited(held, path, given)
  return send(response, changed ? (method === 'POST' ? 201 : 200) : 404, changed ?? { message: 'Not Found' })
}

function found(held: Held, path: string): readonly object[] | undefined {
  const [, sha] = /^\/commits\/(\w+)\/pulls$/.exec(path) ?? []
  if (sha) return held.pulls.get(sha) ?? []
  const [, number] = /^\/issues\/(\d+)\/comments$/.exec(path) ?? []
  if (number) return held.comments.get(Number(number)) ?? []
  return path === '/issues' ? held.issues.filter(({ state }) => state === 'open') : undefined
}

function added(held: Held, path: string, { body = '', title = '' }: Partial<Entry>): Entry | undefined {
  const [, number] = /^\/issues\/(\d+)\/comments$/.exec(path) ?? []
  if (number) return comment(held, Number(number), body)
  return path === '/issues' ? add(held.issues, { body, title, user: bot }) : undefined
}

function edited(held: Held, path: string, given: Partial<Entry>): Entry | undefined {
  const [, id] = /^\/issues\/comments\/(\d+)$/.exec(path) ?? []
  const [, number] = /^\/issues\/(\d+)$/.exec(path) ?? []
  const all = id ? [...held.comments.values()].flat() : held.issues
  const entry = all.find((one) => one.id === Number(id ?? number))
  return entry && Object.assign(entry, given)
}

function page(response: ServerResponse, list: readonly object[] | undefined, { url = '', headers }: IncomingMessage) {
  if (!list) return send(response, 404, { message: 'Not Found' })
  const asked = new URL(url, `http://${headers.host}`)
  const size = Number(asked.searchParams.get('per_page') ?? 30)
  const number = Number(asked.searchParams.get('page') ?? 1)
  if (list.length > size * number) {
    asked.searchParams.set('page', String(number + 1))
    response.setHeader('link', `<${asked}>; rel="next", <${asked}>; rel="last"`)
  }
  send(response, 200, list.slice(size * (number - 1), size * number))
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
