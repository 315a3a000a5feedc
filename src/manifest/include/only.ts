import type { Position } from '../../model/diagnostic.ts'
import { canonical, type Json } from '../../model/json.ts'
import { matchesPattern } from '../../model/name-pattern.ts'
import { atKey, atValue, type Finding, listed, type Path, quote } from '../finding.ts'
import { at, entries, items, keys, textAt, texts } from '../view.ts'
import { type Named, namesWithin } from './may-name.ts'
import { placeWords } from './read.ts'

/** A file that is included with `only`. */
export interface Limited {
  /** What it says. */
  readonly value: Json
  readonly only: Json
  /** Where the limit is. */
  readonly at: Position
}

/**
 * What a file declares or names beyond its limits, as far as it can be told without AWS. `manifest` is what all files say together. What
 * accounts a rule reaches is looked up by each plan as well. Pure.
 */
export function beyondOnly(limited: Limited, manifest: Json): readonly Finding[] {
  const { value } = limited
  return [
    ...sections(limited),
    ...declarable.flatMap((section) => declared(limited, section)),
    ...entries(at(value, 'groups')).flatMap(([name, group]) =>
      references(limited, 'users', at(group, 'members'), ['groups', name, 'members']),
    ),
    ...entries(at(value, 'applications')).flatMap(([name, application]) => [
      ...(['users', 'groups'] as const).flatMap((section) =>
        references(limited, section, at(application, section), ['applications', name, section]),
      ),
      ...opening(limited, application, name),
    ]),
    ...entries(at(value, 'users')).flatMap(([name, user]) => manager(limited, user, name)),
    ...items(at(value, 'assignments')).flatMap(([row, rule]) => [
      ...named.flatMap((section) => references(limited, section, at(rule, section), ['assignments', row, section])),
      ...items(at(rule, 'accounts')).flatMap(([index, word]) =>
        account(limited, word, ['assignments', row, 'accounts', index], manifest),
      ),
      ...protection(limited, rule, ['assignments', row]),
    ]),
  ]
}

const named = ['users', 'groups', 'permission_sets'] as const satisfies readonly Named[]

/** Sections that a limit opens by the names in them. */
const declarable = [...named, 'applications'] as const
type Declarable = (typeof declarable)[number]

const nouns = {
  users: 'user',
  groups: 'group',
  permission_sets: 'permission set',
  applications: 'application',
} as const

function sections(limited: Limited): readonly Finding[] {
  const { value, only } = limited
  return keys(value).flatMap((section) => {
    if (section === 'version') return []
    const mayAssign =
      at(only, 'accounts') !== undefined &&
      (at(only, 'permission_sets') ?? at(only, 'refer_to', 'permission_sets')) !== undefined
    const isOpen = section === 'assignments' ? mayAssign : isDeclarable(section) && at(only, section) !== undefined
    if (isOpen) return []
    const message = `${section} is more than ${placeWords(limited.at)} lets this file declare`
    return [atKey([section], 'include-limit', message, instead(limited))]
  })
}

function isDeclarable(section: string): section is Declarable {
  return (declarable as readonly string[]).includes(section)
}

function declared(limited: Limited, section: Declarable): readonly Finding[] {
  const patterns = patternsIn(limited, section)
  // The whole section is told of.
  if (patterns === undefined) return []
  return entries(at(limited.value, section)).flatMap(([name, row]) => {
    const was = textAt(row, 'was')
    return [
      ...(patterns.some((one) => matchesPattern(one, name))
        ? []
        : [beyond(limited, section, name, 'declare', patterns, [section, name], 'key')]),
      ...(was === undefined || patterns.some((one) => matchesPattern(one, was))
        ? []
        : [beyond(limited, section, was, 'rename', patterns, [section, name, 'was'], 'value')]),
      ...protection(limited, row, [section, name]),
    ]
  })
}

/** What is protected no flag overrides, so whoever may protect could stand in everybody's way. */
function protection(limited: Limited, row: Json, path: Path): readonly Finding[] {
  if (at(row, 'protect') === undefined) return []
  const message = `protect is more than ${placeWords(limited.at)} lets this file declare`
  return [atKey([...path, 'protect'], 'include-limit', message, `write it into ${limited.at.file}, or take it out`)]
}

function references(limited: Limited, section: Named, list: Json | undefined, path: Path): readonly Finding[] {
  return texts(list).flatMap(([index, name]) => reference(limited, section, name, [...path, index]))
}

function reference(limited: Limited, section: Named, name: string, path: Path): readonly Finding[] {
  const patterns = namesWithin(limited.only, section)
  return patterns.some((one) => matchesPattern(one, name))
    ? []
    : [beyond(limited, section, name, 'name', patterns, path, 'value')]
}

function manager(limited: Limited, user: Json, name: string): readonly Finding[] {
  const named = textAt(user, 'manager')
  return named ? reference(limited, 'users', named, ['users', name, 'manager']) : []
}

/** Whoever opens an application to everybody names every user there is and will be. */
function opening(limited: Limited, application: Json, name: string): readonly Finding[] {
  const patterns = namesWithin(limited.only, 'users')
  if (at(application, 'assignment_required') !== false || patterns.some((one) => /^\*+$/.test(one))) return []
  const may = patterns.length === 0 ? 'none' : listed(patterns)
  const message = `every user may open application ${quote(name)} then, which is beyond the users that ${placeWords(limited.at)} lets this file name: ${may}`
  const hint = `list users or groups instead, write it into ${limited.at.file}, or have "*" added to users or refer_to.users of the limit by whoever owns ${limited.at.file}`
  return [atValue(['applications', name, 'assignment_required'], 'include-limit', message, hint)]
}

function beyond(
  limited: Limited,
  section: Declarable,
  name: string,
  verb: 'declare' | 'name' | 'rename',
  patterns: readonly string[],
  path: Path,
  of: Finding['of'],
): Finding {
  const may = patterns.length === 0 ? 'none' : listed(patterns)
  const message = `${nouns[section]} ${quote(name)} is beyond what ${placeWords(limited.at)} lets this file ${verb}: ${may}`
  return (of === 'key' ? atKey : atValue)(path, 'include-limit', message, instead(limited))
}

function instead({ at: { file } }: Limited): string {
  return `write it into ${file} or another file that may hold it, or have the limit changed by whoever owns ${file}`
}

/** Accounts that a rule may not reach, whatever the organization looks like. */
function account(limited: Limited, word: Json, path: Path, manifest: Json): readonly Finding[] {
  const limits = items(at(limited.only, 'accounts')).map(([, one]) => one)
  if (limits.length === 0 || mayBeWithin(word, limits, manifest)) return []
  const message = `account ${quote(word)} is beyond the accounts that ${placeWords(limited.at)} lets this file assign in`
  return [atValue(path, 'include-limit', message, instead(limited))]
}

function mayBeWithin(word: Json, limits: readonly Json[], manifest: Json): boolean {
  if (limits.some((one) => canonical(one) === canonical(word))) return true
  // Accounts that are yet to come would be among them.
  if (word === 'all') return false
  if (typeof word !== 'string') return true
  const id = idOf(word, manifest)
  if (limits.some((one) => typeof one === 'string' && one !== 'all' && idOf(one, manifest) === id)) return true
  // Selectors that reach many leave the management account out.
  return limits.some((one) => isSelector(one) && (id !== 'management' || at(one, 'name') !== undefined))
}

function isSelector(one: Json): boolean {
  return typeof one !== 'string' || one === 'all'
}

function idOf(word: string, manifest: Json): string {
  const id = textAt(manifest, 'accounts', word) ?? word
  return id === textAt(manifest, 'accounts', 'management') ? 'management' : id
}

function patternsIn({ only }: Limited, section: Declarable): readonly string[] | undefined {
  const patterns = at(only, section)
  return patterns === undefined ? undefined : strings(patterns)
}

function strings(list: Json | undefined): readonly string[] {
  return texts(list).map(([, one]) => one)
}
