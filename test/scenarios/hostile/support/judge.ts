import { parseDocument } from 'yaml'
import { commandsIn, unseenIn, withoutColour } from '../readers/characters.ts'
import { fieldsOf, formulasIn, recordsOf } from '../readers/csv.ts'
import { linksIn, referencesIn, shapeOf } from '../readers/markdown.ts'
import { elementsOf, readableOf } from '../readers/page.ts'
import { type Drawn, sentinel, shown } from '../readers/terminal.ts'
import type { Texts } from './slots.ts'
import { differences, isSame } from './twin.ts'
import { replaced, told } from './world.ts'

/** What a report is to be read as. */
export type Form =
  | 'text'
  | 'colour'
  | 'narrow'
  | 'progress'
  | 'findings'
  | 'json'
  | 'events'
  | 'markdown'
  | 'tsv'
  | 'csv'
  | 'html'
  | 'manifest'
  | 'hcl'
  | 'yaml'
  | 'exact'
  | 'config'
  | 'diagnoses'
  | 'document'
  | 'screen'

/** A report of a world beside the same report of the tame world. */
export interface Told {
  readonly text: string
  readonly tame: string
  readonly texts: Texts
}

type Judge = (told: Told) => readonly string[] | Promise<readonly string[]>

/** What a reader of each form finds wrong. */
export const judges: Readonly<Record<Form, Judge>> = {
  text: async (told) => [...(await onScreen(told)), ...differences(told.text, told.tame, told.texts)],
  progress: async (told) => [
    ...(await onScreen(told)),
    ...differences(news(told.text), news(told.tame), told.texts, true),
  ],
  colour: async ({ text, tame, texts }) => [
    ...(await onScreen({ text, tame, texts })),
    ...differences(withoutColour(text), withoutColour(tame), texts),
    ...(colours(text) === colours(tame) ? [] : ['other colours']),
  ],
  narrow: async (told) => [...(await onScreen(told)), ...forgedIn(told)],
  findings: async (told) => [
    ...(await onScreen(told)),
    ...forgedIn(told),
    ...differences(unbroken(told.text), unbroken(told.tame), told.texts),
  ],
  json: (told) => [...shared(told.text), ...documents(told, [told.text], [told.tame])],
  events: (told) => [...shared(told.text), ...documents(told, linesOf(told.text), linesOf(told.tame))],
  markdown: (told) => [...shared(told.text), ...page(told)],
  tsv: (told) => [...shared(told.text.replaceAll('\t', ' ')), ...table(told, fieldsOf)],
  csv: (told) => [...shared(told.text.replaceAll('\r\n', '\n')), ...table(told)],
  manifest: (told) => [...shared(told.text.replaceAll('\t', ' ')), ...manifest(told)],
  hcl: ({ text, tame }) => [...shared(text), ...unlike(blocksIn(text), blocksIn(tame))],
  yaml: sameYaml,
  config: sameLines,
  exact: ({ text, tame, texts }) => {
    const expected = replaced(tame, texts)
    return text === expected ? [] : [`${JSON.stringify(text)} instead of ${JSON.stringify(expected)}`]
  },
  // Which errors there are depends on the names themselves; what a line may begin with does not.
  diagnoses: async (told) => [
    ...(await onScreen(told)),
    ...told.text
      .split('\n')
      .flatMap((line) => (diagnosis.test(line) ? [] : [`a line of its own: ${JSON.stringify(line)}`])),
  ],
  screen: onScreen,
  document: ({ text }) => [
    ...shared(text),
    ...(text === '' || typeof JSON.parse(text) === 'object' ? [] : ['no document']),
  ],
  html: ({ text, tame }) => [
    ...unseenIn(text).map((one) => `${one} on the page`),
    ...readableOf(text).flatMap((one) => unseenIn(one).map((found) => `${found} in ${JSON.stringify(one)}`)),
    ...unlike(elementsOf(text), elementsOf(tame)),
  ],
}

// Whether and how often a line says what is still running depends on how busy the machine is; one that a name broke in two is not left out.
function news(text: string): string {
  return text.replace(
    /^\s*(?:about \d+ (?:s|min) left; )?(?:\d+ (?:still running|ended, results not read yet)(?:, )?)+(?: \(\S.* for \d+s\))?\n/gm,
    '',
  )
}

/** What is wrong with a session at a terminal, beside the same one with plain names. Lines come in the order in which AWS answered. */
export function drawnUnlike(own: Drawn, tame: Drawn, texts: Texts): readonly string[] {
  const strange = own.sequences.filter(
    (one) => !tame.sequences.includes(one) || /^(?:OSC|DCS|title|bell|answer)/.test(one),
  )
  return [
    ...strange.map((what) => `the terminal is steered: ${what}`),
    ...shared([...own.rows, ...own.erased].join('\n')),
    ...own.erased.filter((line) => heads.test(line)).map((line) => `a passing line is ${JSON.stringify(line)}`),
    ...differences(own.rows.join('\n'), tame.rows.join('\n'), texts, true),
  ]
}

/** What no reader of a log may meet. */
function shared(text: string): readonly string[] {
  return [
    ...unseenIn(text).map((one) => `${one} comes through`),
    ...commandsIn(text).map((line) => `a command for the build log: ${JSON.stringify(line.slice(0, 200))}`),
  ]
}

async function onScreen({ text }: Told): Promise<readonly string[]> {
  const { before, rows, steered } = await shown(text)
  const lines = withoutColour(text)
    .trimEnd()
    .split('\n')
    .slice(text.trim() === '' ? 1 : 0)
  return [
    ...shared(withoutColour(text)),
    ...steered.map((what) => `the terminal is steered: ${what}`),
    ...(before === sentinel ? [] : [`the screen before is ${JSON.stringify(before)}`]),
    ...(rows.length === lines.length ? [] : [`${rows.length} rows on the screen for ${lines.length} lines`]),
    ...rows.flatMap((row, index) =>
      plain(row) === plain(lines[index] ?? '') ? [] : [`a row is ${JSON.stringify(row)}`],
    ),
  ]
}

// A terminal draws marks on the letter before them, which need not be there.
function plain(text: string): string {
  return text.replace(/[\p{M}\p{Cn}\s]/gu, '')
}

function colours(text: string): number {
  return text.split('\u001b[').length
}

/** Lines of errors: where, the code around it, what to do, and how many there are. */
const diagnosis =
  /^(?:$|sso\.yaml:\d+:\d+ {2}(?:error|warning) {2}|[> ] +\d+ \|| {2,}\| +\^| {2}hint: |\d+ errors? in )/

/** What begins a line of a report itself; in the place where it begins one. A name of a user has no blank behind such a word. */
const heads =
  /^(?:(?:Plan|Access|Applied|Stopped|Next|Refused| {0,2}hint):(?:\s|$)|No changes|Apply exactly|error\b|warning\b| {2}[-+~!] |\[\d+\/\d+\] )/

// Where lines are broken, how many there are depends on the lengths of names.
function forgedIn({ text, tame }: Told): readonly string[] {
  const count = (all: string) => {
    const found = all.split('\n').flatMap((line) => heads.exec(line)?.[0].replace(/\d+/g, '_') ?? [])
    return found.sort().join('\n')
  }
  return count(text) === count(tame) ? [] : [`lines begin with ${count(text)}, not ${count(tame)}`]
}

// Findings are broken into lines at a width of their own; what belongs to one is indented.
function unbroken(text: string): string {
  return text.replace(/\n {11,}/g, ' ')
}

function manifest({ text, tame, texts }: Told): readonly string[] {
  const [own, expected] = [parseDocument(text), parseDocument(tame)]
  if (own.errors.length > 0) return own.errors.map(({ message }) => `not YAML: ${message}`)
  const sections = [...Object.keys(expected.toJS()), 'ignore']
  const known = new Set([...stringsOf(told(expected.toJS(), texts)), ...Object.values(texts).map(nickname)])
  return [
    ...Object.keys(own.toJS()).flatMap((key) => (sections.includes(key) ? [] : [`section ${key}`])),
    ...stringsOf({ ...own.toJS(), ignore: {} }).flatMap((one) =>
      one === 'ignore' || known.has(one) || known.has(nickname(one)) ? [] : [`unknown text ${JSON.stringify(one)}`],
    ),
  ]
}

// Names of resources are made of the names of things, and lines that are no blocks, comments or arguments are something else's.
function blocksIn(text: string): readonly string[] {
  const lines = text.split('\n').filter((line) => !/^(?:$|#| |}$)/.test(line))
  return lines.map((line) => line.replace(/^(resource "\w+") "[^"\s]+" {$/, '$1 {')).sort()
}

function sameYaml({ text, tame, texts }: Told): readonly string[] {
  const [own, expected] = [parseDocument(text), parseDocument(tame)]
  if (own.errors.length > 0) return own.errors.map(({ message }) => `not YAML: ${message}`)
  return inDocument(own.toJS(), expected.toJS(), texts, '')
}

// Generated names have only some letters of those that they are made of.
function sameLines({ text, tame }: Told): readonly string[] {
  const [lines, expected] = [text.split('\n'), tame.split('\n')]
  const count = lines.length === expected.length ? [] : [`${lines.length} lines instead of ${expected.length}`]
  const strange = expected.flatMap((line, at) => {
    const own = lines[at] ?? ''
    const [word = ''] = /^(?:\[[a-z-]+|\w+ =|#.*|)/.exec(line) ?? []
    return own.startsWith(word) ? [] : [`${JSON.stringify(own)} instead of ${JSON.stringify(line)}`]
  })
  return [...count, ...strange, ...unseenIn(text)]
}

// Accounts get nicknames of their own.
function nickname(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '')
}

function stringsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]) => [key, ...stringsOf(one)])
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter(Boolean)
}

function documents(told: Told, own: readonly string[], tame: readonly string[]): readonly string[] {
  try {
    const left = own.map((one): unknown => JSON.parse(one))
    // Events come in the order in which AWS answered.
    const missed = tame.flatMap((one) => {
      const troubles = left.map((other) => inDocument(other, JSON.parse(one), told.texts, ''))
      const index = troubles.findIndex((list) => list.length === 0)
      if (index >= 0) left.splice(index, 1)
      return index >= 0 ? [] : (troubles.sort((a, b) => a.length - b.length)[0] ?? ['a document is missing'])
    })
    return [...missed, ...(own.length === tame.length ? [] : [`${own.length} documents instead of ${tame.length}`])]
  } catch (cause) {
    return [`not JSON: ${String(cause)}`]
  }
}

/** Values that are nobody's sentence: they are as they are in AWS or in the file. */
const exact = /\.(?:before|after|user|group|account_label|permission_set|path)\b/

function inDocument(own: unknown, tame: unknown, texts: Texts, at: string): readonly string[] {
  if (typeof tame === 'string') {
    const meant = replaced(tame, texts)
    // A name that no permission set can have has no pattern of its roles.
    const isNoName = /\.role_arn_pattern$/.test(at) && own === null && !/^[!-~]+$/.test(meant)
    if (own === meant || isNoName) return []
    const isFine = typeof own === 'string' && !exact.test(at) && isSame(own, tame)
    return isFine ? [] : [`${at} is ${JSON.stringify(own)} instead of ${JSON.stringify(meant)}`]
  }
  if (Array.isArray(own) && Array.isArray(tame) && tame.every((one) => typeof one === 'string'))
    return inList(own, tame, texts, at)
  if (typeof tame !== 'object' || tame === null || typeof own !== 'object' || own === null)
    return own === tame || /\.(?:column|seconds)$/.test(at) ? [] : [`${at} is ${JSON.stringify(own)}`]
  const [parts, expected] = [Object.entries(own), Object.entries(told(tame, texts))]
  if (parts.length !== expected.length) return [`${at} has ${parts.length} parts instead of ${expected.length}`]
  const byTameKey = Object.entries(tame)
  return parts.flatMap(([key, value], index) => {
    const [tameKey = '', tameValue] = byTameKey[index] ?? []
    const isKey = key === replaced(tameKey, texts) || isSame(key, tameKey)
    return isKey ? inDocument(value, tameValue, texts, `${at}.${tameKey}`) : [`${at} has ${JSON.stringify(key)}`]
  })
}

// Sentences are sorted by their letters, and so by those of names.
function inList(own: readonly unknown[], tame: readonly string[], texts: Texts, at: string): readonly string[] {
  const left = [...own]
  const missed = tame.filter((line) => {
    const index = left.findIndex((one) => inDocument(one, line, texts, at).length === 0)
    return index < 0 || left.splice(index, 1).length === 0
  })
  return missed.length + left.length === 0
    ? []
    : [`${at} has ${JSON.stringify(left)} instead of ${JSON.stringify(missed)}`]
}

function page({ text, tame }: Told): readonly string[] {
  const known = linksIn(tame)
  return [
    ...unlike(shapeOf(text), shapeOf(tame)),
    ...linksIn(text).filter((one) => !known.includes(one)),
    ...referencesIn(text).filter((one) => !referencesIn(tame).includes(one)),
  ]
}

function unlike(own: readonly string[], tame: readonly string[]): readonly string[] {
  const index = tame.findIndex((one, at) => one !== own[at])
  if (index < 0 && own.length === tame.length) return []
  const at = index < 0 ? tame.length : index
  return [`${JSON.stringify(own.slice(at, at + 3))} instead of ${JSON.stringify(tame.slice(at, at + 3))}`]
}

function table({ text, tame }: Told, read = recordsOf): readonly string[] {
  const [records, expected] = [read(text), read(tame)]
  if (records.length !== expected.length) return [`${records.length} records instead of ${expected.length}`]
  return [
    ...(text.split('\n').length === tame.split('\n').length ? [] : ['a record of several lines']),
    ...formulasIn(records).map((cell) => `a formula: ${JSON.stringify(cell)}`),
    ...records.flatMap((record, row) => {
      const other = expected[row] ?? []
      const isLike = record.length === other.length && record.every((cell, at) => isSame(cell, other[at] ?? ''))
      return isLike ? [] : [`${JSON.stringify(record)} instead of ${JSON.stringify(other)}`]
    }),
  ]
}
