import { canonical, isObject, type Json } from '../../model/json.ts'
import { atKey, atValue, type Finding, type Path, quote } from '../finding.ts'
import { at, entries, items, texts } from '../view.ts'
import type { Check } from './check.ts'

/**
 * What is protected cannot be what the same file ends: a revoked user, a rule with a first or a last day, what a rule with a last day gives to
 * somebody who is protected.
 */
export const checkProtections: Check = (manifest) => [
  ...items(at(manifest, 'assignments')).flatMap(([row, rule]) =>
    at(rule, 'until') === undefined ? [] : endingForProtected(manifest, rule, row),
  ),
  ...entries(at(manifest, 'users')).flatMap(([name, one]) =>
    isProtected(one) ? revoked(manifest, name, ['users', name, 'protect']) : [],
  ),
  ...items(at(manifest, 'assignments')).flatMap(([row, rule]) =>
    isProtected(rule) ? [...ending(rule, row), ...revokedIn(manifest, rule, row)] : [],
  ),
]

function isProtected(one: Json): boolean {
  return isObject(one) && one.protect === true
}

function revoked(manifest: Json, name: string, path: Path): readonly Finding[] {
  const entry = entries(at(manifest, 'revoked')).find(([user]) => user === name)?.[1]
  // Sessions that end are started again.
  if (entry === undefined || (isObject(entry) && entry.since === undefined)) return []
  const message = `${quote(name)} is protected here, and revoked in the same file`
  const hint = `take this line out to end the access of ${quote(name)}, or take ${quote(name)} out of revoked`
  return [atKey(path, 'protected', message, hint)]
}

function revokedIn(manifest: Json, rule: Json, row: number): readonly Finding[] {
  return texts(at(rule, 'users')).flatMap(([, name]) => revoked(manifest, name, ['assignments', row, 'protect']))
}

// What it gives cannot end, and would be told of by each plan from that day on.
function endingForProtected(manifest: Json, rule: Json, row: number): readonly Finding[] {
  return (['users', 'groups'] as const).flatMap((section) =>
    texts(at(rule, section)).flatMap(([index, name]) => {
      const who = protectedAmong(manifest, section, name)
      if (who === undefined || isGivenForGood(manifest, rule, section, name)) return []
      const message = `until: ${quote(who)} is protected, so what this rule gives could not end`
      const hint = `take ${quote(name)} out of this rule, and add a rule without until where it is to stay; or take protect out of ${quote(who)}`
      return [atValue(['assignments', row, section, index], 'protected', message, hint)]
    }),
  )
}

/** Who of a rule's member is protected: the member, or somebody in that group. */
function protectedAmong(manifest: Json, section: 'users' | 'groups', name: string): string | undefined {
  const entry = at(manifest, section, name)
  if (entry !== undefined && isProtected(entry)) return name
  const members = section === 'groups' ? texts(at(entry, 'members')) : []
  return members.map(([, member]) => member).find((member) => isProtected(at(manifest, 'users', member) ?? null))
}

/** True where a rule without dates gives a member at least the same, as it is written. */
function isGivenForGood(manifest: Json, rule: Json, section: 'users' | 'groups', name: string): boolean {
  const holds = (other: Json, key: string) => {
    const there = new Set(items(at(other, key)).map(([, one]) => canonical(one)))
    return items(at(rule, key)).every(([, one]) => there.has(canonical(one)))
  }
  return items(at(manifest, 'assignments')).some(
    ([, other]) =>
      ['until', 'from', 'except'].every((key) => at(other, key) === undefined) &&
      texts(at(other, section)).some(([, one]) => one === name) &&
      holds(other, 'permission_sets') &&
      holds(other, 'accounts'),
  )
}

// A day before which nothing is granted takes away what was granted until then.
function ending(rule: Json, row: number): readonly Finding[] {
  const wrong = { until: 'until: a protected rule has no end', from: 'from: a protected rule has no beginning' }
  return Object.entries(wrong).flatMap(([key, message]) =>
    at(rule, key) === undefined
      ? []
      : [atValue(['assignments', row, key], 'protected', message, `take out ${key}, or protect`)],
  )
}
