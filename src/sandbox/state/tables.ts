import type { Json, JsonObject } from '../../model/json.ts'
import type { ClientRow, CredentialRow, GrantRow, SessionRow } from './login-tables.ts'

/** A name and path of an IAM policy inside an account. */
export interface PolicyReference {
  readonly Name: string
  readonly Path: string
}

/** A customer-managed IAM policy of an account. */
export interface AccountPolicy extends PolicyReference {
  /** What it says; where nothing is given, something harmless. */
  readonly Document?: JsonObject
}

/** Life of an account in its organization (organizations `Account.State`). */
export type AccountState = 'PENDING_ACTIVATION' | 'ACTIVE' | 'SUSPENDED' | 'PENDING_CLOSURE' | 'CLOSED'

/** The account the sandbox belongs to, and the Region new instances are made in. */
export interface HomeRow {
  readonly account: string
  readonly region: string
}

/** The organization. Times here and below are epoch seconds, as the JSON protocol carries them. */
export interface OrganizationRow {
  readonly id: string
  readonly root: string
  readonly managementAccount: string
  readonly featureSet: 'ALL' | 'CONSOLIDATED_BILLING'
  readonly created: number
  /** Delegated administrator of Identity Center. */
  readonly delegate?: { readonly account: string; readonly since: number }
}

/** An account, of the organization or standing alone. */
export interface AccountRow {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly state: AccountState
  readonly joined: number
  /** Id of the root or the organizational unit that holds the account. */
  readonly parent: string
  readonly tags: Readonly<Record<string, string>>
  /** Customer-managed IAM policies that exist in the account. */
  readonly policies: readonly AccountPolicy[]
  /** IAM quota of managed policies on one role. */
  readonly policiesPerRole: number
}

/** An organizational unit; `parent` is the id of the root or of another unit. */
export interface UnitRow {
  readonly id: string
  readonly name: string
  readonly parent: string
}

/** An instance of Identity Center with its identity store. */
export interface InstanceRow {
  readonly arn: string
  readonly identityStoreId: string
  readonly owner: string
  readonly kind: 'organization' | 'account'
  readonly name?: string
  readonly created: number
  readonly region: string
  /** Further Regions: `looks` counts down while ADDING or REMOVING. */
  readonly replicas: readonly { readonly region: string; readonly added: number; readonly status: string }[]
  readonly permissionSetsEnabled: boolean
  /** ARN of the customer managed key that encrypts it; without one the key belongs to AWS. */
  readonly kmsKey?: string
  readonly tags: Readonly<Record<string, string>>
}

/** A user: what CreateUser takes, and what only AWS writes. */
export interface UserRow {
  readonly UserId: string
  readonly UserName: string
  readonly UserStatus: 'ENABLED' | 'DISABLED'
  readonly attributes: Readonly<Record<string, Json>>
  readonly externalIds?: readonly { readonly Issuer: string; readonly Id: string }[]
  readonly stamp: Stamp
}

/** Who made and last changed a directory object, and when. */
export interface Stamp {
  readonly CreatedAt: number
  readonly CreatedBy: string
  readonly UpdatedAt: number
  readonly UpdatedBy: string
}

/** A group of the directory. */
export interface GroupRow {
  readonly GroupId: string
  readonly DisplayName: string
  readonly Description?: string
  readonly externalIds?: readonly { readonly Issuer: string; readonly Id: string }[]
  readonly stamp: Stamp
}

/** A user's membership in a group. */
export interface MembershipRow {
  readonly MembershipId: string
  readonly GroupId: string
  readonly UserId: string
  readonly stamp: Stamp
}

/** A permission set with all its content; `sessionDuration` is ISO 8601, `managed` are ARNs. */
export interface PermissionSetRow {
  readonly arn: string
  readonly instance: string
  readonly name: string
  readonly description?: string
  readonly sessionDuration: string
  readonly relayState?: string
  readonly created: number
  /** Grows with every change of content; provisions remember the version they carry. */
  readonly version: number
  readonly managed: readonly string[]
  readonly customer: readonly PolicyReference[]
  readonly inline?: string
  readonly boundary?: { readonly ManagedPolicyArn?: string; readonly CustomerManagedPolicyReference?: PolicyReference }
  readonly tags: Readonly<Record<string, string>>
}

/** An application that uses an instance; `account` is the one that it was made in. */
export interface ApplicationRow {
  readonly arn: string
  readonly instance: string
  readonly name: string
  readonly account: string
  /** ARN. */
  readonly provider: string
  readonly created: number
  readonly description?: string
  /** Absent for one that is enabled. */
  readonly status?: 'ENABLED' | 'DISABLED'
  /** False where every user may sign in to it without being assigned; absent for AWS's default, true. */
  readonly assignmentRequired?: boolean
  readonly tags?: Readonly<Record<string, string>>
}

/** A user or group that may sign in to an application, by its ARN. */
export interface ApplicationAssignmentRow {
  readonly application: string
  readonly principalType: PrincipalType
  readonly principal: string
}

/** Account access manager of an instance, by its own ARN. */
export interface AccountAccessRow {
  readonly arn: string
  /** ARN of the instance that users and groups come from. */
  readonly instance: string
  /** ARN of the application that it is in Identity Center. */
  readonly application: string
  /** The management account. */
  readonly owner: string
  readonly created: number
}

/** A user or group that may take an IAM role, by its id. */
export interface EntitlementRow {
  readonly id: string
  /** ARN of account access manager. */
  readonly application: string
  readonly principalType: PrincipalType
  readonly principal: string
  /** ARN. */
  readonly role: string
  readonly created: number
}

/** An identity provider whose tokens applications may take for users of an instance. */
export interface TrustedTokenIssuerRow {
  readonly arn: string
  readonly instance: string
  readonly name: string
  readonly issuerUrl: string
  /** Path of the claim in a token, and of the attribute of a user that it is compared with. */
  readonly claim: string
  readonly attribute: string
  readonly tags: Readonly<Record<string, string>>
  /** The request that made it, which is known again by its token. */
  readonly request?: { readonly token: string; readonly input: string }
}

/**
 * The attributes for access control of an instance. Their creation is in progress until `looks` is used up or `due` has come, whichever
 * is first, and ends in the failure if there is one.
 */
export interface AccessControlRow {
  readonly instance: string
  readonly attributes: readonly { readonly key: string; readonly source: string }[]
  readonly looks: number
  readonly due?: number
  readonly failure?: string
}

/** Kinds of principals an assignment can have. */
export type PrincipalType = 'USER' | 'GROUP'

/** An assignment in effect. */
export interface AssignmentRow {
  readonly account: string
  readonly permissionSet: string
  readonly principalType: PrincipalType
  readonly principal: string
}

/** The role of a permission set in an account: `role` is the 16 digits that end its name. */
export interface ProvisionRow {
  readonly account: string
  readonly permissionSet: string
  readonly version: number
  /** Length of role sessions, as provisioned. */
  readonly sessionDuration: string
  readonly role: string
  /** Set when the last assignment has gone: looks that still find the role. */
  readonly leaving?: number
  /** Set when the last assignment has gone: when the role has gone too. */
  readonly leaves?: number
}

/** States of an asynchronous request. */
export type RequestStatus = 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED'

/** An asynchronous request. It ends when `looks` is used up or when `due` has come, whichever is first. */
export interface RequestRow {
  readonly id: string
  readonly kind: 'create' | 'delete' | 'provision'
  readonly instance: string
  readonly status: RequestStatus
  readonly failure?: string
  readonly created: number
  readonly looks: number
  readonly due?: number
  readonly permissionSet: string
  /** Account; absent when a set is provisioned everywhere. */
  readonly account?: string
  readonly principalType?: PrincipalType
  readonly principal?: string
  /** Accounts where it fails for a reason known beforehand; `*` is everywhere. */
  readonly doomed?: Readonly<Record<string, string>>
}

/** All state of a sandbox: tables of rows by key. */
export interface Tables {
  readonly home: HomeRow
  readonly organization: OrganizationRow
  readonly accounts: AccountRow
  readonly units: UnitRow
  readonly instances: InstanceRow
  readonly users: UserRow
  readonly groups: GroupRow
  readonly memberships: MembershipRow
  readonly permissionSets: PermissionSetRow
  readonly assignments: AssignmentRow
  readonly provisions: ProvisionRow
  readonly requests: RequestRow
  readonly applications: ApplicationRow
  readonly applicationAssignments: ApplicationAssignmentRow
  readonly accessControl: AccessControlRow
  readonly trustedTokenIssuers: TrustedTokenIssuerRow
  readonly accountAccess: AccountAccessRow
  readonly entitlements: EntitlementRow
  readonly clients: ClientRow
  readonly grants: GrantRow
  readonly sessions: SessionRow
  readonly credentials: CredentialRow
}

/** Names of the tables. */
export type TableName = keyof Tables

/** Every table name, in the order of an export. */
export const tableNames = [
  'home',
  'organization',
  'accounts',
  'units',
  'instances',
  'users',
  'groups',
  'memberships',
  'permissionSets',
  'assignments',
  'provisions',
  'requests',
  'applications',
  'applicationAssignments',
  'accessControl',
  'trustedTokenIssuers',
  'accountAccess',
  'entitlements',
  'clients',
  'grants',
  'sessions',
  'credentials',
] as const satisfies readonly TableName[]
