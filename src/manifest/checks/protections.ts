import { isObject, type Json } from '../../model/json.ts'
import { atKey, atValue, type Finding, type Path, quote } from '../finding.ts'
import { at, entries, items, texts } from '../view.ts'
import type { Check } from './check.ts'

/** What is protected cannot be what the same file ends: a revoked user, a rule with a first or a last day. */
export const checkProtections: Check = (manifest) => [
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

// A day before which nothing is granted takes away what was granted until then.
function ending(rule: Json, row: number): readonly Finding[] {
  const wrong = { until: 'until: a protected rule has no end', from: 'from: a protected rule has no beginning' }
  return Object.entries(wrong).flatMap(([key, message]) =>
    at(rule, key) === undefined
      ? []
      : [atValue(['assignments', row, key], 'protected', message, `take out ${key}, or protect`)],
  )
}
