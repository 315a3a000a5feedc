import type { Json, JsonObject } from '../model/json.ts'

/** Ids of an object at the identity provider that provisions it here. */
export type ContentExternalIds = readonly { readonly Issuer: string; readonly Id: string }[]

/** A user by name. Attributes are those of CreateUser; given names default to the user name. */
export interface ContentUser {
  readonly userName: string
  readonly givenName?: string
  readonly familyName?: string
  readonly displayName?: string
  readonly email?: string
  readonly disabled?: boolean
  /** As an identity provider leaves it behind that provisions users here. */
  readonly externalIds?: ContentExternalIds
  /** Further attributes by their names in the model, such as PhoneNumbers; they come before those that the rest gives. */
  readonly attributes?: JsonObject
}

/** A group by name, with its members. */
export interface ContentGroup {
  readonly displayName: string
  readonly description?: string
  /** User names. */
  readonly members?: readonly string[]
  /** As an identity provider leaves it behind that provisions groups here. */
  readonly externalIds?: ContentExternalIds
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
  /** Keys that begin with `aws:` are allowed here: other services leave such tags behind. */
  readonly tags?: Readonly<Record<string, string>>
}

/** An assignment, everything but the account by name. The account need not be active: it may have been when this was made. */
export interface ContentAssignment {
  readonly permissionSet: string
  readonly account: string
  /** A user name or a group's display name; exactly one of both. */
  readonly user?: string
  readonly group?: string
}

/** An application that uses the instance; the account it was made in is the instance's own unless given. */
export interface ContentApplication {
  readonly name: string
  /** A new one unless given. */
  readonly arn?: string
  readonly account?: string
  /** Last part of the provider's ARN; `custom` unless given. */
  readonly provider?: string
  readonly disabled?: boolean
  /** True unless given. */
  readonly assignmentRequired?: boolean
  /** User names and display names of groups that are assigned to it. */
  readonly users?: readonly string[]
  readonly groups?: readonly string[]
}

/** An identity provider whose tokens applications may take for users of the instance. */
export interface ContentTrustedTokenIssuer {
  readonly name: string
  readonly issuerUrl: string
  /** Claim of a token; `email` unless given. */
  readonly claim?: string
  /** Attribute of a user that it is compared with; `emails.value` unless given. */
  readonly attribute?: string
  readonly tags?: Readonly<Record<string, string>>
}

/** A user or group, by name, with an IAM role through account access manager. */
export interface ContentEntitlement {
  /** ARN of the role, which need not exist. */
  readonly role: string
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
  readonly applications?: readonly ContentApplication[]
  readonly trustedTokenIssuers?: readonly ContentTrustedTokenIssuer[]
  /** With these, even without one of them, account access manager is enabled. */
  readonly entitlements?: readonly ContentEntitlement[]
  /** Sources of attributes for access control by their keys, such as `{ CostCenter: '${path:enterprise.costCenter}' }`. */
  readonly accessControlAttributes?: Readonly<Record<string, string>>
}
