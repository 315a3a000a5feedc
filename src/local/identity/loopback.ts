import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A browser that came back from the sign-in page. It waits for its answer. */
export interface Redirected {
  readonly query: URLSearchParams
  /** Shows the person a page. */
  answer(page: string): Promise<void>
}

/** A port of this machine alone that a browser comes back to. */
export interface Loopback {
  /** Where the browser has to come back to. */
  readonly uri: string
  /** The first that comes back as expected. */
  readonly redirected: Promise<Redirected>
  close(): Promise<void>
}

/** Where a browser comes back to, without the port: the one that the AWS CLI registers, since AWS takes any port of it (RFC 8252, 7.3). */
export const redirectUri = 'http://127.0.0.1/oauth/callback'

/**
 * Listens on a free port of 127.0.0.1; the port is open when this resolves, as a browser that is signed in already comes back at once.
 * Whoever comes with another query than is expected, such as a page left open by an earlier login, is shown `stranger`, and waiting goes on.
 */
export async function openLoopback(
  isExpected: (query: URLSearchParams) => boolean,
  stranger: string,
): Promise<Loopback> {
  const { pathname } = new URL(redirectUri)
  const { promise, resolve } = deferred<Redirected>()
  let taken = false
  const server = createServer(({ url = '', method }, response) => {
    // Whoever is on this machine may ask for anything, and for what is no address at all.
    const asked = URL.canParse(url, redirectUri) ? new URL(url, redirectUri) : undefined
    if (asked?.pathname !== pathname || method !== 'GET') return void send(response, 404, stranger)
    const query = asked.searchParams
    if (taken || !isExpected(query)) return void send(response, 400, stranger)
    taken = true
    resolve({ query, answer: (page) => send(response, 200, page) })
  })
  await listening(server)
  const { port } = server.address() as AddressInfo
  return { uri: redirectUri.replace('127.0.0.1', `127.0.0.1:${port}`), redirected: promise, close: () => shut(server) }
}

function send(response: ServerResponse, status: number, page: string): Promise<void> {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    connection: 'close',
  })
  // A browser that is gone has seen enough.
  return new Promise((resolve) => {
    response.once('close', resolve)
    response.end(page)
  })
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve())
  })
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let settle: (value: T) => void = () => undefined
  const promise = new Promise<T>((resolve) => {
    settle = resolve
  })
  return { promise, resolve: (value) => settle(value) }
}
