import { logOrder, steering } from '../model/steering.ts'

const STEERING = new RegExp(`[${steering}]`, 'gu')
const BUT_TABS = new RegExp(`(?!\\t)[${steering}]`, 'gu')
const BUT_OURS = new RegExp(`(\\r?\\n|\\t|\\u001b\\[[\\d;]*m)|[${steering}]`, 'gu')

/**
 * What a log of a pipeline takes for an order. GitHub's runner does so where a line begins with `::` after white space, and where `##[`
 * stands anywhere in it, and compares as if characters without width were not there (actions/runner, ActionCommand.cs, TryParseV2 and
 * TryParse). Azure Pipelines and TeamCity read `##vso[` and `##teamcity[`.
 */
const ORDER = new RegExp(String.raw`^((?:[^\S\r\n]|(?!\s)\p{DI})*):(?=\p{DI}*:)|${logOrder}`, 'gimu')

/**
 * A text of somebody else in one line that can be read and does nothing: `\u{202e}` stands for a character that steers what shows it,
 * and for the first sign of what a log would take for an order. Letters of every script and emoji stay as they are; only the joiner
 * inside some emoji is written out. Shown twice is shown once, so a name that was typed as `\u{202e}` looks like the one that holds the
 * character; addresses (`%E2%80%AE`) and JSON tell the two apart. Pure.
 */
export function shown(text: string): string {
  return harmless(text.replace(STEERING, escaped))
}

/** A line of a file or a document, as `shown`, but with its tabs. Pure. */
export function shownLine(line: string): string {
  return harmless(line.replace(BUT_TABS, escaped))
}

/**
 * Data of a report with every text in them as `shown`, however deep it lies, so that lines and columns can be made of them. What is
 * neither text, list, object nor map stays as it is. Pure.
 */
export function shownIn<T>(data: T): T {
  return inside(data) as T
}

function inside(data: unknown): unknown {
  if (typeof data === 'string') return shown(data)
  if (Array.isArray(data)) return data.map(inside)
  if (data instanceof Map) return new Map([...data].map(([key, value]) => [inside(key), inside(value)]))
  if (typeof data !== 'object' || data === null || Object.getPrototypeOf(data) !== Object.prototype) return data
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [shown(key), inside(value)]))
}

/**
 * A finished text as it may go to a terminal or a log: line ends, tabs and colours are taken for our own, everything else that steers is
 * written out. The last line of defence behind `shown`, which alone can tell a line end of ours from one of a name. Pure.
 */
export function printable(text: string): string {
  return harmless(text.replace(BUT_OURS, (sign: string, ours?: string) => ours ?? escaped(sign)))
}

/** One character written out. */
function escaped(sign: string): string {
  return `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`
}

function harmless(text: string): string {
  return text.replace(
    ORDER,
    (sign: string, before?: string) => `${before ?? ''}\\u{${sign.endsWith(':') ? '3a' : '23'}}`,
  )
}
