import { isObject, type JsonObject } from '../model/json.ts'
import { tables } from './api/table.ts'
import { violations } from './api/validate.ts'
import type {
  ContentApplication,
  ContentAssignment,
  ContentExternalIds,
  ContentGroup,
  ContentPermissionSet,
  ContentTrustedTokenIssuer,
  ContentUser,
} from './content-types.ts'
import { accessControlList } from './operations/access-control.ts'
import { newApplication } from './operations/application.ts'
import type { Context, OperationOutput } from './operations/context.ts'
import { grant } from './operations/effects.ts'
import { operations } from './operations/index.ts'
import { invalid, notFound } from './service-error.ts'
import { groupsByName, usersByName } from './state/indexes.ts'
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
  const { Name: names, ...further } = user.attributes ?? {}
  const { UserId } = call(context, 'identitystore', 'CreateUser', {
    IdentityStoreId,
    UserName,
    Name: { GivenName: givenName, FamilyName: familyName, ...(isObject(names) ? names : {}) },
    DisplayName: user.displayName ?? `${givenName} ${familyName}`,
    ...(email === undefined ? {} : { Emails: [{ Value: email, Type: 'work', Primary: true }] }),
    ...further,
  })
  const row = context.state.rows('users').get(String(UserId))
  if (!row) return
  const status = user.disabled ? 'DISABLED' : 'ENABLED'
  context.state.put('users', row.UserId, { ...row, ...idsAtProvider(user), UserStatus: status })
}

/** Adds a group with its members. */
export function addGroup({ context, IdentityStoreId }: Filler, group: ContentGroup): void {
  const { displayName: DisplayName, description, members = [] } = group
  const text = description === undefined ? {} : { Description: description }
  const { GroupId = '' } = call(context, 'identitystore', 'CreateGroup', { IdentityStoreId, DisplayName, ...text })
  const row = context.state.rows('groups').get(String(GroupId))
  if (row) context.state.put('groups', row.GroupId, { ...row, ...idsAtProvider(group) })
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
  }) as { PermissionSet: { PermissionSetArn: string } }
  const { PermissionSetArn } = PermissionSet
  addTags(context.state, PermissionSetArn, set.tags ?? {})
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

/** Adds an application, with who is assigned to it. */
export function addApplication({ context, InstanceArn }: Filler, application: ContentApplication): void {
  const { state, caller } = context
  const { name, account = caller.account, provider, disabled, assignmentRequired } = application
  if (!state.rows('accounts').has(account)) throw notFound(`The account ${account}`)
  const made = newApplication(context, { instance: InstanceArn, name, account })
  const row = { ...made, arn: application.arn ?? made.arn }
  state.put('applications', row.arn, {
    ...row,
    ...(provider === undefined ? {} : { provider: row.provider.replace(/[^/]+$/, provider) }),
    ...(disabled ? { status: 'DISABLED' } : {}),
    ...(assignmentRequired === undefined ? {} : { assignmentRequired }),
  })
  const assign = (PrincipalType: PrincipalType) => (principal: string) =>
    call(context, 'sso-admin', 'CreateApplicationAssignment', {
      ApplicationArn: row.arn,
      PrincipalType,
      PrincipalId: idOf(state, PrincipalType, principal),
    })
  application.users?.forEach(assign('USER'))
  application.groups?.forEach(assign('GROUP'))
}

/** Adds an identity provider whose tokens applications may take, with whatever tags other services leave behind. */
export function addTrustedTokenIssuer({ context, InstanceArn }: Filler, issuer: ContentTrustedTokenIssuer): void {
  const { name: Name, issuerUrl: IssuerUrl, claim = 'email', attribute = 'emails.value', tags = {} } = issuer
  const { TrustedTokenIssuerArn: arn } = call(context, 'sso-admin', 'CreateTrustedTokenIssuer', {
    InstanceArn,
    Name,
    TrustedTokenIssuerType: 'OIDC_JWT',
    TrustedTokenIssuerConfiguration: {
      OidcJwtConfiguration: {
        IssuerUrl,
        ClaimAttributePath: claim,
        IdentityStoreAttributePath: attribute,
        JwksRetrievalOption: 'OPEN_ID_DISCOVERY',
      },
    },
  })
  const row = context.state.rows('trustedTokenIssuers').get(String(arn))
  if (row) context.state.put('trustedTokenIssuers', row.arn, { ...row, tags })
}

/** Adds attributes for access control to those that the instance has. */
export function addAccessControl({ context, InstanceArn }: Filler, attributes: Readonly<Record<string, string>>): void {
  const there = context.state.rows('accessControl').get(InstanceArn)
  const present = (there?.attributes ?? []).map(({ key, source }) => [key, source] as const)
  const list = accessControlList({ ...Object.fromEntries(present), ...attributes })
  const verb = there ? 'Update' : 'Create'
  call(context, 'sso-admin', `${verb}InstanceAccessControlAttributeConfiguration`, {
    InstanceArn,
    InstanceAccessControlAttributeConfiguration: list,
  })
}

/** Not by TagResource, which refuses what other services may leave behind. */
function addTags(state: State, arn: string, tags: Readonly<Record<string, string>>): void {
  const [problem] = violations(
    tables['sso-admin'],
    'TagList',
    Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  )
  if (problem !== undefined) throw invalid(`CreatePermissionSet: ${problem}`)
  const row = state.rows('permissionSets').get(arn)
  if (row) state.put('permissionSets', arn, { ...row, tags })
}

function idsAtProvider({ externalIds }: ContentUser | ContentGroup): { readonly externalIds?: ContentExternalIds } {
  return externalIds === undefined ? {} : { externalIds }
}

/** The id of a user or group by its name. */
export function idOf(state: State, type: PrincipalType, name: string): string {
  const user = state.find(usersByName, name.toLowerCase()).find(({ UserName }) => UserName === name)
  const group = state.find(groupsByName, name.toLowerCase()).find(({ DisplayName }) => DisplayName === name)
  const id = type === 'USER' ? user?.UserId : group?.GroupId
  if (id === undefined) throw notFound(`The ${type.toLowerCase()} ${name}`)
  return id
}

function call(
  context: Context,
  service: 'sso-admin' | 'identitystore',
  operation: string,
  input: JsonObject,
): OperationOutput {
  const [problem] = violations(tables[service], tables[service].operations[operation]?.input ?? '', input)
  if (problem !== undefined) throw invalid(`${operation}: ${problem}`)
  // The request table has checked the input; see `Operation`.
  return operations[service][operation]?.(context, input) ?? {}
}
