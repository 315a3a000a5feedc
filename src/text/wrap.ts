import wrapAnsi from 'wrap-ansi'
import { textWidth } from './width.ts'

/** A word or more that is as wide as it is long. Most lines of a long plan are: measuring each of its characters takes seconds. */
const isPlain = /^[!-~]+(?: [!-~]+)*$/

/** Lines of a text no wider than the terminal, indented. */
export function wrapped(text: string, width: number, indent = 6): string[] {
  return lines(text, width - indent).map((line) => ' '.repeat(indent) + line)
}

/** How lines of reports begin that say how things stand. */
const HEAD =
  /^(?:No changes|Plan:|Access:|Apply exactly|Keep what is live:|To keep |Applied:|Stopped:|Refused|Next:|error\b|warning\b|hint:|[-+~!] |\[\d)/

/**
 * The same for a text that holds names. A name may hold spaces, and where the line is broken at one of them, what follows must not pass
 * for a line of the report: it stands further in than those do.
 */
export function hanging(text: string, width: number, indent = 0): string[] {
  return wrapped(text, width, indent).map((line, index) => (index > 0 ? inoffensive(line, indent) : line))
}

// Lines of reports begin in the first column or in the third.
function inoffensive(line: string, indent: number): string {
  return HEAD.test(line.trimStart()) ? `${' '.repeat(Math.max(2, 4 - indent))}${line}` : line
}

/**
 * An item of a list: what does not fit into its first line stands further in than any other item. So does the first line where it begins
 * with a name that could pass for a line of the report.
 */
export function listItem(text: string, width: number, indent: number): string[] {
  const [first = '', ...more] = wrapped(text, width - 2, indent)
  return [inoffensive(first, indent), ...more.map((line) => `  ${line}`)]
}

/** The same for a text after a label such as `Next:`, with every line below the first one under the text. */
export function labelled(label: string, text: string, width: number): string[] {
  const [first = '', ...more] = hanging(text, width, label.length + 1)
  return [`${label} ${first.trimStart()}`, ...more]
}

function lines(text: string, width: number): string[] {
  const room = Math.max(30, width)
  if (text.length <= room && isPlain.test(text)) return [text]
  const glue = glueFor(text)
  const whole = text.replace(COMMAND, (command) => (command.length <= room ? command.replaceAll(' ', glue) : command))
  return wrapAnsi(whole, room).replaceAll(glue, ' ').split('\n')
}

/**
 * What a person copies, so that it must not be broken where it fits into a line: a program with two words and then options with a value each,
 * variables before it, another command behind `--`; what a shell is to be told; and a mapping in braces. A word of the sentence may come along.
 */
const COMMAND =
  /\[ -n "[^"\s]*" \] \|\| export \S+|unset(?: [A-Z][A-Z0-9_]+)+|(?:[a-z_]+: )?\{ [^{}]*(?:\{[^{}]*\}[^{}]*)* ?\}|(?:[A-Z_]{1,40}=\S{1,80} )?\b(?:sso-reconcile|aws|sudo|curl|npm)(?: [a-z][\w./@:-]*){1,2}(?: --?[a-z][\w-]*(?:[ =](?!-)[^\s,;)]+)?)*(?: -- \S+(?: [^\s,;)]+){0,2})?/g

// A character that the text does not hold, which is as wide as a blank and no place to break a line.
function glueFor(text: string): string {
  let code = 0xe000
  while (text.includes(String.fromCharCode(code))) code += 1
  return String.fromCharCode(code)
}

/** A text with blanks up to a number of columns; full-width characters take two. */
export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - textWidth(text)))
}
