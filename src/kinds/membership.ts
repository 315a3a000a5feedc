import { address, membershipAddress, nameOf } from '../model/address.ts'
import type { Entry } from '../model/state.ts'
import { located } from './desired.ts'
import type { CloudKind, Look } from './kind.ts'

/** Users in groups. `members` present is the whole truth for a group; absent leaves its memberships alone. */
export const membership: CloudKind<'membership'> = {
  name: 'membership',
  title: 'Group members',
  side: 'cloud',
  complete: true,

  desired: (loaded) =>
    new Map(
      Object.entries(loaded.manifest.groups ?? {}).flatMap(([group, { members = [] }]) =>
        members.map((user, index) => [
          membershipAddress(group, user),
          located<'membership'>(loaded, ['groups', group, 'members', index], { spec: { group, user } }),
        ]),
      ),
    ),

  async live(look) {
    const groups = (await look.reader.list('ListGroups', store(look))).filter((one) =>
      concerns(look, one.DisplayName ?? ''),
    )
    const users = await userNames(look)
    const lists = await Promise.all(
      groups.map(async (one) => {
        const rows = await look.reader.list('ListGroupMemberships', { ...store(look), GroupId: one.GroupId ?? '' })
        return rows.map((row): [ReturnType<typeof membershipAddress>, Entry<'membership'>] => {
          const group = one.DisplayName ?? ''
          const id = row.MemberId?.UserId ?? ''
          const user = users.get(id) ?? id
          return [membershipAddress(group, user), { spec: { group, user }, ref: row.MembershipId ?? '' }]
        })
      }),
    )
    return new Map(lists.flat())
  },

  surplus(_at, { spec }, { manifest, leaving }) {
    const group = address('group', spec.group)
    if (leaving.has(group)) return `group ${spec.group} is removed`
    if (leaving.has(address('user', spec.user))) return `user ${spec.user} is removed`
    return manifest.manifest.groups?.[spec.group]?.members ? `no longer a member in ${manifest.file}` : undefined
  },

  needs: (_at, { group, user }) => [address('group', group), address('user', user)],
  reason: (verb, _at, { after }) => (verb === 'create' && after ? `${after.user} joins ${after.group}` : undefined),

  async apply({ verb, address: at, before, after }, { writer, facts, ref }) {
    const IdentityStoreId = facts.instance.identity_store_id
    if (verb === 'delete') {
      await writer.send('DeleteGroupMembership', { IdentityStoreId, MembershipId: ref(at) })
      return undefined
    }
    const { group, user } = after ?? before ?? { group: nameOf(at), user: nameOf(at) }
    const GroupId = ref(address('group', group))
    const created = await writer.send('CreateGroupMembership', {
      IdentityStoreId,
      GroupId,
      MemberId: { UserId: ref(address('user', user)) },
    })
    return created.MembershipId
  },
}

// Memberships are read where the manifest speaks of the group: to compare, to count who gains, or because it leaves.
function concerns({ manifest: { manifest } }: Look, group: string): boolean {
  return manifest.groups?.[group] !== undefined || (manifest.absent?.groups?.includes(group) ?? false)
}

async function userNames(look: Look): Promise<Map<string, string>> {
  const users = await look.reader.list('ListUsers', store(look))
  return new Map(users.map((one) => [one.UserId ?? '', one.UserName ?? '']))
}

function store({ facts }: Look): { IdentityStoreId: string } {
  return { IdentityStoreId: facts.instance.identity_store_id }
}
