import { Agent, createServer, type IncomingMessage, type Server, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request on its way: its AWS operation, and the text it carries. */
export interface Call {
  readonly operation: string
  readonly body: string
}

/** An answer on its way back. */
export interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** Decides what becomes of a call: hands it on, answers it, or ends the connection without an answer (undefined). */
export type Pass = (call: Call, forward: () => Promise<Answer>) => Promise<Answer | undefined>

/** Stands between the binary and its Identity Center, and remembers every call. */
export interface Relay {
  readonly url: string
  /** Operations in the order in which they came. */
  readonly calls: readonly string[]
  /** What becomes of calls from now on; undefined hands everything on. */
  pass: Pass | undefined
  forget(): void
  /** Resolves when no call is under way. */
  idle(): Promise<void>
  close(): Promise<void>
}

/** An answer in the JSON protocol of AWS. */
export function json(value: object, status = 200): Answer {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(value) }
}

/** True for operations that change something. */
export function isWrite(operation: string): boolean {
  return !/^(List|Describe|Get|Is|Validate)/.test(operation)
}

/** Starts a relay to `target` on a free port. */
export async function startRelay(target: string): Promise<Relay> {
  const agent = new Agent({ keepAlive: true })
  const calls: string[] = []
  const underWay = new Set<Promise<void>>()
  const serve = async (incoming: IncomingMessage): Promise<Answer | undefined> => {
    const body = await textOf(incoming)
    const call = { operation: operationOf(incoming, body), body }
    calls.push(call.operation)
    const forward = () => forwardTo(target, incoming, body, agent)
    return relay.pass ? relay.pass(call, forward) : forward()
  }
  const server = createServer((incoming, outgoing) => {
    const task = serve(incoming)
      .then((answer) => {
        if (!answer) return void incoming.socket.destroy()
        outgoing.writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(answer.body) })
        outgoing.end(answer.body)
      })
      .catch(() => void incoming.socket.destroy())
      .finally(() => underWay.delete(task))
    underWay.add(task)
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const relay: Relay = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    pass: undefined,
    forget: () => void calls.splice(0),
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay)
    },
    close: () => shut(server, agent),
  }
  return relay
}

/** The AWS operation of a request: a header in the JSON protocol, a form field in the query protocol. */
function operationOf({ headers, url }: IncomingMessage, body: string): string {
  if (url?.startsWith('/policy/validation')) return 'ValidatePolicy'
  if (url?.startsWith('/applications'))
    return url.startsWith('/applications-list') ? 'ListApplications' : 'GetApplication'
  if (url?.startsWith('/entitlements-list')) return 'ListEntitlements'
  const target = headers['x-amz-target']
  if (typeof target === 'string') return target.slice(target.lastIndexOf('.') + 1)
  return new URLSearchParams(body).get('Action') ?? ''
}

async function textOf(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

function forwardTo(target: string, { method, url, headers }: IncomingMessage, body: string, agent: Agent) {
  return new Promise<Answer>((resolve, reject) => {
    const onward = send(new URL(url ?? '/', target), { ...(method ? { method } : {}), headers, agent }, (answer) => {
      const { statusCode: status = 502, headers: given } = answer
      const { 'transfer-encoding': _chunked, connection: _connection, ...rest } = given
      textOf(answer).then((text) => resolve({ status, headers: rest, body: text }), reject)
    })
    onward.once('error', reject)
    onward.end(body)
  })
}

function shut(server: Server, agent: Agent): Promise<void> {
  agent.destroy()
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
