import { isObject, type Json } from '../../model/json.ts'
import { lastMoment } from '../../model/moments.ts'
import { atKey, atValue, type Finding, type Path, quote } from '../finding.ts'
import { at, entries, items, textAt, texts } from '../view.ts'
import type { Check } from './check.ts'
import { mayHoldForGood, type Who } from './for-good.ts'

/**
 * What is protected cannot be what the same file ends: a revoked user, a rule with a first or a last day, what a rule with a last day gives to
 * somebody who is protected.
 */
export const checkProtections: Check = (manifest, { today }) => [
  ...items(at(manifest, 'assignments')).flatMap(([row, rule]) =>
    isStillToEnd(rule, today) ? endingForProtected(manifest, rule, row) : [],
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

// Of a rule that is over nothing may be left; where something is, the plan tells it.
function isStillToEnd(rule: Json, today: Date | undefined): boolean {
  if (at(rule, 'until') === undefined) return false
  const end = lastMoment(textAt(rule, 'until') ?? '')
  return !end || !today || !(end < today)
}

// What it gives cannot end, and would be told of by each plan from that day on.
function endingForProtected(manifest: Json, rule: Json, row: number): readonly Finding[] {
  return (['users', 'groups'] as const).flatMap((section) =>
    texts(at(rule, section)).flatMap(([index, name]) => {
      const who = protectedAmong(manifest, section, name).find((one) => !mayHoldForGood(manifest, rule, one))
      if (who === undefined) return []
      const message = `until: ${quote(who.name)} is protected, so what this rule gives could not end`
      const hint = `take ${quote(name)} out of this rule, and add a rule without until where it is to stay; or take protect out of ${quote(who.name)}`
      return [atValue(['assignments', row, section, index], 'protected', message, hint)]
    }),
  )
}

/** Who of a rule's member is protected: the member, and whoever is in that group. */
function protectedAmong(manifest: Json, section: Who['section'], name: string): readonly Who[] {
  const entry = at(manifest, section, name)
  const members = section === 'groups' ? texts(at(entry, 'members')).map(([, one]) => one) : []
  return [
    ...(entry !== undefined && isProtected(entry) ? [{ section, name }] : []),
    ...members
      .filter((one) => isProtected(at(manifest, 'users', one) ?? null))
      .map((one) => ({ section: 'users', name: one }) as const),
  ]
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
