import type { Manifest } from '../../manifest/types.ts'
import { nameOf } from '../../model/address.ts'
import { matchesPattern } from '../../model/name-pattern.ts'
import type { Ignore } from '../declaration.ts'

type Names = NonNullable<Manifest['ignore']>

type NamedSection = Exclude<keyof Names, 'assignments' | 'policy_findings'>

/** Things that `ignore` names by patterns in a list of the section they belong to. */
export function ignoredBy(section: NamedSection): Ignore {
  return { names: (at, _entry, manifest) => isIgnored(manifest, section, nameOf(at)) }
}

/** True for a name that a list of `ignore` matches. Pure. */
export function isIgnored({ ignore }: Manifest, section: NamedSection, name: string): boolean {
  return (ignore?.[section] ?? []).some((pattern) => matchesPattern(pattern, name))
}
