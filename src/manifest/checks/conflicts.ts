import { isObject, type Json } from '../../model/json.ts'
import { atKey, atValue, type Finding, type Path, quote } from '../finding.ts'
import { matchesPattern } from '../name-pattern.ts'
import { at, entries, items, keys, textAt, texts } from '../view.ts'
import type { Check } from './check.ts'
import { renamesIn } from './renames.ts'

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
  return keys(at(manifest, section))
}

function absentAndDeclared(manifest: Json): readonly Finding[] {
  return entries(at(manifest, 'absent')).flatMap(([section, list]) =>
    texts(list).flatMap(([index, name]) => {
      const path = ['absent', section, index]
      if (declared(manifest, section).includes(name)) return [both(path, name, 'declared and absent')]
      return renamed(manifest, section, name, path)
    }),
  )
}

function both(path: Path, name: string, what: string): Finding {
  return atValue(path, 'conflict', `${quote(name)} is both ${what}`, 'keep one of the two')
}

function renamed(manifest: Json, section: string, name: string, path: Path): readonly Finding[] {
  const rename = renamesIn(manifest, section).find(({ was }) => was === name)
  if (rename === undefined) return []
  const end = section === 'groups' ? `so there will be no ${quote(name)} to remove` : 'which deletes it already'
  const message = `${quote(name)} is renamed to ${quote(rename.name)}, ${end}`
  return [atValue(path, 'conflict', message, 'remove it here')]
}

function ignoredNames(manifest: Json): readonly Finding[] {
  // Assignments are named by rules, which are looked at below.
  const sections = keys(at(manifest, 'ignore')).filter((section) => section !== 'assignments')
  return sections.flatMap((section) =>
    texts(at(manifest, 'ignore', section)).flatMap(([index, pattern]) => {
      const path = ['ignore', section, index]
      const own = keys(at(manifest, section)).find((name) => matchesPattern(pattern, name))
      if (own !== undefined) return [both(path, own, 'declared and ignored')]
      const rename = renamesIn(manifest, section).find(({ was }) => matchesPattern(pattern, was))
      if (rename !== undefined) return [both(path, rename.was, `ignored and renamed to ${quote(rename.name)}`)]
      const gone = texts(at(manifest, 'absent', section)).find(([, name]) => matchesPattern(pattern, name))
      return gone === undefined ? [] : [both(path, gone[1], 'absent and ignored')]
    }),
  )
}

/** An entry of `ignore.assignments` must not match an assignment that a rule grants. */
function ignoredAssignments(manifest: Json): readonly Finding[] {
  return items(at(manifest, 'ignore', 'assignments')).flatMap(([index, entry]) => {
    if (!isObject(entry) || keys(entry).length === 0) return []
    const rule = items(at(manifest, 'assignments')).findIndex(([, one]) => grants(manifest, one, entry))
    if (rule < 0) return []
    const message = `the entry ignores an assignment that rule ${rule + 1} of assignments declares`
    return [atKey(['ignore', 'assignments', index], 'conflict', message, 'narrow the entry, or change the rule')]
  })
}

function grants(manifest: Json, rule: Json, entry: Json): boolean {
  const some = (key: string, list: string) => {
    const pattern = textAt(entry, key)
    return pattern === undefined || texts(at(rule, list)).some(([, name]) => matchesPattern(pattern, name))
  }
  const principal = textAt(entry, 'user') === undefined || textAt(entry, 'group') === undefined
  return (
    principal &&
    some('user', 'users') &&
    some('group', 'groups') &&
    some('permission_set', 'permission_sets') &&
    inAccount(manifest, rule, entry)
  )
}

function inAccount(manifest: Json, rule: Json, entry: Json): boolean {
  const account = textAt(entry, 'account')
  if (account === undefined) return true
  const id = (name: string) => textAt(manifest, 'accounts', name) ?? name
  return texts(at(rule, 'accounts')).some(([, name]) => id(name) === id(account))
}
