import { pipeline, Readable, Transform } from 'node:stream'
import type { STSClient } from '@aws-sdk/client-sts'

/** Bytes after which an answer is none: AWS answers in pages, of which none comes near to one megabyte. */
const longest = 32 * 2 ** 20

/** What sends the requests of a client, each attempt by itself. */
type Handler = STSClient['config']['requestHandler']

/**
 * Has a client give up on an answer that began and does not end, in `milliseconds` or at all: the SDK's own limit is for the first byte,
 * and whoever then sends one byte a second is waited for without end. Gives the client.
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
    if (response.body instanceof Readable) response.body = limited(response.body, milliseconds)
    return answer
  }
  return client
}

/** The same bytes; fails where there are too many of them, or where they take too long. */
function limited(body: Readable, milliseconds: number): Readable {
  let bytes = 0
  const passed = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      done(bytes > longest ? tooLong() : null, chunk)
    },
  })
  const timer = setTimeout(() => passed.destroy(tooLate(milliseconds)), milliseconds).unref()
  pipeline(body, passed, () => clearTimeout(timer))
  return passed
}

function tooLong(): Error {
  return Object.assign(new Error(`the response is larger than ${longest / 2 ** 20} MB`), { name: 'AnswerTooLong' })
}

// Retried, and told, as one that does not begin.
function tooLate(milliseconds: number): Error {
  const message = `the response did not finish within the requestTimeout of ${milliseconds} ms`
  return Object.assign(new Error(message), { name: 'TimeoutError', code: 'ETIMEDOUT' })
}
