import { canonical, type Json } from '../../model/json.ts'
import { customerPolicy, policyName } from '../../policies/names.ts'
import { parseDuration, sessionBounds } from '../duration.ts'
import { asWarning, atKey, atValue, type Finding, type Path, quote } from '../finding.ts'
import { at, entries, items, textAt, texts } from '../view.ts'
import type { Check } from './check.ts'

/** Policies of both kinds together (the quota of Identity Center), and what IAM attaches to a role by default. */
const policyQuota = { set: 20, role: 10 } as const

/** Session bounds, policy counts and fields that are both kept and given a value. */
export const checkPermissionSets: Check = (manifest) =>
  entries(at(manifest, 'permission_sets')).flatMap(([name, set]) => setFindings(set, ['permission_sets', name]))

function setFindings(set: Json, path: Path): readonly Finding[] {
  return [
    ...duration(set, path),
    ...policyCount(set, path),
    ...repeated(set, [...path, 'managed_policies'], managedName),
    // A path left out is easily overlooked, and nothing is wrong with the set that comes of it.
    ...repeated(set, [...path, 'customer_managed_policies'], customerName).map(asWarning),
    ...keptAndGiven(set, path),
  ]
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
    const message = `the set has ${count} policies; at most ${policyQuota.set} are allowed in total`
    return [atKey(key, 'policy-count', message, 'merge some of them')]
  }
  if (count <= policyQuota.role || count > policyQuota.set) return []
  const message = `the set has ${count} policies; the IAM quota is ${policyQuota.role} for a role by default`
  return [asWarning(atKey(key, 'policy-count', message, 'raise that IAM quota in every account, or merge policies'))]
}

/** Policies of a list that are one policy in two spellings; `nameOf` tells which policy an item is. */
function repeated(set: Json, path: Path, nameOf: (item: Json) => string | undefined): readonly Finding[] {
  const seen = new Map<string, Json>()
  return items(at(set, String(path.at(-1)))).flatMap(([index, item]) => {
    const name = nameOf(item)
    if (name === undefined) return []
    const first = seen.get(name)
    seen.set(name, item)
    // The same spelling twice is found by the schema.
    if (first === undefined || canonical(first) === canonical(item)) return []
    const message = `${quote(item)} and ${quote(first)} are the same policy`
    return [atValue([...path, index], 'list-duplicate', message, 'remove one of the two')]
  })
}

function managedName(item: Json): string | undefined {
  return typeof item === 'string' ? policyName(item) : undefined
}

function customerName(item: Json): string | undefined {
  const [name, path] = [textAt(item, 'name'), textAt(item, 'path')]
  return name === undefined ? undefined : customerPolicy(path === undefined ? { name } : { name, path })
}

/** A value for a kept field is no contradiction: it is what a new set starts with. It does nothing afterwards, though. */
function keptAndGiven(set: Json, path: Path): readonly Finding[] {
  return texts(at(set, 'keep')).flatMap(([index, field]) => {
    const given = [`${field}_file`, field].find((key) => at(set, key) !== undefined)
    if (given === undefined) return []
    const message = `${field} is listed under keep; the value of ${given} is used only when the set is created`
    const hint = `remove ${field} from keep to manage it, or remove ${given} to leave it as it is in AWS`
    return [asWarning(atValue([...path, 'keep', index], 'keep-declared', message, hint))]
  })
}
