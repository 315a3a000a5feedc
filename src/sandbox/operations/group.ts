import { present } from '../../model/json.ts'
import { tables } from '../api/table.ts'
import { violations } from '../api/validate.ts'
import { newId } from '../ids.ts'
import { answer, type PageRequest, page } from '../page.ts'
import { invalid } from '../service-error.ts'
import { groupsByName, membershipsByGroup } from '../state/indexes.ts'
import type { GroupRow } from '../state/tables.ts'
import type { Context, Operation, OperationOutput } from './context.ts'
import { keptDescription } from './description.ts'
import {
  type AlternateIdentifier,
  created,
  dropApplications,
  groupFor,
  lookUp,
  refuseReserved,
  taken,
  uniqueForm,
  updated,
} from './directory.ts'
import { storeFor } from './scope.ts'
import type { AttributeOperation } from './user-attributes.ts'

type ByGroup = { readonly IdentityStoreId: string; readonly GroupId: string }
type Filters = { readonly Filters?: readonly { readonly AttributePath: string; readonly AttributeValue: string }[] }

/** identitystore: groups. */
export const groupOperations = {
  CreateGroup: (context, input: { IdentityStoreId: string; DisplayName?: string; Description?: string }) => {
    storeFor(context, input.IdentityStoreId, 'write')
    if (input.DisplayName === undefined) throw invalid('DisplayName is a required attribute.')
    const description = keptDescription(context.choices, input.Description)
    const group: GroupRow = {
      GroupId: newId.directoryObject(context.random, input.IdentityStoreId),
      DisplayName: input.DisplayName,
      ...(description === undefined ? {} : { Description: description }),
      stamp: created(context),
    }
    save(context, group)
    return { GroupId: group.GroupId, IdentityStoreId: input.IdentityStoreId }
  },
  DescribeGroup: (context, input: ByGroup) => {
    storeFor(context, input.IdentityStoreId, 'read')
    return described(groupFor(context, input.GroupId), input.IdentityStoreId)
  },
  UpdateGroup: (context, input: ByGroup & { Operations: readonly AttributeOperation[] }) => {
    storeFor(context, input.IdentityStoreId, 'write')
    const change = (group: GroupRow, one: AttributeOperation) => applyOne(context, group, one)
    const group = input.Operations.reduce(change, groupFor(context, input.GroupId))
    save(context, { ...group, stamp: updated(context, group.stamp) })
    return {}
  },
  DeleteGroup: (context, input: ByGroup) => {
    storeFor(context, input.IdentityStoreId, 'write')
    const { GroupId } = groupFor(context, input.GroupId)
    for (const { MembershipId } of context.state.find(membershipsByGroup, GroupId)) {
      context.state.remove('memberships', MembershipId)
    }
    context.state.remove('groups', GroupId)
    dropApplications(context, GroupId)
    return {}
  },
  ListGroups: (context, input: { IdentityStoreId: string } & Filters & PageRequest) => {
    storeFor(context, input.IdentityStoreId, 'read')
    const [filter] = input.Filters ?? []
    if (filter && filter.AttributePath !== 'DisplayName')
      throw invalid(`Filtering by ${filter.AttributePath} is unknown.`)
    const groups = [...context.state.rows('groups').values()].filter(
      ({ DisplayName }) => filter === undefined || DisplayName === filter.AttributeValue,
    )
    const shown = page(groups, ({ GroupId }) => GroupId, input)
    return answer('Groups', shown, (group) => described(group, input.IdentityStoreId))
  },
  GetGroupId: (context, input: { IdentityStoreId: string; AlternateIdentifier: AlternateIdentifier }) => {
    storeFor(context, input.IdentityStoreId, 'read')
    const found = lookUp(context.state.rows('groups').values(), input.AlternateIdentifier, {
      displayName: ({ DisplayName }) => DisplayName,
    })
    const { GroupId } = found ?? groupFor(context, 'unknown')
    return { GroupId, IdentityStoreId: input.IdentityStoreId }
  },
} satisfies Record<string, Operation>

function described({ stamp, externalIds, ...group }: GroupRow, store: string): OperationOutput {
  return present({
    IdentityStoreId: store,
    ...group,
    ExternalIds: externalIds?.map((one) => ({ ...one })),
    ...stamp,
  })
}

function applyOne({ choices }: Context, group: GroupRow, operation: AttributeOperation): GroupRow {
  const { AttributePath: path, AttributeValue: value } = operation
  if (path !== 'displayName' && path !== 'description') throw invalid(`The attribute path ${path} cannot be updated.`)
  if (value !== undefined && value !== null && typeof value !== 'string') throw invalid(`${path} must be a string.`)
  if (path === 'displayName') return { ...group, DisplayName: value ?? '' }
  const { Description: _old, ...rest } = group
  const description = keptDescription(choices, value ?? undefined)
  return description === undefined ? rest : { ...rest, Description: description }
}

function save(context: Context, group: GroupRow): void {
  const { DisplayName, Description } = group
  const request = present({ IdentityStoreId: 'd-0000000000', DisplayName, Description })
  const [problem] = violations(tables.identitystore, 'CreateGroupRequest', request)
  if (problem) throw invalid(`1 validation error detected: ${problem}`)
  refuseReserved(DisplayName)
  const form = (name: string) => uniqueForm(context.choices, name)
  const alike = context.state.find(groupsByName, DisplayName.toLowerCase())
  const others = alike.filter(({ GroupId }) => GroupId !== group.GroupId)
  if (others.some((other) => form(other.DisplayName) === form(DisplayName))) throw taken('GroupDisplayName')
  context.state.put('groups', group.GroupId, group)
}
