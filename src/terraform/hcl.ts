import { steering } from '../model/steering.ts'

/** An expression that is written as it stands, such as a reference to another resource. */
export class Expression {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** A value of an argument. */
export type Value = string | number | boolean | null | Expression | readonly Value[] | { readonly [key: string]: Value }

/** Arguments of a block by name; what is undefined is left out. */
export type Arguments = Readonly<Record<string, Value | undefined>>

/** A block: its type, its labels, comments above it, arguments, and blocks inside. */
export interface Block {
  readonly type: string
  readonly labels?: readonly string[]
  /** Lines above it, each a comment of its own. */
  readonly comments?: readonly string[]
  readonly arguments?: Arguments
  readonly blocks?: readonly Block[]
}

/** A reference or a call, as it stands. */
export function expression(text: string): Expression {
  return new Expression(text)
}

/** The value as JSON text, which Terraform makes itself: `jsonencode({ … })`. */
export function jsonEncoded(value: Value): Expression {
  return expression(`jsonencode(${valueLines(value).join('\n')})`)
}

/** Blocks as the text of a file, laid out as `terraform fmt` lays them out. Pure. */
export function hclText(blocks: readonly Block[]): string {
  return `${blocks.map((block) => blockLines(block).join('\n')).join('\n\n')}\n`
}

/** Lines of comments; a line without text stays empty behind its sign. */
export function commentLines(comments: readonly string[]): readonly string[] {
  return comments.map((text) => (text === '' ? '#' : `# ${text}`))
}

function blockLines({ type, labels = [], comments = [], arguments: given = {}, blocks = [] }: Block): string[] {
  const rows = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
  const parts = [...(rows.length > 0 ? [aligned(rows)] : []), ...blocks.map(blockLines)]
  const head = [type, ...labels.map(quotedText)].join(' ')
  const inside = parts.flatMap((lines, index) => [...(index > 0 ? [''] : []), ...lines.map(indented)])
  return [...commentLines(comments), ...(inside.length > 0 ? [`${head} {`, ...inside, '}'] : [`${head} {}`])]
}

/**
 * Arguments or keys with their values. Of lines that follow each other, those that hold a whole value have their equals signs below each
 * other. Source: Terraform documentation, "Style Guide"; `terraform fmt` decides.
 */
function aligned(rows: readonly (readonly [string, Value])[]): string[] {
  const written = rows.map(([name, value]) => ({ name, lines: valueLines(value), width: widthOf(name) }))
  return written.flatMap(({ name, lines, width }, index) => {
    const [first = '', ...rest] = lines
    const column = rest.length > 0 ? width : Math.max(...chainAround(written, index).map((one) => one.width))
    return [`${name}${' '.repeat(column - width)} = ${first}`, ...rest]
  })
}

function chainAround<T extends { readonly lines: readonly string[] }>(all: readonly T[], index: number): readonly T[] {
  const isWhole = (one: T | undefined) => one !== undefined && one.lines.length === 1
  let [from, to] = [index, index + 1]
  while (isWhole(all[from - 1])) from--
  while (isWhole(all[to])) to++
  return all.slice(from, to)
}

/** Lists of texts no wider than this stay on one line. */
const shortList = 80

function valueLines(value: Value): string[] {
  if (typeof value === 'string') return [quotedText(value)]
  if (value === null || typeof value !== 'object') return [String(value)]
  if (isList(value)) return listLines(value)
  if (value instanceof Expression) return value.text.split('\n')
  const rows = Object.entries(value).map(([key, one]) => [keyText(key), one] as const)
  return rows.length === 0 ? ['{}'] : ['{', ...aligned(rows).map(indented), '}']
}

function listLines(list: readonly Value[]): string[] {
  const items = list.map(valueLines)
  const line = `[${items.map(([first]) => first).join(', ')}]`
  if (items.every(({ length }) => length === 1) && line.length <= shortList) return [line]
  return ['[', ...items.flatMap((lines) => withComma(lines).map(indented)), ']']
}

function withComma(lines: readonly string[]): string[] {
  return lines.map((line, index) => (index === lines.length - 1 ? `${line},` : line))
}

function isList(value: object): value is readonly Value[] {
  return Array.isArray(value)
}

/** Words that mean something else to Terraform at the beginning of an object. */
const words = new Set(['for', 'if', 'in', 'null', 'true', 'false'])

function keyText(key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && !words.has(key) ? key : quotedText(key)
}

const UNSEEN = new RegExp(`["\\\\]|[$%](?=\\{)|#(?=\\p{DI}*#)|[${steering}]`, 'gu')

/** A text in quotes, with what means something to Terraform, and what cannot be seen, written out. Source: Terraform, "Strings and Templates". */
export function quotedText(text: string): string {
  return `"${text.replace(UNSEEN, escaped)}"`
}

const named: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escaped(sign: string): string {
  if (sign === '$' || sign === '%') return sign + sign
  const code = (sign.codePointAt(0) ?? 0).toString(16)
  return named[sign] ?? (code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`)
}

function indented(line: string): string {
  return line === '' ? '' : `  ${line}`
}

function widthOf(name: string): number {
  return /^[ -~]*$/.test(name) ? name.length : [...new Intl.Segmenter().segment(name)].length
}
