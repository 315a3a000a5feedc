import type { Json } from '../../model/json.ts'
import { atKey, atValue, didYouMean, type Finding, listed, type Path, quote } from '../finding.ts'
import { at, entries, items, keys, textAt, texts } from '../view.ts'
import type { Check } from './check.ts'
import { renamesIn } from './renames.ts'

interface Referenced {
  readonly section: 'users' | 'groups' | 'permission_sets'
  readonly noun: string
}

const user: Referenced = { section: 'users', noun: 'user' }
const group: Referenced = { section: 'groups', noun: 'group' }
const set: Referenced = { section: 'permission_sets', noun: 'permission set' }

/** Users, groups and permission sets that are named somewhere must be declared. */
export const checkReferences: Check = (manifest) => [
  ...members(manifest),
  ...managers(manifest),
  ...rules(manifest),
  ...applications(manifest),
  ...profiles(manifest),
  ...generated(manifest),
  ...activated(manifest),
]

function members(manifest: Json): readonly Finding[] {
  return entries(at(manifest, 'groups')).flatMap(([name, value]) =>
    named(manifest, user, at(value, 'members'), ['groups', name, 'members']),
  )
}

function managers(manifest: Json): readonly Finding[] {
  return entries(at(manifest, 'users')).flatMap(([name, value]) => {
    const manager = textAt(value, 'manager')
    // What is empty clears, and what is no user name is said to be none.
    const isName = manager !== undefined && manager !== '' && !/\s/.test(manager)
    return reference(manifest, user, isName ? manager : undefined, ['users', name, 'manager'])
  })
}

function rules(manifest: Json): readonly Finding[] {
  return items(at(manifest, 'assignments')).flatMap(([index, rule]) =>
    [user, group, set].flatMap((kind) =>
      named(manifest, kind, at(rule, kind.section), ['assignments', index, kind.section]),
    ),
  )
}

function applications(manifest: Json): readonly Finding[] {
  return entries(at(manifest, 'applications')).flatMap(([name, value]) =>
    [user, group].flatMap((kind) =>
      named(manifest, kind, at(value, kind.section), ['applications', name, kind.section]),
    ),
  )
}

/** On a laptop without a `permission_sets` section, profiles may name sets that are declared elsewhere. */
function profiles(manifest: Json): readonly Finding[] {
  if (at(manifest, 'permission_sets') === undefined) return []
  return entries(at(manifest, 'local', 'profiles')).flatMap(([name, profile]) => {
    const path = ['local', 'profiles', name, 'permission_set']
    return reference(manifest, set, textAt(profile, 'permission_set'), path)
  })
}

function generated(manifest: Json): readonly Finding[] {
  if (at(manifest, 'users') === undefined) return []
  return reference(manifest, user, textAt(manifest, 'local', 'generate', 'user'), ['local', 'generate', 'user'])
}

function activated(manifest: Json): readonly Finding[] {
  if (at(manifest, 'users') === undefined) return []
  return keys(at(manifest, 'checklist', 'activated')).flatMap((name) =>
    reference(manifest, user, name, ['checklist', 'activated', name], atKey),
  )
}

function named(manifest: Json, kind: Referenced, list: Json | undefined, path: Path): readonly Finding[] {
  return texts(list).flatMap(([index, name]) => reference(manifest, kind, name, [...path, index]))
}

function reference(
  manifest: Json,
  kind: Referenced,
  name: string | undefined,
  path: Path,
  point: typeof atValue = atValue,
): readonly Finding[] {
  if (name === undefined || at(manifest, kind.section, name) !== undefined) return []
  const message = `${kind.noun} ${quote(name)} is not declared under ${kind.section}`
  const hint = () => advice(manifest, kind, name)
  return [point(path, `${kind.noun.replace(' ', '-')}-undeclared`, message, hint)]
}

function advice(manifest: Json, kind: Referenced, name: string): string {
  const declared = keys(at(manifest, kind.section))
  const renamed = renamesIn(manifest, kind.section).find(({ was }) => was === name)
  if (renamed !== undefined) return `it is renamed to ${quote(renamed.name)}; use the new name`
  const add = `declare it, or add ${quote(name)}: { external: true } if it is managed elsewhere`
  return didYouMean(name, declared, declared.length === 0 ? add : `${add}; declared: ${listed(declared)}`)
}
