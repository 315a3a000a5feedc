import wrapAnsi from 'wrap-ansi'

/** A word or more that is as wide as it is long. Most lines of a long plan are: measuring each of its characters takes seconds. */
const isPlain = /^[!-~]+(?: [!-~]+)*$/

/** Lines of a text no wider than the terminal, indented. */
export function wrapped(text: string, width: number, indent = 6): string[] {
  const room = Math.max(30, width - indent)
  const lines = text.length <= room && isPlain.test(text) ? [text] : wrapAnsi(text, room).split('\n')
  return lines.map((line) => ' '.repeat(indent) + line)
}
