import type { Json } from '../../model/json.ts'
import { parseDuration, sessionBounds } from '../duration.ts'
import { asWarning, atKey, atValue, type Finding, type Path, quote } from '../finding.ts'
import { at, entries, items, textAt, texts } from '../view.ts'
import type { Check } from './check.ts'

/** Policies of both kinds together (the quota of Identity Center), and what IAM attaches to a role by default. */
const policyQuota = { set: 20, role: 10 } as const

/** Session bounds, policy counts and renames. */
export const checkPermissionSets: Check = (manifest) => [
  ...entries(at(manifest, 'permission_sets')).flatMap(([name, set]) => setFindings(set, ['permission_sets', name])),
  ...renames(manifest),
]

function setFindings(set: Json, path: Path): readonly Finding[] {
  return [...duration(set, path), ...policyCount(set, path), ...repeatedPolicies(set, path)]
}

function duration(set: Json, path: Path): readonly Finding[] {
  const written = textAt(set, 'session_duration')
  const seconds = written === undefined ? undefined : parseDuration(written)
  if (seconds === undefined || (seconds >= sessionBounds.min && seconds <= sessionBounds.max)) return []
  const bound = seconds < sessionBounds.min ? 'shorter than 1h' : 'longer than 12h'
  const message = `session_duration: ${quote(written)} is ${bound}`
  return [atValue([...path, 'session_duration'], 'duration-range', message, 'sessions last from 1h to 12h')]
}

function policyCount(set: Json, path: Path): readonly Finding[] {
  const [managed, customer] = [items(at(set, 'managed_policies')), items(at(set, 'customer_managed_policies'))]
  const count = managed.length + customer.length
  const key = [...path, customer.length > 0 ? 'customer_managed_policies' : 'managed_policies']
  // A single list that is too long is found by the schema.
  if (count > policyQuota.set && Math.max(managed.length, customer.length) <= policyQuota.set) {
    const message = `the set has ${count} policies; at most ${policyQuota.set} are allowed together`
    return [atKey(key, 'policy-count', message, 'merge some of them')]
  }
  if (count <= policyQuota.role || count > policyQuota.set) return []
  const message = `the set has ${count} policies; IAM attaches ${policyQuota.role} to a role by default`
  return [asWarning(atKey(key, 'policy-count', message, 'raise that IAM quota in every account, or merge policies'))]
}

function repeatedPolicies(set: Json, path: Path): readonly Finding[] {
  const seen = new Map<string, string>()
  return texts(at(set, 'managed_policies')).flatMap(([index, text]) => {
    const name = text.replace(/^arn:aws[a-z-]*:iam::aws:policy\//, '')
    const first = seen.get(name)
    seen.set(name, text)
    // The same spelling twice is found by the schema.
    if (first === undefined || first === text) return []
    const message = `${quote(text)} and ${quote(first)} are the same policy`
    return [atValue([...path, 'managed_policies', index], 'list-duplicate', message, 'remove one of the two')]
  })
}

function renames(manifest: Json): readonly Finding[] {
  const sets = entries(at(manifest, 'permission_sets'))
  const names = sets.map(([name]) => name)
  const earlier = sets.map(([, set]) => textAt(set, 'was'))
  return sets.flatMap(([name], index) => {
    const was = earlier[index]
    const path = ['permission_sets', name, 'was']
    if (was === undefined) return []
    if (was === name) return [atValue(path, 'rename', 'was names the set itself', 'remove it')]
    if (names.includes(was)) return [atValue(path, 'rename', stillDeclared(was), `remove ${quote(was)}, or remove was`)]
    const first = earlier.indexOf(was)
    if (first === index) return []
    const message = `${quote(was)} is renamed to ${quote(names[first])} already`
    return [atValue(path, 'rename', message, 'a set can be renamed to one new set only')]
  })
}

function stillDeclared(was: string): string {
  return `was names ${quote(was)}, which is still declared`
}
