import wrapAnsi from 'wrap-ansi'

/** Lines of a text no wider than the terminal, indented. */
export function wrapped(text: string, width: number, indent = 6): string[] {
  const lines = wrapAnsi(text, Math.max(30, width - indent)).split('\n')
  return lines.map((line) => ' '.repeat(indent) + line)
}

/** How lines of reports begin that say how things stand. */
const HEAD =
  /^(?:No changes|Plan:|Access:|Apply exactly|Applied:|Stopped:|Refused|Next:|error\b|warning\b|hint:|[-+~!] |\[\d)/

/**
 * The same for a text that holds names. A name may hold spaces, and where the line is broken at one of them, what follows must not pass
 * for a line of the report: it stands two columns further in.
 */
export function hanging(text: string, width: number, indent = 0): string[] {
  return wrapped(text, width, indent).map((line, index) =>
    index > 0 && HEAD.test(line.trimStart()) ? `  ${line}` : line,
  )
}
