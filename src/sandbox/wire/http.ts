import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json, type Request, type Response } from './exchange.ts'

/** What becomes of a request: an answer, or a cut connection. */
export type ResponseOrCut = Response | 'cut'

const localNames = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i
const maxBody = 64_000_000

/** Listens on the loopback address only and hands each request to `handle`. Resolves when the port is open. */
export function listen(port: number, handle: (request: Request) => Promise<ResponseOrCut>): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing, handle).catch(() => outgoing.destroy())
  })
  // Idle connections of a client must not be cut while it picks them for its next request.
  server.keepAliveTimeout = 60_000
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}

/** The address to reach a listening server at. */
export function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Stops listening and ends every connection. */
export function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  handle: (request: Request) => Promise<ResponseOrCut>,
): Promise<void> {
  // A web page that rebinds its own name to 127.0.0.1 sends that name here.
  const isLocal = localNames.test(incoming.headers.host ?? '') && isSameOrigin(incoming)
  const outcome = isLocal ? await handle(await read(incoming)) : refusal
  if (outcome === 'cut') {
    incoming.socket.destroy()
    return
  }
  const fixed = { server: 'sso-reconcile sandbox, not AWS', 'content-length': String(Buffer.byteLength(outcome.body)) }
  outgoing.writeHead(outcome.status, { ...fixed, ...outcome.headers })
  outgoing.end(outcome.body)
}

/** Browsers name the page a form or script comes from; pages of others have no business here. */
function isSameOrigin({ headers }: IncomingMessage): boolean {
  return headers.origin === undefined || headers.origin === `http://${headers.host}`
}

const refusal = json(421, { message: 'This is a sandbox, not AWS; it only accepts 127.0.0.1 and localhost.' })

async function read(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming) {
    size += chunk.length
    if (size > maxBody) throw new Error('The request body is too large.')
    chunks.push(chunk)
  }
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1')
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  }
}
