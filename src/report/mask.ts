/** Stands for what is not shown. */
export const hidden = '********'

/** A name that says its value is secret, and what follows it on the line: `aws_session_token = …`, `--password …`. */
const NAMED =
  /((?:secret|token|passw(?:or)?d|passphrase|pwd|credential|private[_-]?key|api[_-]?key|access[_-]?key)[\w.-]*(?:\s*[=:]\s*|\s+))(?=\S).*/i

/** Texts that can be nothing but a secret, whatever they are called. */
const SHAPES: readonly RegExp[] = [
  /\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g,
  /\b[0-9a-f]{32,}\b/gi,
  /(?<![\w+/=-])(?=[\w+/=-]*[A-Z])(?=[\w+/=-]*[a-z])(?=[\w+/=-]*\d)[\w+/=-]{20,}/g,
]

/**
 * A line of somebody's file with what may be secret hidden: values by the name before them, user names and passwords in
 * URLs, keys and tokens by their look. It hides too much rather than too little. Pure.
 */
export function masked(line: string): string {
  const named = line.replace(NAMED, `$1${hidden}`).replace(/(:\/\/)[^/\s@]+@/g, `$1${hidden}@`)
  return SHAPES.reduce((text, shape) => text.replace(shape, hidden), named)
}
