import { type Diagnostic, error, type Position } from '../../model/diagnostic.ts'
import type { Json } from '../../model/json.ts'
import { atKey, type Finding, hintOf, quote } from '../finding.ts'
import type { Source } from '../source.ts'
import type { AccountSelector } from '../types.ts'
import type { Variables } from '../variables.ts'
import { at, items, keys } from '../view.ts'
import type { Tree } from '../yaml-tree.ts'
import { beyondOnly } from './only.ts'
import { readPart } from './part.ts'
import { type Included, type IncludeReading, includedFiles, placeWords } from './read.ts'
import { type JoinedSection, joinedSections, joinedValue, whoseOf } from './whose.ts'

/** One of the files that a manifest is read from, and what it says by itself. */
export interface Part {
  readonly file: string
  readonly value: Json
  /** What it may declare is limited. */
  readonly limited: boolean
  /** That limit, as it is written, and where. */
  readonly limit?: { readonly only: Json; readonly at: Position }
}

/** Accounts in which a rule of a limited file may assign. */
export interface Bound {
  /** Index of the rule in the joined manifest. */
  readonly row: number
  readonly accounts: readonly AccountSelector[]
  /** Where the limit is. */
  readonly at: Position
}

/** A manifest with what it includes, as one. */
export interface Joined {
  readonly tree: Tree
  /** The manifest first. */
  readonly parts: readonly Part[]
  readonly bounds: readonly Bound[]
  /** Files that could not be read or joined: what else would be said of the whole could be wrong. */
  readonly problems: readonly Diagnostic[]
}

/** What joining needs. */
export interface Joining {
  readonly reading: IncludeReading | undefined
  readonly variables: Variables
  readonly sources: Map<string, string> | undefined
}

/** Reads what a manifest includes, and joins it. */
export async function joinedWith(source: Source, top: Tree, joining: Joining): Promise<Joined> {
  const { reading, variables, sources } = joining
  const { files, problems } = reading ? await includedFiles(top, reading) : { files: [], problems: [noReading(top)] }
  for (const { source: one } of files) sources?.set(one.file, one.text)
  const read = files.map((one) => ({ included: one, ...readPart(one.source, source.file, variables) }))
  const whole = read.flatMap(({ included, tree }) => (tree ? [{ included, tree }] : []))
  const values = [top.value, ...whole.map(({ tree }) => tree.value)]
  const whose = whoseOf(values)
  const trees = [top, ...whole.map(({ tree }) => tree)]
  const value = joinedValue(values)
  const tree = oneTree(value, trees, whose)
  const unlimited = whole.filter(({ included }) => included.only === undefined)
  const open = new Set([top.value, ...unlimited.map((one) => one.tree.value)].flatMap((one) => keys(one)))
  const unjoined = [...problems, ...read.flatMap((one) => one.problems)]
  const limits = unjoined.length > 0 ? [] : whole.flatMap((one) => beyond(one, value, open))
  return {
    tree: { ...tree, diagnostics: [...tree.diagnostics, ...(unjoined.length > 0 ? [] : twice(trees)), ...limits] },
    parts: [
      { file: source.file, value: top.value, limited: false },
      ...whole.map((one) => ({
        file: one.included.source.file,
        value: one.tree.value,
        limited: one.included.only !== undefined,
        ...(one.included.only === undefined ? {} : { limit: { only: one.included.only, at: one.included.limit } }),
      })),
    ],
    bounds: boundsOf([undefined, ...whole.map(({ included }) => included)], value, whose),
    problems: unjoined,
  }
}

function noReading(top: Tree): Diagnostic {
  const hint = 'write what it declares into this file'
  return error('include-here', 'include is not possible here', { hint, at: top.locate(['include'], 'key') })
}

function oneTree(value: Json, trees: readonly Tree[], whose: ReturnType<typeof whoseOf>): Tree {
  const treeOf = (file: number) => trees[file] ?? (trees[0] as Tree)
  return {
    value,
    diagnostics: trees.flatMap((one) => one.diagnostics),
    locate: (path, of) => {
      const { file, path: own } = whose(path)
      return treeOf(file).locate(own, of)
    },
    alias: (path) => {
      const { file, path: own } = whose(path)
      return treeOf(file).alias(own)
    },
  }
}

/** Names that more than one file declares. */
function twice(trees: readonly Tree[]): readonly Diagnostic[] {
  const sections = Object.keys(joinedSections) as JoinedSection[]
  return sections.flatMap((section) => {
    if (joinedSections[section] !== 'map') return []
    const first = new Map<string, Tree>()
    return trees.flatMap((tree) =>
      keys(at(tree.value, section)).flatMap((name) => {
        const before = first.get(name)
        if (!before) first.set(name, tree)
        return before ? [declaredTwice(section, name, before, tree)] : []
      }),
    )
  })
}

function declaredTwice(section: JoinedSection, name: string, before: Tree, later: Tree): Diagnostic {
  const place = (tree: Tree) => tree.locate([section, name], 'key')
  const message = `${nouns[section] ?? section} ${quote(name)} is declared at ${placeWords(place(before))} too`
  return error('declared-twice', message, { hint: 'keep it in one of the two files', at: place(later) })
}

const nouns: Partial<Record<JoinedSection, string>> = {
  accounts: 'account nickname',
  users: 'user',
  groups: 'group',
  permission_sets: 'permission set',
  applications: 'application',
}

interface Read {
  readonly included: Included
  readonly tree: Tree
}

/** What a file with limits may not say, at its places. */
function beyond({ included, tree }: Read, manifest: Json, open: ReadonlySet<string>): readonly Diagnostic[] {
  const { only, limit } = included
  if (only === undefined) return []
  const limited = { value: tree.value, only, at: limit }
  const found = [...beyondOnly(limited, manifest), ...closed(tree.value, open, limit.file)]
  return found.map(({ path, of, ...rest }) => {
    const hint = hintOf(rest)
    return { ...rest, ...(hint === undefined ? {} : { hint }), at: tree.locate(path, of) } as Diagnostic
  })
}

/** Sections whose presence by itself removes something, and what. */
const pruned: ReadonlyMap<string, string> = new Map([
  ['permission_sets', 'permission sets created by sso-reconcile'],
  ['assignments', 'assignments of all declared permission sets'],
])

/**
 * Sections that only files with limits have: a section by itself removes what no file lists, and whether that is meant is for those to say
 * who may declare all of it.
 */
function closed(value: Json, open: ReadonlySet<string>, manifest: string): readonly Finding[] {
  return keys(value).flatMap((section) => {
    const lost = pruned.get(section)
    if (lost === undefined || open.has(section)) return []
    const message = `no file without limits has ${section}; with it, ${lost} that no file lists are removed`
    const hint = `if that is meant, add "${section}: ${section === 'assignments' ? '[]' : '{}'}" to ${manifest}`
    return [atKey([section], 'include-closed', message, hint)]
  })
}

function boundsOf(
  files: readonly (Included | undefined)[],
  value: Json,
  whose: ReturnType<typeof whoseOf>,
): readonly Bound[] {
  const accountsOf = files.map((one) => items(at(one?.only, 'accounts')).map(([, word]) => word as AccountSelector))
  return items(at(value, 'assignments')).flatMap(([row]) => {
    const { file } = whose(['assignments', row])
    const included = files[file]
    return included?.only === undefined ? [] : [{ row, accounts: accountsOf[file] ?? [], at: included.limit }]
  })
}
