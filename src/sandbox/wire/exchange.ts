import type { IncomingHttpHeaders } from 'node:http'

/** A request as the routes see it: everything read, nothing interpreted. */
export interface Request {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** An answer ready to be sent. */
export interface Response {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** One header, or undefined; of several the first. */
export function header({ headers }: Request, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value[0] : value
}

/** A JSON answer. */
export function json(status: number, value: unknown, type = 'application/json'): Response {
  return { status, headers: { 'content-type': type }, body: JSON.stringify(value) }
}
