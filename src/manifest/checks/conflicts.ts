import { isObject, type Json } from '../../model/json.ts'
import { matchesPattern } from '../../model/name-pattern.ts'
import { atKey, atValue, type Finding, type Path, quote } from '../finding.ts'
import { at, entries, items, keys, textAt, texts } from '../view.ts'
import type { Check } from './check.ts'
import { type Rename, renamesIn } from './renames.ts'

/** What is declared, renamed, declared absent or ignored can be only one of them. */
export const checkConflicts: Check = (manifest) => [
  ...absentAndDeclared(manifest),
  ...ignoredNames(manifest),
  ...ignoredAssignments(manifest),
]

function declared(manifest: Json, section: string): readonly string[] {
  if (section === 'profiles') return keys(at(manifest, 'local', 'profiles'))
  const session = textAt(manifest, 'local', 'sso_session')
  if (section === 'sso_sessions') return session === undefined ? [] : [session]
  if (section === 'additional_regions')
    return texts(at(manifest, 'identity_center', section)).map(([, region]) => region)
  return keys(at(manifest, section))
}

function absentAndDeclared(manifest: Json): readonly Finding[] {
  return entries(at(manifest, 'absent')).flatMap(([section, list]) => {
    const known = new Set(declared(manifest, section))
    const heirs = new Map(renamesIn(manifest, section).map((rename) => [rename.was, rename]))
    return texts(list).flatMap(([index, name]) => {
      const path = ['absent', section, index]
      if (known.has(name)) return [{ ...both(path, name, 'declared and absent'), other: [section, name] }]
      const rename = heirs.get(name)
      return rename === undefined ? [] : [renamed(rename, section, path)]
    })
  })
}

/** Something that cannot be both. Pure. */
export function both(path: Path, name: string, what: string): Finding {
  return atValue(path, 'conflict', `${quote(name)} is both ${what}`, 'keep one of the two')
}

function renamed({ name, was }: Rename, section: string, path: Path): Finding {
  const end = section !== 'permission_sets' ? `so ${quote(was)} will no longer exist` : 'which deletes it already'
  const message = `${quote(was)} is renamed to ${quote(name)}, ${end}`
  return atValue(path, 'conflict', message, 'remove it here')
}

/** Patterns of a section that are compared with its names, one by one; plain names take no such time. */
const mostPatterns = 1000

function ignoredNames(manifest: Json): readonly Finding[] {
  // Assignments are named by rules, which are looked at below.
  const sections = keys(at(manifest, 'ignore')).filter((section) => section !== 'assignments')
  return sections.flatMap((section) => {
    const own = finder(keys(at(manifest, section)), (name) => name)
    const heir = finder(renamesIn(manifest, section), ({ was }) => was)
    const gone = finder(
      texts(at(manifest, 'absent', section)).map(([, name]) => name),
      (name) => name,
    )
    let patterns = 0
    return texts(at(manifest, 'ignore', section)).flatMap(([index, pattern]) => {
      const path = ['ignore', section, index]
      if (pattern.includes('*')) patterns += 1
      if (patterns > mostPatterns) return patterns > mostPatterns + 1 ? [] : [tooManyPatterns(path, section)]
      const name = own(pattern)
      if (name !== undefined) return [{ ...both(path, name, 'declared and ignored'), other: [section, name] }]
      const rename = heir(pattern)
      if (rename !== undefined) return [both(path, rename.was, `ignored and renamed to ${quote(rename.name)}`)]
      const absent = gone(pattern)
      return absent === undefined ? [] : [both(path, absent, 'absent and ignored')]
    })
  })
}

function tooManyPatterns(path: Path, section: string): Finding {
  const message = `ignore has more than ${mostPatterns} patterns with * for ${section}`
  return atValue(path, 'list-length', message, 'use fewer, broader patterns')
}

/** Finds the first thing whose name matches a pattern. */
function finder<T>(all: readonly T[], nameOf: (one: T) => string): (pattern: string) => T | undefined {
  const byName = new Map(all.toReversed().map((one) => [nameOf(one), one]))
  return (pattern) =>
    pattern.includes('*') ? all.find((one) => matchesPattern(pattern, nameOf(one))) : byName.get(pattern)
}

/** An entry of `ignore.assignments` must not match an assignment that a rule grants. */
function ignoredAssignments(manifest: Json): readonly Finding[] {
  const ignored = items(at(manifest, 'ignore', 'assignments'))
  if (ignored.length === 0) return []
  const id = (name: string) => textAt(manifest, 'accounts', name) ?? name
  const rules = items(at(manifest, 'assignments')).map(([, rule]) => rowOf(rule, id))
  return ignored.flatMap(([index, entry]) => {
    const path = ['ignore', 'assignments', index]
    if (!isObject(entry) || keys(entry).length === 0) return []
    if (index >= mostPatterns) return index > mostPatterns ? [] : [tooManyPatterns(path, 'assignments')]
    const rule = rules.findIndex(matcher(entry, id))
    if (rule < 0) return []
    const message = `the entry ignores an assignment that rule ${rule + 1} of assignments declares`
    return [atKey(path, 'conflict', message, 'narrow the entry, or change the rule')]
  })
}

/** What a rule names, by the keys of an entry of `ignore.assignments`; accounts by their ids. */
type Row = Readonly<Record<'user' | 'group' | 'permission_set' | 'account', readonly string[]>>

function rowOf(rule: Json, id: (name: string) => string): Row {
  const names = (list: string) => texts(at(rule, list)).map(([, name]) => name)
  return {
    user: names('users'),
    group: names('groups'),
    permission_set: names('permission_sets'),
    account: names('accounts').map(id),
  }
}

function matcher(entry: Json, id: (name: string) => string): (row: Row) => boolean {
  const [user, group, set] = [textAt(entry, 'user'), textAt(entry, 'group'), textAt(entry, 'permission_set')]
  const account = textAt(entry, 'account')
  const some = (pattern: string | undefined, names: readonly string[]) =>
    pattern === undefined || names.some((name) => matchesPattern(pattern, name))
  return (row) =>
    (user === undefined || group === undefined) &&
    some(user, row.user) &&
    some(group, row.group) &&
    some(set, row.permission_set) &&
    (account === undefined || row.account.includes(id(account)))
}
