import { applicationsByPrincipal } from '../../access/lookup.ts'
import { heldByMembers } from '../../access/words.ts'
import { calledOf } from '../../manifest/called.ts'
import type { LoadedManifest } from '../../manifest/load.ts'
import { address, membershipAddress } from '../../model/address.ts'
import { nothingAllowed } from '../../policies/effective.ts'
import type { CloudKind } from '../kind.ts'
import { appeared } from '../shared/appeared.ts'
import { has, takesFromSomebody } from '../shared/declares.ts'
import { withPosition } from '../shared/desired.ts'
import { ignoreNotFound } from '../shared/not-found.ts'
import { revokedSince } from '../shared/revocation.ts'
import { ofRevoked } from '../shared/revoked-words.ts'
import { settled } from '../shared/settled.ts'
import { ignoreMemberships } from './ignore.ts'
import { policiesOfMembers } from './policies.ts'
import { observeMemberships } from './read.ts'
import { takeMemberships } from './take.ts'

/** Users in groups. `members` present is the whole truth for a group; absent leaves its memberships alone. */
export const membership: CloudKind<'membership'> = {
  name: 'membership',
  title: 'Group members',
  sections: ['groups', 'revoked', 'absent.users', 'absent.groups'],
  summary: 'users in groups',
  side: 'cloud',
  after: ['user', 'group'],
  addressSays: 'everything',
  complete: true,
  ignore: ignoreMemberships,
  takesLive: takeMemberships,
  adopt: { never: 'a group is written with its members' },
  operations: {
    ListUsers: 'always',
    ListGroups: 'always',
    ListGroupMemberships: 'always',
    ListGroupMembershipsForMember: 'always',
    CreateGroupMembership: ({ groups = {} }) => Object.values(groups).some(({ members }) => has(members)),
    DeleteGroupMembership: (manifest) =>
      takesFromSomebody(manifest) || Object.values(manifest.groups ?? {}).some(({ members }) => members !== undefined),
  },

  desired: (loaded) =>
    new Map(
      Object.entries(loaded.manifest.groups ?? {}).flatMap(([group, { members = [] }]) =>
        granted(members, loaded).map(({ user, index }) => [
          membershipAddress(group, user),
          withPosition<'membership'>(loaded, ['groups', group, 'members', index], { spec: { group, user } }),
        ]),
      ),
    ),

  observe: observeMemberships,

  deleteReason(_at, { spec }, { manifest, leaving, live }) {
    const since = revokedSince(spec.user, manifest)
    // An identity provider would put the user back into a group of its own.
    if (since && !live.group.get(address('group', spec.group))?.provisioned)
      return { reason: `access of ${spec.user} revoked at ${since}`, named: true, urgent: true }
    const group = address('group', spec.group)
    if (leaving.has(group)) return { reason: `group ${spec.group} is removed` }
    if (leaving.has(address('user', spec.user))) return { reason: `user ${spec.user} is removed` }
    const listed = manifest.manifest.groups?.[spec.group]?.members
    return listed && { reason: `not a member in ${calledOf(manifest)}` }
  },

  decided: ({ live }, { loaded }) => live && ofRevoked([live.spec.user], loaded),

  needs: (_at, { group, user }) => [address('group', group), address('user', user)],
  // Whoever comes into a group comes into what it is assigned to.
  letsInto: ({ group }, end) =>
    (applicationsByPrincipal(end['application-assignment']).get(`group ${group}`) ?? []).map((one) =>
      address('application', one),
    ),
  effect(_verb, _at, { before, after, live, end, facts }) {
    const so = (verb: string, held: string) => (held ? ` and so ${verb} ${held}` : '')
    if (after) return `${after.user} joins ${after.group}${so('gets', heldByMembers(after.group, end, facts))}`
    return before && `${before.user} leaves ${before.group}${so('loses', heldByMembers(before.group, live, facts))}`
  },

  policies: ({ before, after }, { live, end }) => [
    ...(before ? policiesOfMembers(before, live).map((one) => ({ before: one, after: nothingAllowed })) : []),
    ...(after ? policiesOfMembers(after, end).map((one) => ({ before: nothingAllowed, after: one })) : []),
  ],

  excluded: ({ address: at, before, after }) => {
    const group = (before ?? after)?.group
    return { about: group === undefined ? at : `${address('group', group)}#members`, treatment: 'without' }
  },

  async apply({ address: at, before, after }, context) {
    const { writer, facts, ref } = context
    const IdentityStoreId = facts.instance.identity_store_id
    if (!after) {
      const MembershipId = ref(at)
      const remove = () => ignoreNotFound(() => writer.send('DeleteGroupMembership', { IdentityStoreId, MembershipId }))
      const GroupId = ref(address('group', before?.group ?? ''))
      const rows = () => writer.list('ListGroupMemberships', { IdentityStoreId, GroupId })
      return settled(remove, async () => !(await rows()).some((row) => row.MembershipId === MembershipId), context)
    }
    const { group, user } = after
    const GroupId = ref(address('group', group))
    const UserId = ref(address('user', user))
    const request = { IdentityStoreId, GroupId, MemberId: { UserId } }
    const created = await writer.send('CreateGroupMembership', request, async (mayBeOurs) => {
      const rows = await writer.list('ListGroupMemberships', { IdentityStoreId, GroupId })
      const found = rows.find((row) => row.MemberId?.UserId === UserId)
      if (!found) return undefined
      const asAsked = { MembershipId: found.MembershipId, IdentityStoreId }
      return appeared({ what: `membership of ${user} in ${group}`, mayBeOurs, asAsked }, context)
    })
    return created.MembershipId
  },
}

function granted(members: readonly string[], loaded: LoadedManifest) {
  const all = members.map((user, index) => ({ user, index }))
  return all.filter(({ user }) => !revokedSince(user, loaded))
}
