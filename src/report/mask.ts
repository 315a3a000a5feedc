import { secretShapes, secretWord } from '../model/secret.ts'

/** Stands for what is not shown. */
export const hidden = '********'

/** A word and what parts it from what follows on the line. */
const WORD = /(?<![\w.-])([\w.-]+)(?:\s*[=:]\s*|\s+)(?=\S)/g

/** A word that says what follows it is secret: `aws_session_token = …`, `--password …`. */
const SECRET = new RegExp(`${secretWord}|pwd`, 'i')

/** Texts that are or may be a secret, whatever they are called. */
const SHAPES: readonly RegExp[] = [
  ...secretShapes.map(({ source, flags }) => new RegExp(source, `g${flags}`)),
  /\b[0-9a-f]{32,}\b/gi,
  /(?<![\w+/=-])(?=[\w+/=-]*[A-Z])(?=[\w+/=-]*[a-z])(?=[\w+/=-]*\d)[\w+/=-]{20,}/g,
]

/**
 * A line of somebody's file with what may be secret hidden: values by the name before them, user names and passwords in
 * URLs, keys and tokens by their look. It hides too much rather than too little. Pure.
 */
export function masked(line: string): string {
  const named = withoutNamed(line).replace(/(:\/\/)[^/\s@]+@/g, `$1${hidden}@`)
  return SHAPES.reduce((text, shape) => text.replace(shape, hidden), named)
}

function withoutNamed(line: string): string {
  for (const { 0: whole, 1: word = '', index } of line.matchAll(WORD)) {
    if (SECRET.test(word)) return `${line.slice(0, index + whole.length)}${hidden}`
  }
  return line
}
