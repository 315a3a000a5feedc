import type { IgnoredAssignment, Manifest } from '../../manifest/types.ts'
import { matchesPattern } from '../../model/name-pattern.ts'
import type { AssignmentSpec } from '../../model/specs.ts'
import type { Ignore } from '../declaration.ts'
import { isIgnored } from '../shared/ignore-names.ts'

/** Assignments that a rule of `ignore.assignments` names, and all of an ignored set or principal. */
export const ignoreAssignments: Pick<Ignore<'assignment'>, 'names'> = {
  names(_at, { spec }, manifest) {
    const principals = spec.principal_type === 'user' ? 'users' : 'groups'
    if (isIgnored(manifest, 'permission_sets', spec.permission_set) || isIgnored(manifest, principals, spec.principal))
      return true
    return (manifest.ignore?.assignments ?? []).some((rule) => matches(rule, spec, manifest))
  },
}

// Every key of a rule has to match; a rule without keys ignores nothing.
function matches(rule: IgnoredAssignment, spec: AssignmentSpec, { accounts }: Manifest): boolean {
  const { account, permission_set, user, group } = rule
  const principal = (type: AssignmentSpec['principal_type']) =>
    spec.principal_type === type ? spec.principal : undefined
  const pairs: readonly (readonly [pattern: string | undefined, found: string | undefined])[] = [
    [account === undefined ? undefined : (accounts?.[account] ?? account), spec.account],
    [permission_set, spec.permission_set],
    [user, principal('user')],
    [group, principal('group')],
  ]
  const given = pairs.filter(([pattern]) => pattern !== undefined)
  return (
    given.length > 0 && given.every(([pattern = '', found]) => found !== undefined && matchesPattern(pattern, found))
  )
}
