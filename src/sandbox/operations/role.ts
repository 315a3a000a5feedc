import { newId } from '../ids.ts'
import { assignmentsByPlace, placeOf, provisionsByAccount } from '../state/indexes.ts'
import type { State } from '../state/state.ts'
import type { AccountRow, PermissionSetRow, PolicyReference } from '../state/tables.ts'
import type { Course } from './context.ts'

const maxProvisioned = 500

/**
 * Brings the latest content of a set into an account, or gives the reason why it cannot. A role that is leaving stays when
 * it is granted again, and goes all the same when it is only renewed.
 */
export function furnish(
  { state, random }: Course,
  account: string,
  permissionSet: string,
  because: 'granted' | 'renewed',
): string | undefined {
  const set = state.rows('permissionSets').get(permissionSet)
  const place = state.rows('accounts').get(account)
  if (!set || !place) return `Received a 404 status error: Permission set not found in AWS account ${account}.`
  const key = placeOf({ account, permissionSet })
  const old = state.rows('provisions').get(key)
  const problem = roleProblem(set, place) ?? (old ? undefined : roomProblem(state, account))
  if (problem !== undefined) return problem
  const { version, sessionDuration } = set
  const kept = because === 'renewed' ? old : undefined
  const role = old?.role ?? newId.role(random)
  state.put('provisions', key, { ...kept, account, permissionSet, version, sessionDuration, role })
  return undefined
}

/** The role leaves with the last assignment: at once, after some looks that still find it, or after some seconds. */
export function dismiss({ state, now, pace }: Course, account: string, permissionSet: string): void {
  if (state.find(assignmentsByPlace, placeOf({ account, permissionSet })).length > 0) return
  const key = placeOf({ account, permissionSet })
  const row = state.rows('provisions').get(key)
  if (!row || (pace.lag === 0 && pace.roleSeconds === 0)) {
    state.remove('provisions', key)
    return
  }
  const looks = pace.lag > 0 ? { leaving: pace.lag } : {}
  const time = pace.roleSeconds > 0 ? { leaves: now + pace.roleSeconds } : {}
  state.put('provisions', key, { ...row, ...looks, ...time })
}

/** What IAM in the account has against the role. */
function roleProblem(set: PermissionSetRow, account: AccountRow): string | undefined {
  const missing = missingPolicy(set, account.policies)
  if (missing) {
    return `Received a 404 status error: Policy ${missing.Path}${missing.Name} was not found in AWS account ${account.id}.`
  }
  if (set.managed.length + set.customer.length <= account.policiesPerRole) return undefined
  return `Received a 409 status error: Cannot exceed quota for PoliciesPerRole: ${account.policiesPerRole}`
}

function roomProblem(state: State, account: string): string | undefined {
  if (state.find(provisionsByAccount, account).length < maxProvisioned) return undefined
  return `AWS account ${account} cannot hold more than ${maxProvisioned} provisioned permission sets.`
}

function missingPolicy(set: PermissionSetRow, existing: readonly PolicyReference[]): PolicyReference | undefined {
  const boundary = set.boundary?.CustomerManagedPolicyReference
  const desired = boundary ? [...set.customer, boundary] : set.customer
  return desired.find(({ Name, Path }) => !existing.some((one) => one.Name === Name && one.Path === Path))
}
