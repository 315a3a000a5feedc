import { logOrder, steering } from '../model/steering.ts'

// What is written between the strings of a document are line ends and blanks; `#` begins an order to a log, and is in strings alone.
const RISKY = new RegExp(`(?![\\t\\r\\n])[${steering}]|${logOrder}`, 'giu')

/**
 * A value as JSON text that steers no terminal and no log, whatever its strings hold, and parses to the same value: characters that
 * steer are written as `\uXXXX`. Pure.
 */
export function jsonText(value: unknown, indent?: number): string {
  return inertJson(JSON.stringify(value, null, indent))
}

/** The same for what is JSON text already. Pure. */
export function inertJson(json: string): string {
  return json.replace(RISKY, (sign) =>
    Array.from({ length: sign.length }, (_, at) => unit(sign.charCodeAt(at))).join(''),
  )
}

function unit(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`
}

/** Entries of a list that are written together. */
const together = 500

/**
 * The text of a document with two blanks a level, in pieces: a long list comes some entries at a time, so that the text of a large
 * organization is never in memory as a whole. Pure.
 */
export function* jsonPieces(document: Readonly<Record<string, unknown>>): Generator<string> {
  const members = Object.entries(document).filter(([, value]) => value !== undefined)
  if (members.length === 0) return yield '{}'
  for (const [index, [key, value]] of members.entries()) {
    yield `${index === 0 ? '{' : ','}\n  ${jsonText(key)}: `
    if (Array.isArray(value) && value.length > 0) yield* listPieces(value)
    else yield deeper(jsonText(value, 2), 1)
  }
  yield '\n}'
}

function* listPieces(list: readonly unknown[]): Generator<string> {
  for (let from = 0; from < list.length; from += together) {
    const entries = list.slice(from, from + together).map((one) => `\n    ${deeper(jsonText(one, 2), 2)}`)
    yield `${from === 0 ? '[' : ','}${entries.join(',')}`
  }
  yield '\n  ]'
}

// No string holds a line break as it is.
function deeper(text: string, levels: number): string {
  return text.replaceAll('\n', `\n${'  '.repeat(levels)}`)
}
