import type { LoadedManifest } from '../manifest/load.ts'
import { matchesPattern } from '../manifest/name-pattern.ts'
import type { IgnoredAssignment, Manifest } from '../manifest/types.ts'
import { type Address, kindOf, nameOf } from '../model/address.ts'
import type { AssignmentSpec, MembershipSpec } from '../model/specs.ts'
import type { Entry } from '../model/state.ts'

/** True for a live thing that the manifest says to leave alone and not to report. It still counts wherever safety is judged. */
export function ignored(at: Address, { spec }: Entry, { manifest }: LoadedManifest): boolean {
  const kind = kindOf(at)
  if (kind === 'user' || kind === 'group' || kind === 'permission-set') return named(manifest, kind, nameOf(at))
  if (kind === 'membership') {
    const { group, user } = spec as MembershipSpec
    return named(manifest, 'group', group) || named(manifest, 'user', user)
  }
  return kind === 'assignment' && ignoredAssignment(spec as AssignmentSpec, manifest)
}

const sections = { user: 'users', group: 'groups', 'permission-set': 'permission_sets' } as const

function named({ ignore }: Manifest, kind: keyof typeof sections, name: string): boolean {
  return (ignore?.[sections[kind]] ?? []).some((pattern) => matchesPattern(pattern, name))
}

function ignoredAssignment(spec: AssignmentSpec, manifest: Manifest): boolean {
  if (named(manifest, 'permission-set', spec.permission_set) || named(manifest, spec.principal_type, spec.principal))
    return true
  return (manifest.ignore?.assignments ?? []).some((rule) => matches(rule, spec, manifest))
}

// Every key of a rule has to match; a rule without keys ignores nothing.
function matches(rule: IgnoredAssignment, spec: AssignmentSpec, manifest: Manifest): boolean {
  const value = (key: keyof IgnoredAssignment) => {
    if (key === 'account') return spec.account
    if (key === 'permission_set') return spec.permission_set
    return spec.principal_type === key ? spec.principal : undefined
  }
  const keys = Object.entries(rule) as [keyof IgnoredAssignment, string][]
  return (
    keys.length > 0 &&
    keys.every(([key, pattern]) => {
      const found = value(key)
      const desired = key === 'account' ? (manifest.accounts?.[pattern] ?? pattern) : pattern
      return found !== undefined && matchesPattern(desired, found)
    })
  )
}
