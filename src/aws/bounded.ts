import { Readable } from 'node:stream'
import type { STSClient } from '@aws-sdk/client-sts'

/** Bytes after which an answer is none: AWS answers in pages, of which none comes near to one megabyte. */
const longest = 32 * 2 ** 20

/** What sends the requests of a client, each attempt by itself. */
type Handler = STSClient['config']['requestHandler']

/**
 * Has a client give up on an answer that began and does not end, in `milliseconds` or at all: the SDK's own limit is for the first byte,
 * and whoever then sends one byte a second is waited for without end. Gives the client, which takes its answers whole.
 */
export function bounded<C extends { readonly config: { readonly requestHandler: Handler } }>(
  client: C,
  milliseconds: number,
): C {
  const { requestHandler } = client.config
  const handle: Handler['handle'] = requestHandler.handle.bind(requestHandler)
  requestHandler.handle = async (request, options) => {
    const answer = await handle(request, options)
    const { response } = answer
    if (response.body instanceof Readable) response.body = await collected(response.body, milliseconds)
    return answer
  }
  return client
}

// A stream behind another costs more than everything else that is done with a short answer.
function collected(body: Readable, milliseconds: number): Promise<Uint8Array> {
  const pieces: Buffer[] = []
  let bytes = 0
  const timer = setTimeout(() => body.destroy(tooLate(milliseconds)), milliseconds).unref()
  const whole = new Promise<Uint8Array>((resolve, reject) => {
    body.on('data', (piece: Buffer) => {
      bytes += piece.length
      pieces.push(piece)
      if (bytes > longest) body.destroy(tooLong())
    })
    body.once('end', () => resolve(Buffer.concat(pieces, bytes)))
    body.once('error', reject)
    body.once('close', () => {
      if (!body.readableEnded) reject(cutOff())
    })
  })
  return whole.finally(() => clearTimeout(timer))
}

// Retried, and told, as a connection that ends.
function cutOff(): Error {
  return Object.assign(new Error('the connection ended within the response'), { code: 'ECONNRESET' })
}

function tooLong(): Error {
  return Object.assign(new Error(`the response is larger than ${longest / 2 ** 20} MB`), { name: 'AnswerTooLong' })
}

// Retried, and told, as one that does not begin.
function tooLate(milliseconds: number): Error {
  const message = `the response did not finish within the requestTimeout of ${milliseconds} ms`
  return Object.assign(new Error(message), { name: 'TimeoutError', code: 'ETIMEDOUT' })
}
