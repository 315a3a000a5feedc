import type { Json } from '../../model/json.ts'
import { firstMoment, lastMoment } from '../../model/moments.ts'
import { asWarning, atValue, type Finding, label, type Path, quote } from '../finding.ts'
import { at, entries, items, textAt } from '../view.ts'
import type { Check, CheckContext } from './check.ts'

/** Dates must exist in the calendar; an `until` that has passed is worth a warning. */
export const checkDates: Check = (manifest, context) =>
  dated(manifest).flatMap(([path, text]) => {
    const end = lastMoment(text)
    if (end === undefined) return []
    if (Number.isNaN(end.getTime())) return [impossible(path, text)]
    if (path.at(-1) === 'from') return reversed(manifest, path, text)
    return path.at(-1) === 'until' ? passed(path, text, end, context) : []
  })

function dated(manifest: Json): readonly (readonly [Path, string])[] {
  const checklist = at(manifest, 'checklist')
  const places: readonly (readonly [Path, string | undefined])[] = [
    ...items(at(manifest, 'assignments')).flatMap(([i, rule]) =>
      ['from', 'until'].map((key) => [['assignments', i, key], textAt(rule, key)] as const),
    ),
    ...entries(at(manifest, 'users')).map(([n, one]) => [['users', n, 'birthdate'], textAt(one, 'birthdate')] as const),
    ...entries(checklist).map(([key, value]) => [['checklist', key], text(value)] as const),
    ...entries(at(checklist, 'activated')).map(([n, value]) => [['checklist', 'activated', n], text(value)] as const),
    ...entries(at(manifest, 'revoked')).map(([n, value]) => [['revoked', n], text(value)] as const),
    ...entries(at(manifest, 'revoked')).flatMap(([n, one]) =>
      ['since', 'sessions'].map((key) => [['revoked', n, key], textAt(one, key)] as const),
    ),
  ]
  return places.flatMap(([path, value]) => (value === undefined ? [] : [[path, value] as const]))
}

function text(value: Json): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function impossible(path: Path, written: string): Finding {
  return atValue(path, 'date', `${label(path)}: ${quote(written)} is not a valid date`, 'check day and month')
}

function reversed(manifest: Json, path: Path, from: string): readonly Finding[] {
  const until = textAt(at(manifest, ...path.slice(0, -1)), 'until')
  const [start, end] = [firstMoment(from), until === undefined ? undefined : lastMoment(until)]
  if (!start || !end || !(start.getTime() > end.getTime())) return []
  const message = `from: ${quote(from)} is later than until: ${quote(until ?? '')}`
  return [atValue(path, 'date', message, 'exchange them, or correct one of them')]
}

function passed(path: Path, written: string, end: Date, { today }: CheckContext): readonly Finding[] {
  if (today === undefined || end >= today) return []
  const message = `until: ${quote(written)} has passed, so the rule no longer applies`
  return [
    asWarning(
      atValue(path, 'until-passed', message, 'apply removes what it granted; then remove the rule, or change the date'),
    ),
  ]
}
