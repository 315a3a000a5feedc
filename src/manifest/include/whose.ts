import { isObject, type Json } from '../../model/json.ts'
import type { Path } from '../finding.ts'
import { at, entries, items, keys } from '../view.ts'

/** How the sections that an included file may hold are joined: `lists` are maps of lists. */
export const joinedSections = {
  accounts: 'map',
  users: 'map',
  groups: 'map',
  permission_sets: 'map',
  assignments: 'list',
  applications: 'map',
  absent: 'lists',
  ignore: 'lists',
} as const

/** A section that an included file may hold. */
export type JoinedSection = keyof typeof joinedSections

/** True for the name of a section that an included file may hold. */
export function isJoined(section: unknown): section is JoinedSection {
  return typeof section === 'string' && Object.hasOwn(joinedSections, section)
}

/** Which of the files something of the joined manifest is in, by its number, and its path there. */
export interface Whose {
  readonly file: number
  readonly path: Path
}

/**
 * What several files say together, the first of which is the manifest: maps and lists are joined in the order of the files, and of a name
 * that is there twice the first counts. Pure.
 */
export function joinedValue(values: readonly Json[]): Json {
  const [top] = values
  if (!isObject(top)) return top ?? null
  const sections = Object.keys(joinedSections) as JoinedSection[]
  const joined = sections.flatMap((section): [string, Json][] => {
    return values.some((value) => at(value, section) !== undefined) ? [[section, together(section, values)]] : []
  })
  return { ...top, ...Object.fromEntries(joined) }
}

function together(section: JoinedSection, values: readonly Json[]): Json {
  const parts = values.map((value) => at(value, section)).filter((one) => one !== undefined)
  const [only] = parts
  if (only !== undefined && parts.length === 1) return only
  const how = joinedSections[section]
  if (how === 'list') return parts.flatMap(listed)
  if (how === 'map') return firstOfEach(parts.flatMap(entries))
  const lists = [...new Set(parts.flatMap((one) => keys(one)))]
  return Object.fromEntries(lists.map((list) => [list, parts.flatMap((one) => listed(at(one, list)))]))
}

function firstOfEach(all: readonly (readonly [string, Json])[]): Json {
  const first = new Map<string, Json>()
  for (const [key, one] of all) if (!first.has(key)) first.set(key, one)
  return Object.fromEntries(first)
}

function listed(value: Json | undefined): readonly Json[] {
  return items(value).map(([, one]) => one)
}

/** Says of paths in the joined manifest which file they are in, and where there. Pure. */
export function whoseOf(values: readonly Json[]): (path: Path) => Whose {
  const known = new Map<string, ReadonlyMap<string | number, Whose>>()
  const ownersIn = (container: Path, how: 'map' | 'list') => {
    const key = JSON.stringify(container)
    const owners = known.get(key) ?? (how === 'map' ? keysIn : itemsIn)(values, container)
    known.set(key, owners)
    return owners
  }
  return (path) => {
    const [section] = path
    if (!isJoined(section)) return { file: 0, path }
    const how = joinedSections[section]
    const depth = how === 'lists' ? 2 : 1
    const container = path.slice(0, depth)
    const owner = path.length > depth && ownersIn(container, how === 'map' ? 'map' : 'list').get(path[depth] ?? '')
    if (owner) return { file: owner.file, path: [...owner.path, ...path.slice(depth + 1)] }
    const file = values.findIndex((value) => at(value, ...container) !== undefined)
    return { file: Math.max(file, 0), path: path.slice(0, depth) }
  }
}

/** Of a name that is there twice the first counts. */
function keysIn(values: readonly Json[], container: Path): ReadonlyMap<string | number, Whose> {
  const all = values.flatMap((value, file) =>
    keys(at(value, ...container)).map((key) => [key, { file, path: [...container, key] }] as const),
  )
  return new Map(all.toReversed())
}

function itemsIn(values: readonly Json[], container: Path): ReadonlyMap<string | number, Whose> {
  const all = values.flatMap((value, file) =>
    items(at(value, ...container)).map(([index]) => ({ file, path: [...container, index] })),
  )
  return new Map(all.entries())
}
