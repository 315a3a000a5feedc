import { addEntitlements } from './account-access/fill.ts'
import type { Contents } from './content-types.ts'
import { byDefault, type Choices } from './faults/choices.ts'
import {
  addAccessControl,
  addApplication,
  addAssignment,
  addGroup,
  addPermissionSet,
  addTrustedTokenIssuer,
  addUser,
} from './fill.ts'
import type { Random } from './ids.ts'
import type { Context } from './operations/context.ts'
import { partitionOf } from './partition.ts'
import { notFound } from './service-error.ts'
import { ledger, type State, type TablesJson } from './state/state.ts'

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
  for (const issuer of contents.trustedTokenIssuers ?? []) addTrustedTokenIssuer(filler, issuer)
  if (contents.entitlements) addEntitlements(filler, contents.entitlements)
  if (contents.accessControlAttributes) addAccessControl(filler, contents.accessControlAttributes)
}
