import { type Document, type Node, visit } from 'yaml'
import { type Diagnostic, error, type Position, Refusal } from '../model/diagnostic.ts'
import { codePoint } from './finding.ts'
import { jsonContents } from './json-contents.ts'
import type { Slip } from './slips/slip.ts'
import { slipsIn } from './slips/slips.ts'
import type { Source } from './source.ts'
import { type Excess, type Parsed, parseWithin, yamlLimits } from './yaml-parse.ts'

/** A YAML text without syntax errors. */
export interface Syntax {
  readonly source: Source
  /** The text that offsets refer to: without byte order mark. */
  readonly text: string
  /** The value at the top; absent where the text has none. */
  readonly contents: Node | undefined
  /** Position of a range of offsets in the text. */
  span(start: number, end: number): Position
}

/** Parses YAML 1.2 (so JSON too). Throws a Refusal with the syntax errors; duplicate keys are left to the reader. */
export function parseYaml(source: Source): Syntax {
  const text = source.text.startsWith('\uFEFF') ? source.text.slice(1) : source.text
  const starts = lineStarts(text)
  refuseControlCharacters(source.file, text)
  const span = (start: number, end: number) => spanOf(source.file, starts, start, Math.min(end, text.length))
  return { source, text, contents: jsonContents(text) ?? contentsOf(text, span), span }
}

/** Throws a Refusal with the syntax errors. */
function contentsOf(text: string, span: Span): Node | undefined {
  const parsed = parse(text, span)
  const { document } = parsed
  const quotes = document ? quotesOf(document) : () => []
  const slips = parsed.errors.length > 0 ? slipsIn(text, parsed.errors) : []
  const errors =
    slips.length > 0
      ? slips.map((one) => told(one, span))
      : parsed.errors.map((one) => explain(one, quotes, text, span))
  const directive = document && oldVersion(document, text, span)
  const first = firstOfEachLine(directive === undefined ? errors : [directive, ...errors])
  if (first.length > 0 || document === undefined) throw new Refusal(first)
  return document.contents ?? undefined
}

/** YAML forbids them; the parser does not notice, and uses some as marks of its own. */
function refuseControlCharacters(file: string, text: string): void {
  const offset = text.search(/(?![\t\n\r\u0085])\p{Cc}/u)
  if (offset < 0) return
  const before = text.slice(0, offset).split('\n')
  const code = codePoint(text.charAt(offset))
  const column = (before.at(-1)?.length ?? 0) + 1
  const at = { file, line: before.length, column, endColumn: column + 1 }
  const hint = 'remove it, or write it as an escape in double quotes'
  throw new Refusal(error('yaml-syntax', `the file contains the control character ${code}`, { hint, at }))
}

function parse(text: string, span: Span): Parsed {
  const parsed = parseWithin(text)
  if (!('what' in parsed)) return parsed
  const [message, hint] = excess(parsed.what)
  throw new Refusal(
    error(`too-${parsed.what === 'depth' ? 'deep' : 'long'}`, message, {
      hint,
      at: span(parsed.offset, parsed.offset),
    }),
  )
}

function excess(what: Excess['what']): readonly [message: string, hint: string] {
  if (what === 'depth') return [`values are nested more than ${yamlLimits.depth} levels deep`, 'nest less deeply']
  const most = yamlLimits.words.toLocaleString('en')
  return [`the file has more than ${most} words and marks`, 'split it into several manifests']
}

/** The YAML library's own counter loses lines behind some syntax errors. */
function lineStarts(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
}

function spanOf(file: string, starts: readonly number[], from: number, end: number): Position {
  const line = lineAt(starts, from)
  const start = starts[line] ?? 0
  const at = { file, line: line + 1, column: from - start + 1 }
  return end > from && lineAt(starts, end) === line ? { ...at, endColumn: end - start + 1 } : at
}

/** Index of the last line that starts at or before an offset, by bisection. */
function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}

type Span = Syntax['span']

/** The part of a table row that depends on the error's code; `message` undefined keeps the parser's own sentence. */
const sentences: Readonly<Record<string, { message?: string; hint: string }>> = {
  TAB_AS_INDENT: { message: 'a tab is used for indentation', hint: 'indent with spaces' },
  BAD_INDENT: { hint: 'align the entries of one level, and close every [ and {' },
  MULTIPLE_DOCS: { message: 'a second document starts here', hint: 'keep one document in the file' },
  TAG_RESOLVE_FAILED: {
    message: 'tags are not allowed here',
    hint: 'remove the tag; quote the value if it starts with !',
  },
  BAD_ALIAS: { hint: 'quote a value that starts with * or &' },
  BAD_SCALAR_START: { hint: 'quote the value' },
  BLOCK_AS_IMPLICIT_KEY: { hint: 'quote a value that contains ": ", or start a nested entry on a line of its own' },
  MULTILINE_IMPLICIT_KEY: { hint: 'a ":" may be missing after a key' },
  BAD_DQ_ESCAPE: { hint: 'write \\\\ for a backslash, or use single quotes' },
  BAD_DIRECTIVE: { message: 'unknown directive', hint: 'remove the line that starts with %' },
}

function told({ message, hint, start, end }: Slip, span: Span): Diagnostic {
  return error('yaml-syntax', message, { hint, at: span(start, end) })
}

type Quotes = () => readonly (readonly [start: number, end: number])[]

function explain(one: Parsed['errors'][number], quotes: Quotes, text: string, span: Span): Diagnostic {
  const row = sentences[one.code]
  const [start, end] = one.code === 'MISSING_CHAR' ? openQuote(quotes(), one.pos) : one.pos
  const message = row?.message ?? `the file is not valid YAML: ${lowerFirst(one.message)}`
  // Inside [ ] and { } a plain value ends at a bracket, so an unquoted variable is the likely cause.
  const hint = isVariable(text, start)
    ? 'put a variable in quotes inside [ ] and { }'
    : (row?.hint ?? 'check the punctuation around here')
  return error('yaml-syntax', message, { hint, at: span(start, Math.max(end, start)) })
}

/** A line that is longer than anybody writes is not searched. */
function isVariable(text: string, offset: number): boolean {
  const around = text.slice(Math.max(0, offset - 500), offset + 500)
  const before = around.lastIndexOf('\n', Math.min(offset, 500) - 1) + 1
  const line = around.slice(before).split('\n', 1)[0] ?? ''
  return /\$\{/.test(line) && /[[{]/.test(line.replaceAll('${', ''))
}

/** Where the quoted values are, looked up when first asked for. */
function quotesOf(document: Document): Quotes {
  let found: [number, number][] | undefined
  return () => {
    if (found) return found
    const quotes: [number, number][] = []
    visit(document, {
      Scalar(_key, { range, type }) {
        if (range && type?.startsWith('QUOTE_')) quotes.push([range[0], range[1]])
      },
    })
    found = quotes
    return quotes
  }
}

/** A quote that is never closed is reported at the end of the text; it is better shown where it opens. */
function openQuote(quotes: ReturnType<Quotes>, [at, end]: readonly [number, number]): readonly [number, number] {
  const open = quotes.findLast(([start, close]) => start < at && close >= at)
  return open ? [open[0], open[0] + 1] : [at, end]
}

function oldVersion(document: Document.Parsed, text: string, span: Span): Diagnostic | undefined {
  const { yaml } = document.directives
  if (!yaml.explicit || yaml.version === '1.2') return undefined
  const start = Math.max(0, text.search(/^%YAML/m))
  const message = `YAML ${yaml.version} reads yes, no and numbers differently; this file is read as YAML 1.2`
  return error('yaml-version', message, { hint: 'remove the %YAML line', at: span(start, start + 5) })
}

/** One slip makes the parser stumble several times; the first error of a line is the one to mend. */
function firstOfEachLine(errors: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<number>()
  return errors.filter(({ at }) => {
    const line = at?.line ?? 0
    return !seen.has(line) && seen.add(line) !== undefined
  })
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
