import { address } from '../model/address.ts'
import { sortedEntries } from '../model/state.ts'
import { expression } from './hcl.ts'
import { namesFor } from './names.ts'
import type { References } from './references.ts'
import type { Resource } from './resource.ts'
import type { Source } from './source.ts'

/** Groups. The import id is STORE/GROUP. Source: aws_identitystore_group. */
export function groupResources({ facts }: Source, references: References): Resource[] {
  return references.exported.group.map(({ name, id, entry: { spec } }) => ({
    type: 'aws_identitystore_group',
    name: references.nameOf('group', name),
    id: `${facts.instance.identity_store_id}/${id}`,
    arguments: {
      identity_store_id: expression('local.identity_store_id'),
      // One that is to be renamed still has its earlier name.
      display_name: spec.name ?? name,
      description: spec.description,
    },
  }))
}

/** Members of groups. The import id is STORE/MEMBERSHIP. Source: aws_identitystore_group_membership. */
export function membershipResources({ facts, desired, live }: Source, references: References): Resource[] {
  const both = sortedEntries(desired.membership).flatMap(([at]) => {
    const entry = live.membership.get(at)
    return entry ? [[at, entry] as const] : []
  })
  const names = namesFor(
    both.map(([at, { spec }]) => [
      at,
      `${references.nameOf('group', spec.group)}_${references.nameOf('user', spec.user)}`,
    ]),
  )
  return both.flatMap(([at, { spec, ref: id }]) => {
    const [group, user] = [address('group', spec.group), address('user', spec.user)]
    const [groupId, userId] = [live.group.get(group)?.ref, live.user.get(user)?.ref]
    if (id === undefined || groupId === undefined || userId === undefined) return []
    return {
      type: 'aws_identitystore_group_membership',
      name: names(at),
      id: `${facts.instance.identity_store_id}/${id}`,
      arguments: {
        identity_store_id: expression('local.identity_store_id'),
        group_id: references.to('group', group, groupId),
        member_id: references.to('user', user, userId),
      },
    }
  })
}
