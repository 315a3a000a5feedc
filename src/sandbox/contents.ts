import type { Json, JsonObject } from '../model/json.ts'
import { byDefault, type Choices } from './faults/choices.ts'
import { addApplication, addAssignment, addGroup, addPermissionSet, addUser } from './fill.ts'
import type { Random } from './ids.ts'
import type { Context } from './operations/context.ts'
import { partitionOf } from './partition.ts'
import { notFound } from './service-error.ts'
import { ledger, type State, type TablesJson } from './state/state.ts'

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
  readonly account?: string
}

/** What an instance holds, by names instead of ids. */
export interface Contents {
  readonly users?: readonly ContentUser[]
  readonly groups?: readonly ContentGroup[]
  readonly permissionSets?: readonly ContentPermissionSet[]
  readonly assignments?: readonly ContentAssignment[]
  readonly applications?: readonly ContentApplication[]
}

/**
 * The tables with the contents added to their first organization instance, by the same rules as the API: the function
 * calls the operations themselves. Pure; assignments are in effect at once. `now` is in epoch seconds.
 * @throws ServiceError for what the API would refuse, and for an assignment that no active account would take.
 */
export function withContents(from: TablesJson, contents: Contents, now: number, random: Random): TablesJson {
  const state = ledger(from)
  addContents(state, contents, now, random)
  return state.toJson()
}

/** Adds contents to a state in place; see `withContents`. */
export function addContents(
  state: State,
  contents: Contents,
  now: number,
  random: Random,
  choices: Choices = byDefault,
): void {
  const instance = [...state.rows('instances').values()].find(({ kind }) => kind === 'organization')
  if (!instance) throw notFound('An organization instance')
  const caller = {
    account: instance.owner,
    arn: `arn:${partitionOf(state)}:iam::${instance.owner}:user/sandbox`,
    userId: '',
    region: instance.region,
  }
  const pace = { looks: 0, seconds: null, lag: 0, roleSeconds: 0 }
  const context: Context = { state, caller, now, random, pace, choices, doom: () => ({}) }
  const filler = { context, InstanceArn: instance.arn, IdentityStoreId: instance.identityStoreId }
  for (const user of contents.users ?? []) addUser(filler, user)
  for (const group of contents.groups ?? []) addGroup(filler, group)
  for (const set of contents.permissionSets ?? []) addPermissionSet(filler, set)
  for (const assignment of contents.assignments ?? []) addAssignment(filler, assignment)
  for (const application of contents.applications ?? []) addApplication(filler, application)
}
