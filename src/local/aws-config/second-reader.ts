import { parse } from 'ini'
import { error, type Position, Refusal } from '../../model/diagnostic.ts'
import { indentation } from '../files/lines.ts'
import { sectionId } from './document.ts'
import type { SectionEdit } from './section-edit.ts'

/** Sections as the package `ini` reads them, by header; `line` is that of the header. */
type Reading = ReadonlyMap<string, { readonly options: string; readonly line: number }>

/**
 * Reads the text before and after an edit with the package `ini`, which shares no code with our own reader. Throws a Refusal that names
 * each section which is not among those edited and reads differently, is gone or has come.
 */
export function refuseHarm(before: string, after: string, edits: readonly SectionEdit[], file: string): void {
  const edited = new Set(edits.map(({ kind, name }) => `${kind}/${name}`))
  const [was, is] = [read(before), read(after)]
  const others = [...new Set([...was.keys(), ...is.keys()])].filter((header) => !edited.has(sectionId(header)))
  const harmed = others.filter((header) => was.get(header)?.options !== is.get(header)?.options)
  if (harmed.length === 0) return
  throw new Refusal(harmed.map((header) => harm(header, { file, line: was.get(header)?.line ?? 1, column: 1 })))
}

function harm(header: string, at: Position) {
  const message = `the edit would also change [${header}] for other programs; nothing was written`
  const hint = 'this is a bug in sso-reconcile; please report it with the lines around this one, without any secrets'
  return error('config-second-reader', message, { hint, at })
}

/**
 * `ini` gets one section at a time: it overlooks headers that are indented or have a note behind them, and takes dots, quotes, ; and #
 * in them as its own signs, so that sections would run into each other.
 */
function read(text: string): Reading {
  const found = new Map<string, Section>()
  let current: Section | undefined
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const header = /^\[(.+)\]/s.exec(line.slice(indentation(line)))?.[1]
    if (header === undefined) current?.body.push(line)
    else {
      current = found.get(header) ?? { line: index + 1, body: [] }
      found.set(header, current)
    }
  }
  return new Map([...found].map(([header, { line, body }]) => [header, { line, options: optionsOf(body) }]))
}

interface Section {
  readonly line: number
  readonly body: string[]
}

function optionsOf(lines: readonly string[]): string {
  // Lines with such a separator in them are overlooked too.
  const text = lines.map((line) => line.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')).join('\n')
  // Without brackets, what comes twice is kept twice: a nested property may be called as a key is.
  return JSON.stringify(parse(text, { bracketedArray: false }))
}
