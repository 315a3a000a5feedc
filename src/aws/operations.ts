import * as identitystore from '@aws-sdk/client-identitystore'
import * as organizations from '@aws-sdk/client-organizations'
import * as ssoadmin from '@aws-sdk/client-sso-admin'
import * as sts from '@aws-sdk/client-sts'

/** IAM prefix of each service, as policies and error messages spell it. */
export const iamPrefix = {
  'sso-admin': 'sso',
  identitystore: 'identitystore',
  organizations: 'organizations',
  sts: 'sts',
  iam: 'iam',
  'access-analyzer': 'access-analyzer',
  'account-access': 'account-access',
} as const

export type Service = keyof typeof iamPrefix

/** The SDK's class of a request. */
type CommandClass = abstract new (input: never) => object

/** What is known of an operation. */
export type Definition = DefinitionBase & (Loaded | Loadable)

/** An operation whose code is there from the start. */
interface Loaded {
  readonly command: CommandClass
}

/** An operation that few runs send: its code is read when it is sent for the first time. */
interface Loadable {
  load(): Promise<CommandClass>
}

interface DefinitionBase {
  readonly service: Service
  readonly access: 'read' | 'write'
  /** Member of the answer that holds the rows of a paged read. */
  readonly items?: string
  /** Name of the operation where it is not the key: two services may use one name. */
  readonly action?: string
  /** True where an answer without its list is taken for an empty one: nothing is created or deleted because of it. */
  readonly harmless?: boolean
  /** True where a server may not know the operation: one that answers without saying why not is given up on soon. */
  readonly optional?: boolean
  /** Largest page AWS gives; asked for so that a list takes as few calls as it can. */
  readonly page?: number
  /** Members that rows have to share with the request, where answers mix in others: those are not kept, because they may be very many. */
  readonly own?: readonly string[]
  /** Members that every row has to have: `MemberId.UserId` is one of a member, of `State|Status` one is enough. Else it is half a row. */
  readonly says?: readonly string[]
  /** What members may say: a row that says something else is about something that is not known here. */
  readonly knows?: Readonly<Record<string, readonly string[]>>
  /** How the members are spelled that page through a list, where not as `NextToken` and `MaxResults`. */
  readonly paging?: 'lower case' | 'marker'
}

const org = { service: 'organizations', access: 'read' } as const
const admin = { service: 'sso-admin', access: 'read' } as const
const store = { service: 'identitystore', access: 'read' } as const
const adminWrite = { service: 'sso-admin', access: 'write' } as const
const storeWrite = { service: 'identitystore', access: 'write' } as const
const lookup = { access: 'read' } as const
const holder = ['PrincipalId', 'PrincipalType']
const knows = { PrincipalType: ['USER', 'GROUP'] }
const inAccount = { says: ['AccountId', 'PermissionSetArn', ...holder], knows }
const ofApplication = { says: ['ApplicationArn', ...holder], knows }
const accountAccess = { service: 'account-access', access: 'read' } as const

/**
 * Every AWS operation the tool can send, once, as a read or a write. Types, paging, the memo of a look, the IAM policy and call
 * counts derive from it.
 */
export const operations = {
  GetCallerIdentity: { service: 'sts', access: 'read', command: sts.GetCallerIdentityCommand },
  DescribeOrganization: {
    service: 'organizations',
    access: 'read',
    command: organizations.DescribeOrganizationCommand,
  },
  ListAccounts: {
    service: 'organizations',
    access: 'read',
    command: organizations.ListAccountsCommand,
    items: 'Accounts',
    says: ['Id', 'State|Status'],
    page: 20,
  },
  ListRoots: { ...org, command: organizations.ListRootsCommand, items: 'Roots', says: ['Id'] },
  ListOrganizationalUnitsForParent: {
    ...org,
    command: organizations.ListOrganizationalUnitsForParentCommand,
    items: 'OrganizationalUnits',
    says: ['Id', 'Name'],
    page: 20,
  },
  ListAccountsForParent: {
    ...org,
    command: organizations.ListAccountsForParentCommand,
    items: 'Accounts',
    page: 20,
    says: ['Id'],
  },
  ListAccountTags: {
    ...org,
    command: organizations.ListTagsForResourceCommand,
    items: 'Tags',
    says: ['Key', 'Value'],
    action: 'ListTagsForResource',
  },
  ListDelegatedAdministrators: {
    ...org,
    command: organizations.ListDelegatedAdministratorsCommand,
    items: 'DelegatedAdministrators',
    says: ['Id'],
  },

  RegisterDelegatedAdministrator: {
    service: 'organizations',
    access: 'write',
    command: organizations.RegisterDelegatedAdministratorCommand,
  },
  DeregisterDelegatedAdministrator: {
    service: 'organizations',
    access: 'write',
    command: organizations.DeregisterDelegatedAdministratorCommand,
  },

  ListInstances: {
    ...admin,
    command: ssoadmin.ListInstancesCommand,
    items: 'Instances',
    page: 100,
    says: ['InstanceArn'],
  },
  DescribeInstance: { ...admin, command: ssoadmin.DescribeInstanceCommand },
  ListRegions: {
    ...admin,
    command: ssoadmin.ListRegionsCommand,
    items: 'Regions',
    optional: true,
    page: 100,
    says: ['RegionName'],
  },
  AddRegion: { ...adminWrite, command: ssoadmin.AddRegionCommand },
  RemoveRegion: { ...adminWrite, command: ssoadmin.RemoveRegionCommand },
  DescribeInstanceAccessControlAttributeConfiguration: {
    ...admin,
    command: ssoadmin.DescribeInstanceAccessControlAttributeConfigurationCommand,
  },
  ListApplications: {
    ...admin,
    command: ssoadmin.ListApplicationsCommand,
    items: 'Applications',
    says: ['ApplicationArn'],
    optional: true,
    page: 100,
  },
  ListApplicationAssignments: {
    ...admin,
    command: ssoadmin.ListApplicationAssignmentsCommand,
    items: 'ApplicationAssignments',
    ...ofApplication,
    page: 100,
  },
  ListApplicationAssignmentsForPrincipal: {
    ...admin,
    command: ssoadmin.ListApplicationAssignmentsForPrincipalCommand,
    items: 'ApplicationAssignments',
    ...ofApplication,
    page: 100,
  },
  GetApplicationAssignmentConfiguration: { ...admin, command: ssoadmin.GetApplicationAssignmentConfigurationCommand },
  ListTrustedTokenIssuers: {
    ...admin,
    command: ssoadmin.ListTrustedTokenIssuersCommand,
    items: 'TrustedTokenIssuers',
    says: ['TrustedTokenIssuerArn', 'Name'],
    optional: true,
    page: 100,
  },
  DescribeTrustedTokenIssuer: { ...admin, command: ssoadmin.DescribeTrustedTokenIssuerCommand },
  ListPermissionSets: { ...admin, command: ssoadmin.ListPermissionSetsCommand, items: 'PermissionSets', page: 100 },
  DescribePermissionSet: { ...admin, command: ssoadmin.DescribePermissionSetCommand },
  ListTagsForResource: {
    ...admin,
    command: ssoadmin.ListTagsForResourceCommand,
    items: 'Tags',
    harmless: true,
    says: ['Key', 'Value'],
  },
  ListManagedPoliciesInPermissionSet: {
    ...admin,
    command: ssoadmin.ListManagedPoliciesInPermissionSetCommand,
    items: 'AttachedManagedPolicies',
    says: ['Arn'],
    page: 100,
  },
  ListCustomerManagedPolicyReferencesInPermissionSet: {
    ...admin,
    command: ssoadmin.ListCustomerManagedPolicyReferencesInPermissionSetCommand,
    items: 'CustomerManagedPolicyReferences',
    says: ['Name'],
    page: 100,
  },
  GetInlinePolicyForPermissionSet: { ...admin, command: ssoadmin.GetInlinePolicyForPermissionSetCommand },
  GetPermissionsBoundaryForPermissionSet: { ...admin, command: ssoadmin.GetPermissionsBoundaryForPermissionSetCommand },
  ListAccountsForProvisionedPermissionSet: {
    ...admin,
    command: ssoadmin.ListAccountsForProvisionedPermissionSetCommand,
    items: 'AccountIds',
    page: 100,
  },
  ListPermissionSetsProvisionedToAccount: {
    ...admin,
    command: ssoadmin.ListPermissionSetsProvisionedToAccountCommand,
    items: 'PermissionSets',
    page: 100,
  },
  ListAccountAssignments: {
    ...admin,
    command: ssoadmin.ListAccountAssignmentsCommand,
    items: 'AccountAssignments',
    ...inAccount,
    page: 100,
  },
  ListAccountAssignmentsForPrincipal: {
    ...admin,
    command: ssoadmin.ListAccountAssignmentsForPrincipalCommand,
    items: 'AccountAssignments',
    ...inAccount,
    page: 100,
    own: ['PrincipalId', 'PrincipalType'],
  },
  ListAccountAssignmentCreationStatus: {
    ...admin,
    command: ssoadmin.ListAccountAssignmentCreationStatusCommand,
    items: 'AccountAssignmentsCreationStatus',
    harmless: true,
    page: 100,
  },
  ListAccountAssignmentDeletionStatus: {
    ...admin,
    command: ssoadmin.ListAccountAssignmentDeletionStatusCommand,
    items: 'AccountAssignmentsDeletionStatus',
    harmless: true,
    page: 100,
  },
  ListPermissionSetProvisioningStatus: {
    ...admin,
    command: ssoadmin.ListPermissionSetProvisioningStatusCommand,
    items: 'PermissionSetsProvisioningStatus',
    harmless: true,
    page: 100,
  },
  DescribeAccountAssignmentCreationStatus: {
    ...admin,
    command: ssoadmin.DescribeAccountAssignmentCreationStatusCommand,
  },
  DescribeAccountAssignmentDeletionStatus: {
    ...admin,
    command: ssoadmin.DescribeAccountAssignmentDeletionStatusCommand,
  },
  DescribePermissionSetProvisioningStatus: {
    ...admin,
    command: ssoadmin.DescribePermissionSetProvisioningStatusCommand,
  },

  ListUsers: {
    ...store,
    command: identitystore.ListUsersCommand,
    items: 'Users',
    page: 100,
    says: ['UserId', 'UserName'],
  },
  DescribeUser: { ...store, command: identitystore.DescribeUserCommand },
  ListGroups: {
    ...store,
    command: identitystore.ListGroupsCommand,
    items: 'Groups',
    page: 100,
    says: ['GroupId', 'DisplayName'],
  },
  ListGroupMemberships: {
    ...store,
    command: identitystore.ListGroupMembershipsCommand,
    items: 'GroupMemberships',
    says: ['MembershipId', 'GroupId', 'MemberId.UserId'],
    page: 100,
  },
  ListGroupMembershipsForMember: {
    ...store,
    command: identitystore.ListGroupMembershipsForMemberCommand,
    items: 'GroupMemberships',
    says: ['MembershipId', 'GroupId', 'MemberId.UserId'],
    page: 100,
  },

  GetPolicy: { ...lookup, service: 'iam', load: async () => (await import('./iam.ts')).GetPolicyCommand },
  GetPolicyVersion: { ...lookup, service: 'iam', load: async () => (await import('./iam.ts')).GetPolicyVersionCommand },
  ListRoles: {
    ...lookup,
    service: 'iam',
    load: async () => (await import('./iam.ts')).ListRolesCommand,
    items: 'Roles',
    says: ['Arn'],
    page: 1_000,
    paging: 'marker',
  },
  ValidatePolicy: {
    ...lookup,
    service: 'access-analyzer',
    load: async () => (await import('./access-analyzer.ts')).ValidatePolicyCommand,
    items: 'findings',
    paging: 'lower case',
  },

  ListAccountAccessApplications: {
    ...accountAccess,
    action: 'ListApplications',
    load: async () => (await import('./account-access.ts')).ListApplicationsCommand,
    items: 'applications',
    page: 100,
    paging: 'lower case',
    says: ['applicationArn'],
  },
  GetAccountAccessApplication: {
    ...accountAccess,
    action: 'GetApplication',
    load: async () => (await import('./account-access.ts')).GetApplicationCommand,
  },
  ListEntitlements: {
    ...accountAccess,
    load: async () => (await import('./account-access.ts')).ListEntitlementsCommand,
    items: 'entitlements',
    page: 100,
    paging: 'lower case',
  },

  CreateOrganization: {
    service: 'organizations',
    access: 'write',
    command: organizations.CreateOrganizationCommand,
  },
  UpdateInstance: { ...adminWrite, command: ssoadmin.UpdateInstanceCommand },
  CreateInstanceAccessControlAttributeConfiguration: {
    ...adminWrite,
    command: ssoadmin.CreateInstanceAccessControlAttributeConfigurationCommand,
  },
  UpdateInstanceAccessControlAttributeConfiguration: {
    ...adminWrite,
    command: ssoadmin.UpdateInstanceAccessControlAttributeConfigurationCommand,
  },
  DeleteInstanceAccessControlAttributeConfiguration: {
    ...adminWrite,
    command: ssoadmin.DeleteInstanceAccessControlAttributeConfigurationCommand,
  },

  CreateApplicationAssignment: { ...adminWrite, command: ssoadmin.CreateApplicationAssignmentCommand },
  DeleteApplicationAssignment: { ...adminWrite, command: ssoadmin.DeleteApplicationAssignmentCommand },
  PutApplicationAssignmentConfiguration: {
    ...adminWrite,
    command: ssoadmin.PutApplicationAssignmentConfigurationCommand,
  },

  CreateTrustedTokenIssuer: { ...adminWrite, command: ssoadmin.CreateTrustedTokenIssuerCommand },
  UpdateTrustedTokenIssuer: { ...adminWrite, command: ssoadmin.UpdateTrustedTokenIssuerCommand },
  DeleteTrustedTokenIssuer: { ...adminWrite, command: ssoadmin.DeleteTrustedTokenIssuerCommand },

  CreateUser: { ...storeWrite, command: identitystore.CreateUserCommand },
  UpdateUser: { ...storeWrite, command: identitystore.UpdateUserCommand },
  DeleteUser: { ...storeWrite, command: identitystore.DeleteUserCommand },
  CreateGroup: { ...storeWrite, command: identitystore.CreateGroupCommand },
  UpdateGroup: { ...storeWrite, command: identitystore.UpdateGroupCommand },
  DeleteGroup: { ...storeWrite, command: identitystore.DeleteGroupCommand },
  CreateGroupMembership: { ...storeWrite, command: identitystore.CreateGroupMembershipCommand },
  DeleteGroupMembership: { ...storeWrite, command: identitystore.DeleteGroupMembershipCommand },

  CreatePermissionSet: { ...adminWrite, command: ssoadmin.CreatePermissionSetCommand },
  UpdatePermissionSet: { ...adminWrite, command: ssoadmin.UpdatePermissionSetCommand },
  DeletePermissionSet: { ...adminWrite, command: ssoadmin.DeletePermissionSetCommand },
  AttachManagedPolicyToPermissionSet: { ...adminWrite, command: ssoadmin.AttachManagedPolicyToPermissionSetCommand },
  DetachManagedPolicyFromPermissionSet: {
    ...adminWrite,
    command: ssoadmin.DetachManagedPolicyFromPermissionSetCommand,
  },
  AttachCustomerManagedPolicyReferenceToPermissionSet: {
    ...adminWrite,
    command: ssoadmin.AttachCustomerManagedPolicyReferenceToPermissionSetCommand,
  },
  DetachCustomerManagedPolicyReferenceFromPermissionSet: {
    ...adminWrite,
    command: ssoadmin.DetachCustomerManagedPolicyReferenceFromPermissionSetCommand,
  },
  PutInlinePolicyToPermissionSet: { ...adminWrite, command: ssoadmin.PutInlinePolicyToPermissionSetCommand },
  DeleteInlinePolicyFromPermissionSet: { ...adminWrite, command: ssoadmin.DeleteInlinePolicyFromPermissionSetCommand },
  PutPermissionsBoundaryToPermissionSet: {
    ...adminWrite,
    command: ssoadmin.PutPermissionsBoundaryToPermissionSetCommand,
  },
  DeletePermissionsBoundaryFromPermissionSet: {
    ...adminWrite,
    command: ssoadmin.DeletePermissionsBoundaryFromPermissionSetCommand,
  },
  TagResource: { ...adminWrite, command: ssoadmin.TagResourceCommand },
  UntagResource: { ...adminWrite, command: ssoadmin.UntagResourceCommand },
  CreateAccountAssignment: { ...adminWrite, command: ssoadmin.CreateAccountAssignmentCommand },
  DeleteAccountAssignment: { ...adminWrite, command: ssoadmin.DeleteAccountAssignmentCommand },
  ProvisionPermissionSet: { ...adminWrite, command: ssoadmin.ProvisionPermissionSetCommand },
} as const satisfies Record<string, Definition>

type Table = typeof operations

/** Name of an AWS operation. */
export type OperationName = keyof Table

type Named<A> = { [N in OperationName]: Table[N] extends A ? N : never }[OperationName]

/** Operations that change nothing. */
export type ReadName = Named<{ access: 'read' }>

/** Operations that change something. */
export type WriteName = Named<{ access: 'write' }>

/** Reads that come in pages. */
export type ListName = Named<{ access: 'read'; items: string }>

type ClassOf<D> = D extends { readonly command: infer C } ? C : D extends { load(): Promise<infer C> } ? C : never

type Command<N extends OperationName> = InstanceType<Extract<ClassOf<Table[N]>, CommandClass>>

/** The IAM action of an operation, for policies and messages: `sso:ListInstances`. */
export function actionOf(name: OperationName): string {
  const { service, action = name }: Definition = operations[name]
  return `${iamPrefix[service]}:${action}`
}

/** Request members of an operation. */
export type Input<N extends OperationName> = Command<N> extends { readonly input: infer I } ? I : never

/** Answer of an operation. */
export type Output<N extends OperationName> =
  Command<N> extends { resolveMiddleware(...args: never): (args: never) => Promise<{ output: infer O }> } ? O : never

/** A row of a paged read. */
export type Item<N extends ListName> = Table[N] extends { items: infer M extends keyof Output<N> }
  ? NonNullable<Output<N>[M]> extends readonly (infer Row)[]
    ? Row
    : never
  : never
