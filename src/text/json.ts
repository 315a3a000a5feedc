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
