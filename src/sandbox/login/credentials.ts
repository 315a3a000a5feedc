import { newId, type Random } from '../ids.ts'
import { placeOf } from '../state/indexes.ts'
import type { CredentialRow } from '../state/login-tables.ts'
import type { State } from '../state/state.ts'
import { forgetEnded } from './session.ts'

/** Whose session of which role credentials are for. */
export type Holder = Pick<CredentialRow, 'account' | 'roleName' | 'userName' | 'user'>

/** Hands out credentials that this sandbox's STS knows as the assumed role, for some seconds. */
export function issueCredentials(
  state: State,
  holder: Holder,
  seconds: number,
  now: number,
  random: Random,
): CredentialRow {
  forgetEnded(state, now)
  const row = {
    accessKeyId: newId.accessKey(random),
    secretAccessKey: newId.token(random).slice(0, 40),
    sessionToken: newId.token(random),
    ...holder,
    expires: Math.floor(now + seconds),
  }
  state.put('credentials', row.accessKeyId, row)
  return row
}

/** Name of the IAM role that a permission set has in an account. */
export function roleName(permissionSet: string, digits: string): string {
  return `AWSReservedSSO_${permissionSet}_${digits}`
}

/** Name of the role that a set, by its name, has in an account, or would have if it had one. */
export function roleNameIn(state: State, account: string, permissionSet: string, random: Random): string {
  const set = [...state.rows('permissionSets').values()].find(({ name }) => name === permissionSet)
  const provision = set && state.rows('provisions').get(placeOf({ account, permissionSet: set.arn }))
  return roleName(permissionSet, provision?.role ?? newId.role(random))
}
