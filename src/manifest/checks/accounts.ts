import type { Json } from '../../model/json.ts'
import { isAccountId, numericProblem } from '../account-id.ts'
import { asWarning, atKey, atValue, didYouMean, type Finding, type Path, quote } from '../finding.ts'
import { at, entries, items, keys, textAt } from '../view.ts'
import type { Check } from './check.ts'

/** Account selectors: bare words must be known, and `except` must be able to take something away. */
export const checkAccounts: Check = (manifest) => [
  ...items(at(manifest, 'assignments')).flatMap(([index, rule]) =>
    ruleFindings(manifest, rule, ['assignments', index]),
  ),
  ...entries(at(manifest, 'local', 'profiles')).flatMap(([name, profile]) =>
    one(manifest, at(profile, 'account'), ['local', 'profiles', name, 'account'], false),
  ),
  ...items(at(manifest, 'include')).flatMap(([entry, included]) =>
    items(at(included, 'only', 'accounts')).flatMap(([index, value]) =>
      one(manifest, value, ['include', entry, 'only', 'accounts', index], true),
    ),
  ),
  ...one(
    manifest,
    at(manifest, 'identity_center', 'delegated_administrator'),
    ['identity_center', 'delegated_administrator'],
    false,
  ),
  ...items(at(manifest, 'absent', 'delegated_administrators')).flatMap(([index, value]) =>
    one(manifest, value, ['absent', 'delegated_administrators', index], false),
  ),
  ...items(at(manifest, 'ignore', 'assignments')).flatMap(([index, entry]) =>
    one(manifest, at(entry, 'account'), ['ignore', 'assignments', index, 'account'], false),
  ),
]

function ruleFindings(manifest: Json, rule: Json, path: Path): readonly Finding[] {
  const selectors = (key: string) =>
    items(at(rule, key)).flatMap(([index, value]) => one(manifest, value, [...path, key, index], key === 'accounts'))
  return [
    ...selectors('accounts'),
    ...selectors('except'),
    ...exceptions(manifest, rule, path),
    ...principals(rule, path),
  ]
}

/** A rule for nobody is a rule that was cut off while it was written. */
function principals(rule: Json, path: Path): readonly Finding[] {
  if (at(rule, 'users') !== undefined || at(rule, 'groups') !== undefined || keys(rule).length === 0) return []
  return [
    atKey(path, 'key-missing', 'the rule names neither users nor groups', 'add users: [taro] or groups: [admins]'),
  ]
}

/** `all` selects many accounts, so it only stands where many may stand. */
function one(manifest: Json, value: Json | undefined, path: Path, many: boolean): readonly Finding[] {
  if (typeof value !== 'string' || value === '') return []
  const known = value === 'management' || at(manifest, 'accounts', value) !== undefined
  if (known || isAccountId(value) || (many && value === 'all')) return []
  if (value === 'all') {
    return [atValue(path, 'account-many', '"all" is not allowed here; expected one account', 'name one account')]
  }
  const { code, message, hint } = numericProblem(value) ?? unknown(manifest, value, many)
  return [atValue(path, code, message, hint)]
}

function unknown(manifest: Json, value: string, many: boolean) {
  const otherwise = `declare it under accounts, or write { name: ${value} } for the account's name in AWS`
  return {
    code: 'account-undeclared',
    message: `account ${quote(value)} is not a nickname under accounts`,
    hint: () =>
      didYouMean(value, [...keys(at(manifest, 'accounts')), 'management', ...(many ? ['all'] : [])], otherwise),
  }
}

/** What a selector stands for, as far as it is known offline: a 12-digit id, `management`, or undefined. */
function known(manifest: Json, value: Json): string | undefined {
  if (typeof value !== 'string' || value === 'all') return undefined
  const id = textAt(manifest, 'accounts', value) ?? value
  return id === textAt(manifest, 'accounts', 'management') ? 'management' : id
}

function exceptions(manifest: Json, rule: Json, path: Path): readonly Finding[] {
  const included = new Set(items(at(rule, 'accounts')).map(([, value]) => known(manifest, value)))
  const excluded = items(at(rule, 'except')).map(([index, value]) => [index, value, known(manifest, value)] as const)
  const useless = excluded.flatMap(([index, value, id]) => {
    if (id === undefined || included.has(id)) return []
    const where = [...path, 'except', index]
    if (!included.has(undefined)) return [cannotMatch(where, value)]
    return id === 'management' ? [asWarning(leftOutAnyway(where))] : []
  })
  return [...useless, ...nothingLeft(included, new Set(excluded.map(([, , id]) => id)), path)]
}

function cannotMatch(path: Path, value: Json): Finding {
  const message = `except names ${quote(value)}, which accounts does not include`
  return atValue(path, 'except-unmatched', message, 'remove it, or add the account to accounts')
}

function leftOutAnyway(path: Path): Finding {
  const message = 'all, ou and tag never include the management account'
  return atValue(path, 'except-unmatched', message, 'remove it; name management under accounts to include it')
}

function nothingLeft(
  included: ReadonlySet<string | undefined>,
  excluded: ReadonlySet<string | undefined>,
  path: Path,
): readonly Finding[] {
  const left = [...included].filter((id) => id === undefined || !excluded.has(id))
  if (included.size === 0 || left.length > 0) return []
  const message = 'except leaves no account for the rule'
  return [atKey([...path, 'except'], 'except-everything', message, 'remove the rule, or accounts from except')]
}
