import wrapAnsi from 'wrap-ansi'

/** Lines of a text no wider than the terminal, indented. */
export function wrapped(text: string, width: number, indent = 6): string[] {
  const lines = wrapAnsi(text, Math.max(30, width - indent)).split('\n')
  return lines.map((line) => ' '.repeat(indent) + line)
}
