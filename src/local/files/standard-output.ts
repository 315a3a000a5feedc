import { once } from '../../model/once.ts'
import { mayBeTerminal, takesAtOnce, wayIntoPipe, writeSome, writeWhole } from './output.ts'

/** Takes a text, and says when it has been taken or why it was not. May throw instead. */
export type Taking = (text: string, done: (cause?: Error | null) => void) => unknown

/** Where results or progress go. */
export interface Output {
  readonly isTTY: boolean
  readonly columns: number | undefined
  /** Node's own stream, for whoever draws on the terminal. To make it takes as long as to check a manifest. */
  readonly stream: () => NodeJS.WriteStream
  readonly take: Taking
}

/** One of the two outputs, by its number; Node's own stream is made when it is needed. */
export function output(fd: number, standard: () => NodeJS.WriteStream): Output {
  const stream = once(() => quiet(standard()))
  const isTTY = mayBeTerminal(fd) && Boolean(stream().isTTY)
  const atOnce: Taking = (text, done) => {
    writeWhole(fd, text)
    done()
  }
  const take = takesAtOnce(fd, isTTY) ? atOnce : intoPipe(isTTY ? undefined : wayIntoPipe(fd), stream)
  return { isTTY, columns: isTTY ? stream().columns : undefined, stream, take }
}

/** Node's own stream takes what a pipe does not take at once, and from then on everything, so that the order stays. */
function intoPipe(first: number | undefined, stream: () => NodeJS.WriteStream): Taking {
  let way = first
  return (text, done) => {
    const bytes = Buffer.from(text, 'utf8')
    const rest = way === undefined ? bytes : writeSome(way, bytes)
    if (rest.length === 0) return done()
    way = undefined
    return stream().write(rest, done)
  }
}

function quiet(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  // Whoever draws on the terminal writes past the outlet, and a terminal that closes fails at both; a listener is all it takes.
  stream.on('error', () => undefined)
  // Some pseudo-terminals say that they have 0 lines of 0 columns: a spinner would clear lines without end, and a question show nothing. No size is known then.
  if (stream.columns === 0) Object.assign(stream, { columns: undefined })
  if (stream.rows === 0) Object.assign(stream, { rows: undefined })
  return stream
}
