import wrapAnsi from 'wrap-ansi'

/** Lines of a text no wider than the terminal, indented. */
export function wrapped(text: string, width: number, indent = 6): string[] {
  const lines = wrapAnsi(text, Math.max(30, width - indent)).split('\n')
  return lines.map((line) => ' '.repeat(indent) + line)
}

/**
 * The same for a text that holds names: the lines after the first stand two columns further in, so that no word of a name, which may
 * hold spaces, begins a line as the report's own lines begin.
 */
export function hanging(text: string, width: number, indent = 0): string[] {
  const [first = '', ...more] = wrapAnsi(text, Math.max(30, width - indent - 2)).split('\n')
  return [' '.repeat(indent) + first, ...more.map((line) => ' '.repeat(indent + 2) + line)]
}
