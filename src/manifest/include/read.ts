import { type Diagnostic, error, type Position, Refusal } from '../../model/diagnostic.ts'
import { canonical, type Json } from '../../model/json.ts'
import { quote } from '../finding.ts'
import type { IncludedSource } from '../source.ts'
import { at, items } from '../view.ts'
import type { Tree } from '../yaml-tree.ts'
import { isPattern, type List, matchesOf, patternTrouble } from './pattern.ts'

/** What reading included files needs from outside. Paths are relative to the folder of the manifest. */
export interface IncludeReading {
  readonly list: List
  read(named: string): Promise<IncludedSource>
  /** What tells the manifest's own file from others; undefined where there is none. */
  own(): Promise<string | undefined>
}

/** A file that is included, and what it may declare. */
export interface Included {
  readonly source: IncludedSource
  readonly only?: Json
  /** Where the manifest names it. */
  readonly at: Position
  /** Where the manifest limits it; where it names it, if it does not. */
  readonly limit: Position
}

/** Files and characters beyond which including is an accident or an attack. */
const most = { files: 1000, characters: 20_000_000 } as const

/** Reads every file that a manifest includes, in the order in which it names them. What cannot be read is told. */
export async function includedFiles(
  tree: Tree,
  reading: IncludeReading,
): Promise<{ readonly files: readonly Included[]; readonly problems: readonly Diagnostic[] }> {
  const own = await reading.own()
  const found = new Map<string, Included>()
  const problems: Diagnostic[] = []
  for await (const one of oneByOne(tree, reading, problems)) {
    const before = found.get(one.source.id)
    const trouble = takenTwice(one, before, own) ?? tooMuch(one, found)
    if (trouble) problems.push(trouble)
    else if (!before) found.set(one.source.id, one)
    if (trouble?.code === 'include-large') break
  }
  return { files: [...found.values()], problems }
}

/** The files of all entries, each read when it is asked for. */
async function* oneByOne(tree: Tree, reading: IncludeReading, problems: Diagnostic[]): AsyncGenerator<Included> {
  for (const [index, entry] of items(at(tree.value, 'include'))) {
    const isLimited = at(entry, 'only') !== undefined
    const place = tree.locate(typeof entry === 'string' ? ['include', index] : ['include', index, 'files'], 'value')
    const limit = isLimited ? tree.locate(['include', index, 'only'], 'key') : place
    const told = telling(problems, place)
    const named = typeof entry === 'string' ? entry : at(entry, 'files')
    for (const name of (await namesOf(named, place, reading).catch(told)) ?? []) {
      const source = await reading.read(name).catch(told)
      if (source) yield { source, at: place, limit, ...(isLimited ? { only: at(entry, 'only') as Json } : {}) }
    }
  }
}

/** Tells a refusal at the entry that led to it. */
function telling(problems: Diagnostic[], place: Position): (thrown: unknown) => undefined {
  return (thrown) => {
    if (!(thrown instanceof Refusal)) throw thrown
    for (const one of thrown.diagnostics) problems.push({ ...one, code: codes[one.code] ?? one.code, at: place })
    return undefined
  }
}

/** That the manifest itself is missing has other remedies. */
const codes: Readonly<Record<string, string>> = { 'file-missing': 'include-missing' }

async function namesOf(given: Json | undefined, place: Position, { list }: IncludeReading): Promise<readonly string[]> {
  // The schema says what is wrong with anything else.
  if (typeof given !== 'string' || given === '') return []
  const named = given.replace(/^(?:\.\/)+/, '')
  const trouble = patternTrouble(named)
  if (trouble) throw new Refusal(error('include-path', `include: ${trouble[0]}`, { hint: trouble[1], at: place }))
  if (!isPattern(named)) return [named]
  const { files, empty } = await matchesOf(named, list)
  const [folder] = empty
  if (folder !== undefined) throw new Refusal(emptyFolder(named, folder, place))
  if (files.length === 0) throw new Refusal(nothing(named, place))
  return files
}

// What vanished is not to become deletes because nobody looked.
function nothing(named: string, place: Position): Diagnostic {
  const message = `include: no file matches ${quote(named)}`
  const hint = 'check the pattern, and that the files are checked out; if they are gone for good, take the entry out'
  return error('include-none', message, { hint, at: place })
}

function emptyFolder(named: string, folder: string, place: Position): Diagnostic {
  const message = `include: the folder ${folder}, which ${quote(named)} reaches, is empty`
  const hint = 'a submodule may not be checked out; if the folder is left over, remove it'
  return error('include-empty-folder', message, { hint, at: place })
}

function takenTwice(one: Included, before: Included | undefined, own: string | undefined): Diagnostic | undefined {
  const { source, only, at: place } = one
  if (source.id === own) {
    const hint = 'keep the files that it includes in a folder of their own, for example teams/*.yaml'
    return error('include-itself', `include: ${source.file} is the manifest itself`, { hint, at: place })
  }
  if (!before || canonical(before.only ?? null) === canonical(only ?? null)) return undefined
  const other = before.source.file === source.file ? '' : `, as ${before.source.file},`
  const message = `include: ${source.file} is included${other} at ${placeWords(before.at)} too, with other limits`
  return error('include-twice', message, { hint: 'name each file in one entry, or give both the same only', at: place })
}

function tooMuch({ source, at: place }: Included, found: ReadonlyMap<string, Included>): Diagnostic | undefined {
  const characters = [...found.values()].reduce((sum, one) => sum + one.source.text.length, source.text.length)
  if (found.size < most.files && characters <= most.characters) return undefined
  const limit = `${most.files} files and ${most.characters / 1_000_000} MB`
  const message = `include: with ${source.file} there is more than ${limit}`
  return error('include-large', message, { hint: 'check the pattern, or divide the manifest', at: place })
}

/** A place as a sentence names it. */
export function placeWords({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`
}
