import type { Json } from '../../model/json.ts'
import { atKey, atValue, type Finding, quote } from '../finding.ts'
import { at, entries, keys, textAt } from '../view.ts'
import type { Check } from './check.ts'

/** Names of users, of groups and of attributes must differ in more than case, and no two users can have the same e-mail address. */
export const checkIdentities: Check = (manifest) => [
  ...sameNames(manifest, 'users', 'user'),
  ...sameNames(manifest, 'groups', 'group'),
  ...sameNames(manifest, 'access_control_attributes', 'attribute'),
  ...sameEmails(manifest),
]

function sameNames(manifest: Json, section: string, noun: string): readonly Finding[] {
  const names = keys(at(manifest, section))
  return twins(names).map(([first, later]) => {
    const message = `${noun} names ${quote(names[first])} and ${quote(names[later])} differ only in case`
    const path = [section, names[later] ?? '']
    const other = [section, names[first] ?? '']
    return { ...atKey(path, `${noun}-case`, message, `Identity Center treats them as the same ${noun}`), other }
  })
}

function sameEmails(manifest: Json): readonly Finding[] {
  const users = entries(at(manifest, 'users')).flatMap(([name, value]) => {
    const email = textAt(value, 'email')
    return email === undefined ? [] : [{ name, email }]
  })
  return twins(users.map(({ email }) => email)).map(([first, later]) => {
    const message = `users ${quote(users[first]?.name)} and ${quote(users[later]?.name)} have the same e-mail address`
    const path = ['users', users[later]?.name ?? '', 'email']
    const other = ['users', users[first]?.name ?? '']
    return { ...atValue(path, 'email-duplicate', message, 'give each user a different address'), other }
  })
}

/** Pairs of indexes: every text that is, but for case, a repetition, with the first one it repeats. */
function twins(texts: readonly string[]): readonly (readonly [first: number, later: number])[] {
  const firsts = new Map<string, number>()
  return texts.flatMap((text, index) => {
    const folded = text.toLowerCase()
    const first = firsts.get(folded)
    if (first !== undefined) return [[first, index] as const]
    firsts.set(folded, index)
    return []
  })
}
