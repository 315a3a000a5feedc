import type { Manifest } from '../../manifest/types.ts'
import { nameOf } from '../../model/address.ts'
import { matchesPattern } from '../../model/name-pattern.ts'
import type { Ignore, Never } from '../declaration.ts'

type Names = NonNullable<Manifest['ignore']>

type NamedSection = Exclude<keyof Names, 'assignments' | 'policy_findings'>

/** Things that `ignore` names by patterns in a list of the section they belong to. */
export function ignoredBy(section: NamedSection): Ignore {
  return {
    names: (at, _entry, manifest) => isIgnored(manifest, section, nameOf(at)),
    entry: (at) => starless(nameOf(at)) ?? { list: section, item: nameOf(at) },
  }
}

/** Why a name cannot be ignored by itself; undefined where it can. Pure. */
export function starless(...names: readonly string[]): Never | undefined {
  const starred = names.find((name) => name.includes('*'))
  return starred === undefined
    ? undefined
    : { never: `${starred} has a * in it, which under ignore stands for any characters and so would name others too` }
}

/** True for a name that a list of `ignore` matches. Pure. */
export function isIgnored({ ignore }: Manifest, section: NamedSection, name: string): boolean {
  return (ignore?.[section] ?? []).some((pattern) => matchesPattern(pattern, name))
}
