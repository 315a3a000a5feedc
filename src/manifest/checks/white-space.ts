import { isObject, type Json } from '../../model/json.ts'
import { asWarning, atValue, type Finding, type Path, quote } from '../finding.ts'
import { at, entries, textAt } from '../view.ts'
import type { Check } from './check.ts'

/** Texts with white space at their ends: whether AWS keeps it is documented nowhere, and nobody sees it. */
export const checkWhiteSpace: Check = (manifest) => [
  ...entries(at(manifest, 'users')).flatMap(([name, user]) => textsIn(user, ['users', name])),
  ...(['groups', 'permission_sets'] as const).flatMap((section) =>
    entries(at(manifest, section)).flatMap(([name, one]) =>
      atEnds(['description'], withoutLastBreak(textAt(one, 'description')), [section, name]),
    ),
  ),
]

function textsIn(value: Json, owner: Path, path: Path = []): readonly Finding[] {
  if (typeof value === 'string') return atEnds(path, value, owner)
  if (Array.isArray(value)) return value.flatMap((one: Json, index) => textsIn(one, owner, [...path, index]))
  return isObject(value) ? entries(value).flatMap(([key, one]) => textsIn(one, owner, [...path, key])) : []
}

// Every text that is written as a block of lines ends with one.
function withoutLastBreak(text = ''): string {
  return text.replace(/(?<=\S)\n$/, '')
}

function atEnds(path: Path, text: string, owner: Path): readonly Finding[] {
  if (text === text.trim()) return []
  const [section, name] = owner
  const what = `${path.filter((step) => typeof step === 'string').join('.')} of ${nouns[String(section)]} ${quote(name)}`
  const [message, hint] =
    text.trim() === ''
      ? [`${what} is nothing but white space, which counts as ""`, 'write what is meant, or take the white space out']
      : [
          `${what} ${where(text)} white space, which AWS may keep or drop: ${quote(text)}`,
          'take the white space out, since a plan takes both for what the file says',
        ]
  return [asWarning(atValue([...owner, ...path], 'white-space', message, hint))]
}

const nouns: Readonly<Record<string, string>> = { users: 'user', groups: 'group', permission_sets: 'permission set' }

function where(text: string): string {
  if (text === text.trimEnd()) return 'begins with'
  return text === text.trimStart() ? 'ends with' : 'begins and ends with'
}
