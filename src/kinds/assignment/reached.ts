import { isDenied } from '../../access/claims.ts'
import type { Weakened } from '../../access/lockout.ts'
import { allowsLess } from '../../access/losses.ts'
import { pathsThrough } from '../../access/paths.ts'
import { type Address, address, membershipAddress } from '../../model/address.ts'
import type { OperationOf } from '../../model/operation.ts'
import type { BothStates, Entry, State } from '../../model/state.ts'
import type { RunContext } from '../contexts.ts'

/** Why a grant must not be made while the access of somebody who is revoked could not be ended. Pure. */
export function heldBack({ verb, after }: OperationOf<'assignment'>, context: RunContext): string | undefined {
  if (verb !== 'create' || !after) return undefined
  const { state, revoked, hasFailed } = context
  const reached = pathsThrough(state, after).paths.filter((path) => revoked.has(path.user) && !isDenied(state, path))
  return reached.flatMap(({ user, group = '', permission_set }) => {
    const failed = [membershipAddress(group, user), address('permission-set', permission_set)].find(hasFailed)
    return failed ? [`${user} is revoked and would gain this access, because ${failed} failed`] : []
  })[0]
}

/** The set of a grant that brings an account up to date with it: nobody knows what the older version gave. Pure. */
export function weakens({ verb, after }: OperationOf<'assignment'>, state: State): Weakened | undefined {
  if (verb !== 'create' || !after) return undefined
  const set = address('permission-set', after.permission_set)
  const found = state['permission-set'].get(set)
  const mayBeBehind = found?.partial === 'header' || found?.spec.outdated_in?.includes(after.account)
  return mayBeBehind ? { set, accounts: [after.account] } : undefined
}

/** What a grant that the manifest protects loses between two states; undefined for nothing. Pure. */
export function loses(at: Address, { spec }: Entry<'assignment'>, { live, end }: BothStates): string | undefined {
  if (!live.assignment.has(at)) return undefined
  if (!end.assignment.has(at)) return 'it is taken away'
  return allowsLess(spec.permission_set, { live, end }) ? `${spec.permission_set} allows less, or may` : undefined
}
