import type { Manifest } from '../manifest/types.ts'
import { nameOf } from '../model/address.ts'
import type { Facts } from '../model/facts.ts'
import { firstMoment, lastMoment } from '../model/moments.ts'
import { sortedEntries } from '../model/state.ts'
import { plural } from '../text/count.ts'
import { shown } from '../text/shown.ts'
import { isWhole, type Source } from './source.ts'

/** What a manifest says and Terraform has no place for, each in a sentence. Pure. */
export function leftOut(source: Source): readonly string[] {
  const { manifest } = source.manifest
  return [
    ...starts(manifest, source.facts),
    ...ends(manifest, source.facts),
    ...protections(manifest),
    ...denials(manifest),
    ...incompleteUsers(source),
    ...openGroups(manifest),
    ...settings(manifest),
    ...others(manifest),
  ]
}

function starts({ assignments = [] }: Manifest, { now }: Facts): readonly string[] {
  return assignments.flatMap(({ from, users = [], groups = [], permission_sets }) => {
    const start = from === undefined ? undefined : firstMoment(from)
    if (start === undefined || start <= now) return []
    const who = [...users, ...groups].map(shown).join(', ')
    return [
      `from ${from}, ${permission_sets.join(', ')} for ${who}: Terraform does not begin it; what is not there yet is left out.`,
    ]
  })
}

function protections(manifest: Manifest): readonly string[] {
  const { users = {}, groups = {}, permission_sets = {}, applications = {}, assignments = [] } = manifest
  const names = [users, groups, permission_sets, applications].flatMap((section) =>
    Object.entries(section as { readonly [name: string]: { readonly protect?: boolean } }).flatMap(
      ([name, { protect }]) => (protect ? [shown(name)] : []),
    ),
  )
  const rules = assignments.filter(({ protect }) => protect).length
  const all = [...names, ...(rules > 0 ? [plural(rules, 'rule')] : [])]
  return all.length === 0 ? [] : [`protect of ${all.join(', ')}: consider lifecycle { prevent_destroy = true }.`]
}

function ends({ assignments = [] }: Manifest, { now }: Facts): readonly string[] {
  return assignments.flatMap(({ until, users = [], groups = [], permission_sets }) => {
    const end = until === undefined ? undefined : lastMoment(until)
    if (end === undefined) return []
    const who = [...users, ...groups].map(shown).join(', ')
    const next =
      end < now ? 'that has passed, so it is left out' : 'Terraform does not end it; delete the assignment then'
    return [`until ${until}, ${permission_sets.join(', ')} for ${who}: ${next}.`]
  })
}

function denials({ revoked = {} }: Manifest): readonly string[] {
  const names = Object.keys(revoked).map(shown)
  if (names.length === 0) return []
  return [`revoked ${names.join(', ')}: the denials that are in inline policies now stay there.`]
}

function incompleteUsers({ desired, live, users }: Source): readonly string[] {
  return sortedEntries(desired.user).flatMap(([at, { external }]) => {
    const id = live.user.get(at)?.ref
    if (external || id === undefined || isWhole(users.get(id))) return []
    return [`user ${shown(nameOf(at))}: aws_identitystore_user needs a display name, a given name and a family name.`]
  })
}

function openGroups({ groups = {} }: Manifest): readonly string[] {
  const names = Object.entries(groups).flatMap(([name, { members }]) => (members === undefined ? [shown(name)] : []))
  return names.length === 0 ? [] : [`members of ${names.join(', ')}: the manifest does not list them.`]
}

function settings({ identity_center }: Manifest): readonly string[] {
  const present = (['name', 'additional_regions'] as const).filter((key) => identity_center[key] !== undefined)
  return present.map((key) => `identity_center.${key}: version 5 of the provider has no resource for it.`)
}

const sections = ['local', 'checklist', 'absent', 'ignore', 'limits'] as const

function others(manifest: Manifest): readonly string[] {
  const present = sections.filter((section) => manifest[section] !== undefined)
  return present.length === 0 ? [] : [`${present.join(', ')}: only sso-reconcile knows these sections.`]
}
