import type { Item } from '../aws/operations.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import { type Address, address, membershipAddress } from '../model/address.ts'
import type { Entry } from '../model/state.ts'
import { located } from './desired.ts'
import { appeared, untilGone } from './gone.ts'
import type { CloudKind, Look } from './kind.ts'
import { revokedSince } from './revocation.ts'

/** Users in groups. `members` present is the whole truth for a group; absent leaves its memberships alone. */
export const membership: CloudKind<'membership'> = {
  name: 'membership',
  title: 'Group members',
  side: 'cloud',
  complete: true,

  desired: (loaded) =>
    new Map(
      Object.entries(loaded.manifest.groups ?? {}).flatMap(([group, { members = [] }]) =>
        granted(members, loaded).map(({ user, index }) => [
          membershipAddress(group, user),
          located<'membership'>(loaded, ['groups', group, 'members', index], { spec: { group, user } }),
        ]),
      ),
    ),

  async live(look) {
    const [groups, users] = await Promise.all([groupNames(look), userNames(look)])
    const [byGroup, byUser] = await Promise.all([rowsOfGroups(look, groups), rowsOfLeavers(look, users)])
    return new Map(
      [...byGroup, ...byUser].map((row): [Address, Entry<'membership'>] => {
        const id = row.MemberId?.UserId ?? ''
        const spec = { group: groups.get(row.GroupId ?? '') ?? row.GroupId ?? '', user: users.get(id) ?? id }
        return [membershipAddress(spec.group, spec.user), { spec, ref: row.MembershipId ?? '' }]
      }),
    )
  },

  surplus(_at, { spec }, { manifest, leaving, live }) {
    const since = revokedSince(spec.user, manifest)
    // An identity provider would put the user back into a group of its own.
    if (since && !live.group.get(address('group', spec.group))?.provisioned)
      return `${spec.user} is revoked since ${since}`
    const group = address('group', spec.group)
    if (leaving.has(group)) return `group ${spec.group} is removed`
    if (leaving.has(address('user', spec.user))) return `user ${spec.user} is removed`
    return manifest.manifest.groups?.[spec.group]?.members ? `no longer a member in ${manifest.file}` : undefined
  },

  needs: (_at, { group, user }) => [address('group', group), address('user', user)],
  effect: (_verb, _at, { before, after }) =>
    after ? `${after.user} joins ${after.group}` : before && `${before.user} leaves ${before.group}`,

  async apply({ address: at, after }, { writer, facts, ref }) {
    const IdentityStoreId = facts.instance.identity_store_id
    if (!after) return untilGone(() => writer.send('DeleteGroupMembership', { IdentityStoreId, MembershipId: ref(at) }))
    const { group, user } = after
    const GroupId = ref(address('group', group))
    const UserId = ref(address('user', user))
    const joined = async () => {
      const rows = await writer.list('ListGroupMemberships', { IdentityStoreId, GroupId })
      const found = rows.some((row) => row.MemberId?.UserId === UserId)
      return found ? appeared(`membership of ${user} in ${group}`) : undefined
    }
    const request = { IdentityStoreId, GroupId, MemberId: { UserId } }
    const created = await writer.send('CreateGroupMembership', request, joined)
    return created.MembershipId
  },
}

type Row = Item<'ListGroupMemberships'>

// Memberships are read where the manifest speaks of the group: to compare, to count who gains, or because it leaves.
async function rowsOfGroups(look: Look, groups: ReadonlyMap<string, string>): Promise<readonly Row[]> {
  const { manifest } = look.manifest
  const concerned = [...groups].filter(([, name]) => manifest.groups?.[name] ?? manifest.absent?.groups?.includes(name))
  const lists = await Promise.all(
    concerned.map(([GroupId]) => look.reader.list('ListGroupMemberships', { ...store(look), GroupId })),
  )
  return lists.flat()
}

function granted(members: readonly string[], loaded: LoadedManifest) {
  const all = members.map((user, index) => ({ user, index }))
  return all.filter(({ user }) => !revokedSince(user, loaded))
}

// A user who leaves, or is revoked, takes memberships along, also in groups the manifest does not name.
async function rowsOfLeavers(look: Look, users: ReadonlyMap<string, string>): Promise<readonly Row[]> {
  const leaving = [...users].filter(
    ([, name]) => look.manifest.manifest.absent?.users?.includes(name) || revokedSince(name, look.manifest),
  )
  const lists = await Promise.all(
    leaving.map(([UserId]) =>
      look.reader.list('ListGroupMembershipsForMember', { ...store(look), MemberId: { UserId } }),
    ),
  )
  return lists.flat()
}

async function groupNames(look: Look): Promise<ReadonlyMap<string, string>> {
  const groups = await look.reader.list('ListGroups', store(look))
  return new Map(groups.map((one) => [one.GroupId ?? '', one.DisplayName ?? '']))
}

async function userNames(look: Look): Promise<ReadonlyMap<string, string>> {
  const users = await look.reader.list('ListUsers', store(look))
  return new Map(users.map((one) => [one.UserId ?? '', one.UserName ?? '']))
}

function store({ facts }: Look): { IdentityStoreId: string } {
  return { IdentityStoreId: facts.instance.identity_store_id }
}
