import { Agent, type AgentOptions, type RequestOptions } from 'node:https'
import { isIP } from 'node:net'
import type { TLSSocket } from 'node:tls'

type Connect = Agent['createConnection']

/** As many at a time, and kept as long, as the SDK does by itself. */
const usual: AgentOptions = { keepAlive: true, maxSockets: 50 }

/**
 * Connections to AWS, of which one to each host may be opened before there is anything to send: agreeing on keys takes two or three round
 * trips, in which credentials are looked up. Nothing is sent on it until a request takes it.
 */
export class EarlyAgent extends Agent {
  private readonly opened = new Map<string, TLSSocket>()
  private isAsked = false

  constructor() {
    super(usual)
  }

  /** Opens a connection to each host, the first time that it is called: later there is nothing left to wait for. */
  async openEarly(addresses: () => Promise<readonly URL[]>): Promise<void> {
    if (this.isAsked) return
    this.isAsked = true
    for (const url of await addresses()) if (url.protocol === 'https:') this.open(url)
  }

  /** The connection that is open already, for the first request that needs one to its host. */
  override createConnection(...[options, callback]: Parameters<Connect>): ReturnType<Connect> {
    const key = keyOf(options)
    const socket = this.opened.get(key)
    this.opened.delete(key)
    if (!socket || socket.destroyed || socket.readyState === 'closed') return super.createConnection(options, callback)
    return socket.ref()
  }

  // Where none comes about, the request that would have taken it opens its own and says why.
  private open({ hostname, port }: URL): void {
    const host = hostname.replace(/^\[|\]$/g, '')
    // A number is no name that a server could go by.
    const options = { ...this.options, host, port: Number(port) || 443, servername: isIP(host) ? '' : host }
    const key = keyOf(options)
    if (this.opened.has(key)) return
    const socket = super.createConnection(options) as TLSSocket | undefined
    // Whoever has nothing to send does not wait for it.
    if (socket) this.opened.set(key, socket.on('error', () => socket.destroy()).unref())
  }
}

function keyOf({ host, port }: Pick<RequestOptions, 'host' | 'port'>): string {
  return `${host}:${port}`
}
