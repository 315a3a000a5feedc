import { newId } from '../ids.ts'
import { answer, type PageRequest, page } from '../page.ts'
import { membershipsByGroup, membershipsByUser } from '../state/indexes.ts'
import type { MembershipRow } from '../state/tables.ts'
import type { Context, Operation, OperationOutput } from './context.ts'
import { created, groupFor, missing, taken, userFor } from './directory.ts'
import { storeFor } from './scope.ts'

type InStore = { readonly IdentityStoreId: string }
type Member = { readonly MemberId: { readonly UserId: string } }
type ByMembership = InStore & { readonly MembershipId: string }

/** identitystore: who is in which group. */
export const membershipOperations = {
  CreateGroupMembership: (context, input: InStore & { GroupId: string } & Member) => {
    storeFor(context, input.IdentityStoreId, 'write')
    const { GroupId } = groupFor(context, input.GroupId)
    const { UserId } = userFor(context, input.MemberId.UserId)
    if (membershipOf(context, GroupId, UserId)) throw taken('GroupMembership')
    const MembershipId = newId.directoryObject(context.random, input.IdentityStoreId)
    context.state.put('memberships', MembershipId, { MembershipId, GroupId, UserId, stamp: created(context) })
    return { MembershipId, IdentityStoreId: input.IdentityStoreId }
  },
  DescribeGroupMembership: (context, input: ByMembership) => {
    storeFor(context, input.IdentityStoreId, 'read')
    return described(membershipFor(context, input.MembershipId), input.IdentityStoreId)
  },
  DeleteGroupMembership: (context, input: ByMembership) => {
    storeFor(context, input.IdentityStoreId, 'write')
    context.state.remove('memberships', membershipFor(context, input.MembershipId).MembershipId)
    return {}
  },
  GetGroupMembershipId: (context, input: InStore & { GroupId: string } & Member) => {
    storeFor(context, input.IdentityStoreId, 'read')
    const { UserId } = input.MemberId
    const found = membershipOf(context, input.GroupId, UserId)
    if (!found) throw missing('GROUP_MEMBERSHIP', UserId)
    return { MembershipId: found.MembershipId, IdentityStoreId: input.IdentityStoreId }
  },
  ListGroupMemberships: (context, input: InStore & { GroupId: string } & PageRequest) => {
    storeFor(context, input.IdentityStoreId, 'read')
    groupFor(context, input.GroupId)
    return list(input, context.state.find(membershipsByGroup, input.GroupId))
  },
  ListGroupMembershipsForMember: (context, input: InStore & Member & PageRequest) => {
    storeFor(context, input.IdentityStoreId, 'read')
    userFor(context, input.MemberId.UserId)
    return list(input, context.state.find(membershipsByUser, input.MemberId.UserId))
  },
  IsMemberInGroups: (context, input: InStore & Member & { GroupIds: readonly string[] }) => {
    storeFor(context, input.IdentityStoreId, 'read')
    const { UserId } = userFor(context, input.MemberId.UserId)
    return {
      Results: input.GroupIds.map((GroupId) => ({
        GroupId,
        MemberId: { UserId },
        MembershipExists: membershipOf(context, GroupId, UserId) !== undefined,
      })),
    }
  },
} satisfies Record<string, Operation>

function membershipOf({ state }: Context, group: string, user: string): MembershipRow | undefined {
  return state.find(membershipsByUser, user).find(({ GroupId }) => GroupId === group)
}

function membershipFor({ state }: Context, id: string): MembershipRow {
  const membership = state.rows('memberships').get(id)
  if (!membership) throw missing('GROUP_MEMBERSHIP', id)
  return membership
}

function list(input: InStore & PageRequest, rows: readonly MembershipRow[]): OperationOutput {
  const shown = page(rows, ({ MembershipId }) => MembershipId, input)
  return answer('GroupMemberships', shown, (row) => described(row, input.IdentityStoreId))
}

function described({ MembershipId, GroupId, UserId, stamp }: MembershipRow, IdentityStoreId: string): OperationOutput {
  return { IdentityStoreId, MembershipId, GroupId, MemberId: { UserId }, ...stamp }
}
