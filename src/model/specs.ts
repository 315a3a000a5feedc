import type { Json, JsonObject } from './json.ts'

/**
 * What a person writes about one thing, normalised so that equal meaning is equal data: durations as `8h`, AWS-managed
 * policies by name, lists that are sets sorted. Identifiers that AWS hands out never enter a spec; they are references.
 * An absent value is an absent key.
 */
export interface Specs {
  user: UserSpec
  group: GroupSpec
  membership: MembershipSpec
  'permission-set': PermissionSetSpec
  assignment: AssignmentSpec
  'sso-session': SectionSpec
  profile: SectionSpec
  shell: ShellSpec
  'access-control-attributes': AccessControlAttributesSpec
  'trusted-token-issuer': TrustedTokenIssuerSpec
  application: ApplicationSpec
  'application-assignment': ApplicationAssignmentSpec
  'delegated-administrator': DelegatedAdministratorSpec
  'additional-region': AdditionalRegionSpec
  'instance-name': InstanceNameSpec
}

/** Name of a kind, as used in addresses and by `--only`. */
export type KindName = keyof Specs

/** Who may hold an assignment. */
export interface Principal {
  readonly type: 'user' | 'group'
  readonly name: string
}

/** Attributes of a user by their manifest keys; the user name is in the address. */
export type UserSpec = JsonObject

/** A group; its members are things of their own. */
export interface GroupSpec extends JsonObject {
  /** Only of a group that is being renamed: its name so far, and the one it gets. */
  readonly name?: string
  readonly description?: string
}

/** One user in one group, both by name. */
export interface MembershipSpec extends JsonObject {
  readonly group: string
  readonly user: string
}

/** A permission set; the name is in the address. */
export interface PermissionSetSpec extends JsonObject {
  readonly description?: string
  /** Hours and minutes, as `8h` or `1h30m`. */
  readonly session_duration: string
  readonly relay_state?: string
  /** Name or path/name of AWS-managed policies, sorted. */
  readonly managed_policies?: readonly string[]
  /** Path and name of customer-managed policies, sorted, for example `/team/Boundary`. */
  readonly customer_managed_policies?: readonly string[]
  readonly inline_policy?: JsonObject
  readonly permissions_boundary?: Boundary
  /** Tags but for the ownership mark. */
  readonly tags?: { readonly [key: string]: string }
  /** Users whose sessions the set denies: `everything`, or `sessions before TIME`. Kept apart from the inline policy it is written into. */
  readonly revoked?: { readonly [user: string]: string }
  /** Accounts that still hold an older version of the set; a manifest never asks for one. */
  readonly outdated_in?: readonly string[]
}

/** A permissions boundary: an AWS-managed policy by name, or a customer-managed one by path and name. */
export type Boundary = { readonly managed_policy: string } | { readonly customer_managed_policy: string }

/** One grant by names; `account` is the 12-digit id. */
export interface AssignmentSpec extends JsonObject {
  readonly permission_set: string
  readonly principal_type: Principal['type']
  readonly principal: string
  readonly account: string
}

/** Keys and values of a section of `~/.aws/config`, spelled as the AWS CLI spells them; properties of a block as `s3.region`. */
export type SectionSpec = { readonly [key: string]: string }

/** The block of a shell's start-up file; the shell is in the address. */
export interface ShellSpec extends JsonObject {
  readonly aws_profile?: string
  /** A block whose lines are no longer as they were written; a manifest never asks for one. */
  readonly changed_by_hand?: 'yes'
}

/** One field of a spec that differs; an absent value is an absent key. */
export interface FieldChange {
  /** Manifest key, or `key.inner` for maps such as tags. */
  readonly path: string
  readonly before?: Json
  readonly after?: Json
}

/** The attributes of users that go along into accounts as session tags, by key; the value is their source, as `${path:userName}`. */
export interface AccessControlAttributesSpec extends JsonObject {
  readonly attributes: { readonly [key: string]: string }
  /** What AWS says of a configuration that is not in use, in lower case; a manifest never asks for one. */
  readonly status?: string
}

/** An identity provider whose tokens applications may take for users of Identity Center; the name is in the address. */
export interface TrustedTokenIssuerSpec extends JsonObject {
  /** Only of one that is being renamed, and of one whose name is not its own: what it is called. */
  readonly name?: string
  readonly issuer_url: string
  /** Claim of a token that says who somebody is, as a path such as `email`. */
  readonly claim: string
  /** Attribute of the user whom that claim names, as a path such as `emails.value`. */
  readonly attribute: string
  /** Tags but for the ownership mark. */
  readonly tags?: { readonly [key: string]: string }
  /** What AWS calls a type of issuer that nobody has heard of here; a manifest never asks for one. */
  readonly type?: string
}

/** What is managed of an application that exists: whether anybody has to be assigned to it. Who is assigned is a kind of its own. */
export interface ApplicationSpec extends JsonObject {
  /** False where every user may open it without being assigned. */
  readonly assignment_required?: boolean
  /** What the application is called, where the address does not say it; a manifest never asks for one. */
  readonly name?: string
  /** The provider of an application that nobody has made here, from its ARN; a manifest never asks for one. */
  readonly service?: string
}

/** A user or a group that may open an application, by names; the application is called as in its address. */
export interface ApplicationAssignmentSpec extends JsonObject {
  readonly application: string
  readonly principal_type: Principal['type']
  readonly principal: string
}

/** A member account that administers Identity Center, by its 12-digit id. */
export interface DelegatedAdministratorSpec extends JsonObject {
  readonly account: string
}

/** A Region that the instance is replicated to; its code is in the address. */
export interface AdditionalRegionSpec extends JsonObject {
  /** What AWS says of a Region that is not in use, in lower case, as `adding`; a manifest never asks for that. */
  readonly status?: string
}

/** What the instance of Identity Center is called. */
export interface InstanceNameSpec extends JsonObject {
  readonly name?: string
}
