import type { Json, JsonObject } from '../model/json.ts'
import { tables } from './api/table.ts'
import { violations } from './api/validate.ts'
import type { Random } from './ids.ts'
import type { Answer, Context } from './operations/context.ts'
import { operations } from './operations/index.ts'
import { look } from './operations/progress.ts'
import { invalid, notFound } from './service-error.ts'
import { ledger, type State, type TablesJson } from './state/state.ts'
import type { PrincipalType } from './state/tables.ts'

/** A user by name. Attributes are those of CreateUser; given names default to the user name. */
export interface ContentUser {
  readonly userName: string
  readonly givenName?: string
  readonly familyName?: string
  readonly displayName?: string
  readonly email?: string
  readonly disabled?: boolean
  /** As an identity provider leaves it behind that provisions users here. */
  readonly externalIds?: readonly { readonly Issuer: string; readonly Id: string }[]
}

/** A group by name, with its members. */
export interface ContentGroup {
  readonly displayName: string
  readonly description?: string
  /** User names. */
  readonly members?: readonly string[]
}

/** A permission set with its content; what is left out is as after CreatePermissionSet. */
export interface ContentPermissionSet {
  readonly name: string
  readonly description?: string
  /** ISO 8601. */
  readonly sessionDuration?: string
  readonly relayState?: string
  /** ARNs. */
  readonly managedPolicies?: readonly string[]
  readonly customerManagedPolicies?: readonly { readonly Name: string; readonly Path?: string }[]
  readonly inlinePolicy?: Json
  readonly permissionsBoundary?: JsonObject
  readonly tags?: Readonly<Record<string, string>>
}

/** An assignment, everything but the account by name. */
export interface ContentAssignment {
  readonly permissionSet: string
  readonly account: string
  /** A user name or a group's display name; exactly one of both. */
  readonly user?: string
  readonly group?: string
}

/** What an instance holds, by names instead of ids. */
export interface Contents {
  readonly users?: readonly ContentUser[]
  readonly groups?: readonly ContentGroup[]
  readonly permissionSets?: readonly ContentPermissionSet[]
  readonly assignments?: readonly ContentAssignment[]
}

/**
 * The tables with the contents added to their first organization instance, by the same rules as the API: the function
 * calls the operations themselves. Pure; assignments are in effect at once. `now` is in epoch seconds.
 * @throws ServiceError for what the API would refuse, and for an assignment that ends FAILED.
 */
export function withContents(from: TablesJson, contents: Contents, now: number, random: Random): TablesJson {
  const state = ledger(from)
  addContents(state, contents, now, random)
  return state.toJson()
}

/** Adds contents to a state in place; see `withContents`. */
export function addContents(state: State, contents: Contents, now: number, random: Random): void {
  const instance = [...state.rows('instances').values()].find(({ kind }) => kind === 'organization')
  if (!instance) throw notFound('An organization instance')
  const caller = {
    account: instance.owner,
    arn: `arn:aws:iam::${instance.owner}:user/sandbox`,
    userId: '',
    region: instance.region,
  }
  const pace = { looks: 0, seconds: null, lag: 0 }
  const context: Context = { state, caller, now, random, pace, doom: () => undefined }
  const filler = { context, InstanceArn: instance.arn, IdentityStoreId: instance.identityStoreId }
  for (const user of contents.users ?? []) addUser(filler, user)
  for (const group of contents.groups ?? []) addGroup(filler, group)
  for (const set of contents.permissionSets ?? []) addPermissionSet(filler, set)
  for (const assignment of contents.assignments ?? []) addAssignment(filler, assignment)
}

interface Filler {
  readonly context: Context
  readonly InstanceArn: string
  readonly IdentityStoreId: string
}

function addUser(filler: Filler, user: ContentUser): void {
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

function addGroup({ context, IdentityStoreId }: Filler, group: ContentGroup): void {
  const { displayName: DisplayName, description, members = [] } = group
  const text = description === undefined ? {} : { Description: description }
  const { GroupId = '' } = call(context, 'identitystore', 'CreateGroup', { IdentityStoreId, DisplayName, ...text })
  for (const name of members) {
    const MemberId = { UserId: idOf(context.state, 'USER', name) }
    call(context, 'identitystore', 'CreateGroupMembership', { IdentityStoreId, GroupId, MemberId })
  }
}

function addPermissionSet({ context, InstanceArn }: Filler, set: ContentPermissionSet): void {
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

function addAssignment({ context, InstanceArn }: Filler, assignment: ContentAssignment): void {
  const { state, random } = context
  const set = [...state.rows('permissionSets').values()].find(({ name }) => name === assignment.permissionSet)
  if (!set) throw notFound(`The permission set ${assignment.permissionSet}`)
  const PrincipalType: PrincipalType = assignment.user === undefined ? 'GROUP' : 'USER'
  const status = call(context, 'sso-admin', 'CreateAccountAssignment', {
    InstanceArn,
    PermissionSetArn: set.arn,
    TargetId: assignment.account,
    TargetType: 'AWS_ACCOUNT',
    PrincipalType,
    PrincipalId: idOf(state, PrincipalType, assignment.user ?? assignment.group ?? ''),
  }) as { AccountAssignmentCreationStatus: { RequestId: string } }
  const id = status.AccountAssignmentCreationStatus.RequestId
  const request = state.rows('requests').get(id)
  if (request) look(state, request, random, 0)
  const failure = state.rows('requests').get(id)?.failure
  state.remove('requests', id)
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
