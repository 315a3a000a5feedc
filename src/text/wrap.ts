import wrapAnsi from 'wrap-ansi'

/** A word or more that is as wide as it is long. Most lines of a long plan are: measuring each of its characters takes seconds. */
const isPlain = /^[!-~]+(?: [!-~]+)*$/

/** Lines of a text no wider than the terminal, indented. */
export function wrapped(text: string, width: number, indent = 6): string[] {
  return lines(text, width - indent).map((line) => ' '.repeat(indent) + line)
}

/**
 * The same for a text that holds names: the lines after the first stand two columns further in, so that no word of a name, which may
 * hold spaces, begins a line as the report's own lines begin.
 */
export function hanging(text: string, width: number, indent = 0): string[] {
  const [first = '', ...more] = lines(text, width - indent - 2)
  return [' '.repeat(indent) + first, ...more.map((line) => ' '.repeat(indent + 2) + line)]
}

function lines(text: string, width: number): string[] {
  const room = Math.max(30, width)
  return text.length <= room && isPlain.test(text) ? [text] : wrapAnsi(text, room).split('\n')
}
