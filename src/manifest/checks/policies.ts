import type { Json } from '../../model/json.ts'
import { isObject } from '../../model/json.ts'
import { excessOf } from '../../policies/size.ts'
import { asWarning, atKey, atValue, didYouMean, type Finding, listed, type Path, quote } from '../finding.ts'
import { at, entries, items, keys, textAt } from '../view.ts'
import type { Check } from './check.ts'

const statementKeys = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition']

/** The shape of inline policies that the schema cannot say, their character set and their size. */
export const checkPolicies: Check = (manifest) =>
  entries(at(manifest, 'permission_sets')).flatMap(([name, set]) => {
    const policy = at(set, 'inline_policy')
    return isObject(policy) ? policyFindings(policy, ['permission_sets', name, 'inline_policy']) : []
  })

function policyFindings(policy: Json, path: Path): readonly Finding[] {
  const statement = at(policy, 'Statement')
  const statements = isObject(statement)
    ? [[[...path, 'Statement'], statement] as const]
    : items(statement).map(([index, one]) => [[...path, 'Statement', index], one] as const)
  const shape = statements.flatMap(([where, one]) => (isObject(one) ? statementFindings(one, where) : []))
  return [...version(policy, path), ...shape, ...repeatedIds(statements), ...size(policy, path), ...odd(policy, path)]
}

function version(policy: Json, path: Path): readonly Finding[] {
  if (at(policy, 'Version') !== undefined) return []
  const message = 'without Version the policy uses the 2008 version, and policy variables do not work'
  return [asWarning(atKey(path, 'policy-version', message, 'add Version: "2012-10-17"'))]
}

function statementFindings(statement: Json, path: Path): readonly Finding[] {
  const found = keys(statement)
  const unknown = found.flatMap((key) => (statementKeys.includes(key) ? [] : [unknownKey(key, path)]))
  const effect = at(statement, 'Effect')
  const badEffect = effect === undefined || effect === 'Allow' || effect === 'Deny' ? [] : [wrongEffect(effect, path)]
  return [
    ...unknown,
    ...badEffect,
    ...exactlyOne(found, 'Action', 'NotAction', path),
    ...exactlyOne(found, 'Resource', 'NotResource', path),
    ...['Action', 'NotAction', 'Resource', 'NotResource'].flatMap((key) => empty(at(statement, key), [...path, key])),
  ]
}

function unknownKey(key: string, path: Path): Finding {
  const principal = key === 'Principal' || key === 'NotPrincipal'
  const hint = principal
    ? 'remove it: the policy applies to everyone who uses the permission set'
    : didYouMean(key, statementKeys, `allowed keys: ${listed(statementKeys)}`)
  return atKey([...path, key], 'policy', `${quote(key)} is not allowed in a statement`, hint)
}

function wrongEffect(effect: Json, path: Path): Finding {
  return atValue(
    [...path, 'Effect'],
    'policy',
    `Effect: ${quote(effect)} is neither Allow nor Deny`,
    'write Allow or Deny',
  )
}

function exactlyOne(found: readonly string[], key: string, not: string, path: Path): readonly Finding[] {
  const count = Number(found.includes(key)) + Number(found.includes(not))
  if (count === 1) return []
  if (count === 2)
    return [atKey([...path, not], 'policy', `a statement cannot have both ${key} and ${not}`, 'keep one')]
  return [atKey(path, 'policy', `the statement has neither ${key} nor ${not}`, `add ${key}`)]
}

// IAM refuses what names nothing: "Policy statement must contain actions", "… resources".
function empty(value: Json | undefined, path: Path): readonly Finding[] {
  if (!Array.isArray(value) || value.length > 0) return []
  return [
    atValue(
      path,
      'policy',
      `${path.at(-1)} is an empty list, which IAM refuses`,
      'name something, or remove the statement',
    ),
  ]
}

function repeatedIds(statements: readonly (readonly [Path, Json])[]): readonly Finding[] {
  const seen = new Set<string>()
  return statements.flatMap(([path, one]) => {
    const id = textAt(one, 'Sid')
    if (id === undefined || id === '') return []
    if (!seen.has(id)) {
      seen.add(id)
      return []
    }
    return [atValue([...path, 'Sid'], 'policy', `Sid ${quote(id)} is used twice`, 'give each statement its own Sid')]
  })
}

function size(policy: Json, path: Path): readonly Finding[] {
  const excess = excessOf(policy)
  if (excess === undefined) return []
  const message = `the inline policy has ${excess.size} ${excess.unit}; at most ${excess.limit} are allowed`
  return [atKey(path, 'policy-size', message, 'shorten it with wildcards, or use a customer managed policy')]
}

/** Values that no policy can hold: null, and characters outside Latin-1. */
function odd(value: Json, path: Path): readonly Finding[] {
  if (value === null) return [atValue(path, 'value-empty', 'the value is empty', 'write a value, or remove the key')]
  if (typeof value === 'string') return notLatin1(value, path)
  if (Array.isArray(value)) return items(value).flatMap(([index, item]) => odd(item, [...path, index]))
  return entries(value).flatMap(([key, inner]) => [...notLatin1(key, [...path, key]), ...odd(inner, [...path, key])])
}

function notLatin1(value: string, path: Path): readonly Finding[] {
  const character = /[\u0100-\u{10FFFF}]/u.exec(value)?.[0]
  if (character === undefined) return []
  const message = `a policy cannot contain ${quote(character)}; only Latin-1 characters are allowed`
  return [atValue(path, 'latin-1', message, 'use * or ? instead, or another name')]
}
