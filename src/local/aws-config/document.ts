import { type Diagnostic, error, type Position, Refusal } from '../../model/diagnostic.ts'
import { grouped } from '../../model/grouped.ts'
import { indentation, trim, trimEnd } from '../files/lines.ts'
import { type ConfigLine, cutOption, lexConfig } from './lex.ts'
import { markOwner } from './mark.ts'
import { unreadable } from './unreadable.ts'
import { shellWords } from './words.ts'

/** Section kinds of `~/.aws/config` that carry a name; everything else is `other` and is never edited. */
export type SectionKind = 'profile' | 'sso-session' | 'services' | 'other'

/** One top-level option as the AWS CLI reads it. `first` and `rest` are indexes of its lines, `line` counts from 1. */
export interface ConfigOption {
  /** The value; one with several lines has them trimmed and joined by LF. */
  readonly value: string
  /** True for a block of nested properties such as `s3 =`; its value then starts with LF. */
  readonly nested: boolean
  readonly line: number
  readonly first: number
  readonly rest: readonly number[]
}

/** One section; `first` is the index of its header, `last` that of its last header, option or continuation line. */
export interface ConfigSection {
  readonly kind: SectionKind
  /** The name within the kind; for `other` the text between the brackets. */
  readonly name: string
  /** The text between the brackets. */
  readonly header: string
  /** Owner named by the ownership mark directly above the header. */
  readonly mark?: string
  readonly at: Position
  /** Top-level options by lower-cased key, in the order of the text. */
  readonly options: ReadonlyMap<string, ConfigOption>
  readonly first: number
  readonly last: number
}

/** An AWS config text the AWS CLI can read, with every byte of it in `lines`. */
export interface ConfigDocument {
  readonly file: string
  readonly lines: readonly ConfigLine[]
  readonly sections: readonly ConfigSection[]
  /** Sections by `kind/name`; more than one under a key when the same name is spelt in several ways. */
  readonly index: ReadonlyMap<string, readonly ConfigSection[]>
}

/**
 * Reads an AWS config text. `file` is only for positions. Throws a Refusal that lists every line because of which the
 * AWS CLI could not read the text, so that nothing is ever built on a file that is already broken.
 */
export function parseConfig(text: string, file: string): ConfigDocument {
  // Kinds that share a file, and the edit that follows, all read the same text.
  if (last?.text !== text || last.document.file !== file) last = { text, document: parse(text, file) }
  return last.document
}

let last: { readonly text: string; readonly document: ConfigDocument } | undefined

function parse(text: string, file: string): ConfigDocument {
  const lines = lexConfig(text)
  const headers = lines.flatMap((line, index) => (line.role === 'header' ? [index] : []))
  const sections = headers.map((first, n) => readSection(lines, first, headers[n + 1] ?? lines.length, file))
  const problems = unreadable(text, lines, file)
  if (problems.length > 0) throw new Refusal(problems)
  return { file, lines, sections, index: indexByName(sections) }
}

/** The section of that kind and name. Throws a Refusal where `sectionTrouble` says why nobody may rely on it. */
export function findSection(document: ConfigDocument, kind: SectionKind, name: string): ConfigSection | undefined {
  const trouble = sectionTrouble(document, kind, name)
  if (trouble) throw new Refusal(trouble)
  return document.index.get(`${kind}/${name}`)?.[0]
}

/**
 * Why AWS tools disagree about what a profile or session is: the text spells it more than once, or in a way only the AWS CLI
 * understands. Undefined where they agree.
 */
export function sectionTrouble(document: ConfigDocument, kind: SectionKind, name: string): Diagnostic | undefined {
  const [section, second] = document.index.get(`${kind}/${name}`) ?? []
  if (section === undefined) return undefined
  if (second) return ambiguous(section, second)
  const isPlain = kind === 'other' || section.header === 'default' || shellWords(section.header)?.[0] === kind
  return isPlain ? undefined : odd(section)
}

function ambiguous(section: ConfigSection, second: ConfigSection): Diagnostic {
  const found = `[${section.header}] on line ${section.at.line} and [${second.header}] on line ${second.at.line}`
  return error(
    'config-ambiguous-section',
    `${section.kind} "${section.name}" appears twice: ${found}; expected one section`,
    { hint: 'AWS tools disagree on which of the two counts; merge them into one section', at: second.at },
  )
}

function odd({ kind, name, header, at }: ConfigSection): Diagnostic {
  return error(
    'config-odd-section',
    `[${header}] is ${kind} "${name}" for the AWS CLI only; expected [${kind} ${name}]`,
    { hint: `write [${kind} ${name}], which every AWS tool reads`, at },
  )
}

function indexByName(sections: readonly ConfigSection[]): ConfigDocument['index'] {
  return grouped(sections.map((section) => [`${section.kind}/${section.name}`, section]))
}

function readSection(lines: readonly ConfigLine[], first: number, end: number, file: string): ConfigSection {
  const line = lines[first]
  const header = line?.role === 'header' ? line.header : ''
  const column = indentation(line?.text ?? '') + 1
  const above = lines[first - 1]
  const mark = above?.role === 'comment' ? markOwner(above.text) : undefined
  let last = end - 1
  while (last > first && isFiller(lines[last])) last -= 1
  return {
    ...identify(header),
    header,
    ...(mark === undefined ? {} : { mark }),
    at: { file, line: first + 1, column, endColumn: column + header.length + 2 },
    options: readOptions(lines, first + 1, last),
    first,
    last,
  }
}

function isFiller(line: ConfigLine | undefined): boolean {
  return line?.role === 'blank' || line?.role === 'comment'
}

const KINDS = ['profile', 'sso-session', 'services'] as const

/** The key of `ConfigDocument.index` for the text between the brackets of a header. */
export function sectionId(header: string): string {
  const { kind, name } = identify(header)
  return `${kind}/${name}`
}

/** The AWS CLI takes any header that starts with the word and has two words, so `[profiles a]` is a profile for it. */
function identify(header: string): { kind: SectionKind; name: string } {
  if (header === 'default') return { kind: 'profile', name: 'default' }
  const kind = KINDS.find((word) => header.startsWith(word))
  const words = kind && shellWords(header)
  const name = words?.[1]
  if (kind === undefined || words?.length !== 2 || name === undefined) return { kind: 'other', name: header }
  return { kind, name }
}

function readOptions(lines: readonly ConfigLine[], from: number, to: number): Map<string, ConfigOption> {
  const options = new Map<string, ConfigOption>()
  for (let at = from; at <= to; at += 1) {
    const line = lines[at]
    if (line?.role !== 'option') continue
    let end = at + 1
    while (end <= to && lines[end]?.role !== 'option') end += 1
    options.set(line.key, readOption(lines, at, end))
    at = end - 1
  }
  return options
}

function readOption(lines: readonly ConfigLine[], first: number, end: number): ConfigOption {
  const following = lines.slice(first + 1, end)
  const parts = following.filter((line) => line.role !== 'comment').map((line) => trim(line.text))
  const value = trimEnd([cutOption(lines[first]?.text ?? '').value, ...parts].join('\n'))
  const rest = following.flatMap((line, n) => (line.role === 'continuation' ? [first + 1 + n] : []))
  return { value, nested: value.startsWith('\n'), line: first + 1, first, rest }
}
