import type { JsonObject } from '../model/json.ts'
import { tables } from './api/table.ts'
import { violations } from './api/validate.ts'
import type { ContentAssignment, ContentGroup, ContentPermissionSet, ContentUser } from './contents.ts'
import type { Answer, Context } from './operations/context.ts'
import { grant } from './operations/effects.ts'
import { operations } from './operations/index.ts'
import { invalid, notFound } from './service-error.ts'
import type { State } from './state/state.ts'
import type { PrincipalType } from './state/tables.ts'

/** Where contents are added: an instance and its identity store. */
export interface Filler {
  readonly context: Context
  readonly InstanceArn: string
  readonly IdentityStoreId: string
}

/** Adds a user. */
export function addUser(filler: Filler, user: ContentUser): void {
  const { context, IdentityStoreId } = filler
  const { userName: UserName, givenName = UserName, familyName = UserName, email } = user
  const { UserId } = call(context, 'identitystore', 'CreateUser', {
    IdentityStoreId,
    UserName,
    Name: { GivenName: givenName, FamilyName: familyName },
    DisplayName: user.displayName ?? `${givenName} ${familyName}`,
    ...(email === undefined ? {} : { Emails: [{ Value: email, Type: 'work', Primary: true }] }),
  })
  const row = context.state.rows('users').get(String(UserId))
  if (!row) return
  const externalIds = user.externalIds === undefined ? {} : { externalIds: user.externalIds }
  context.state.put('users', row.UserId, { ...row, ...externalIds, UserStatus: user.disabled ? 'DISABLED' : 'ENABLED' })
}

/** Adds a group with its members. */
export function addGroup({ context, IdentityStoreId }: Filler, group: ContentGroup): void {
  const { displayName: DisplayName, description, members = [] } = group
  const text = description === undefined ? {} : { Description: description }
  const { GroupId = '' } = call(context, 'identitystore', 'CreateGroup', { IdentityStoreId, DisplayName, ...text })
  for (const name of members) {
    const MemberId = { UserId: idOf(context.state, 'USER', name) }
    call(context, 'identitystore', 'CreateGroupMembership', { IdentityStoreId, GroupId, MemberId })
  }
}

/** Adds a permission set with all its content. */
export function addPermissionSet({ context, InstanceArn }: Filler, set: ContentPermissionSet): void {
  const admin = (operation: string, input: JsonObject) =>
    call(context, 'sso-admin', operation, { InstanceArn, ...input })
  const { PermissionSet } = admin('CreatePermissionSet', {
    Name: set.name,
    ...(set.description === undefined ? {} : { Description: set.description }),
    ...(set.sessionDuration === undefined ? {} : { SessionDuration: set.sessionDuration }),
    ...(set.relayState === undefined ? {} : { RelayState: set.relayState }),
    Tags: Object.entries(set.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
  }) as { PermissionSet: { PermissionSetArn: string } }
  const { PermissionSetArn } = PermissionSet
  for (const ManagedPolicyArn of set.managedPolicies ?? []) {
    admin('AttachManagedPolicyToPermissionSet', { PermissionSetArn, ManagedPolicyArn })
  }
  for (const policy of set.customerManagedPolicies ?? []) {
    const CustomerManagedPolicyReference = { ...policy }
    admin('AttachCustomerManagedPolicyReferenceToPermissionSet', { PermissionSetArn, CustomerManagedPolicyReference })
  }
  if (set.inlinePolicy !== undefined) {
    const InlinePolicy = typeof set.inlinePolicy === 'string' ? set.inlinePolicy : JSON.stringify(set.inlinePolicy)
    admin('PutInlinePolicyToPermissionSet', { PermissionSetArn, InlinePolicy })
  }
  if (set.permissionsBoundary !== undefined) {
    const PermissionsBoundary = set.permissionsBoundary
    admin('PutPermissionsBoundaryToPermissionSet', { PermissionSetArn, PermissionsBoundary })
  }
}

/** Adds an assignment, in effect at once. */
export function addAssignment({ context }: Filler, assignment: ContentAssignment): void {
  const { state } = context
  const { account, user, group = '' } = assignment
  const set = [...state.rows('permissionSets').values()].find(({ name }) => name === assignment.permissionSet)
  if (!set) throw notFound(`The permission set ${assignment.permissionSet}`)
  if (!state.rows('accounts').has(account)) throw notFound(`The account ${account}`)
  const principalType: PrincipalType = user === undefined ? 'GROUP' : 'USER'
  const principal = idOf(state, principalType, user ?? group)
  const failure = grant(context, { account, permissionSet: set.arn, principalType, principal })
  if (failure !== undefined) throw invalid(failure)
}

function idOf(state: State, type: PrincipalType, name: string): string {
  const user = [...state.rows('users').values()].find(({ UserName }) => UserName === name)
  const group = [...state.rows('groups').values()].find(({ DisplayName }) => DisplayName === name)
  const id = type === 'USER' ? user?.UserId : group?.GroupId
  if (id === undefined) throw notFound(`The ${type.toLowerCase()} ${name}`)
  return id
}

function call(context: Context, service: 'sso-admin' | 'identitystore', operation: string, input: JsonObject): Answer {
  const [problem] = violations(tables[service], tables[service].operations[operation]?.input ?? '', input)
  if (problem !== undefined) throw invalid(`${operation}: ${problem}`)
  // The request table has checked the input; see `Operation`.
  return operations[service][operation]?.(context, input as never) ?? {}
}
