import { isAdministrative } from '../kinds/policy-rights.ts'
import { address } from '../model/address.ts'
import type { Caller, Facts } from '../model/facts.ts'
import type { AssignmentSpec } from '../model/specs.ts'
import type { State } from '../model/state.ts'

/**
 * Users who can do everything on the management account, directly or through a group. Disabled users and what was not read do not
 * count, so the answer is never too large.
 */
export function administrators(state: State, { management }: Facts): ReadonlySet<string> {
  const grants = [...state.assignment.values()].filter(
    ({ spec }) => spec.account === management && grantsAll(state, spec),
  )
  const users = grants.flatMap(({ spec }) => holders(state, spec))
  return new Set(users.filter((name) => state.user.get(address('user', name))?.disabled === false))
}

/** Assignments through which the caller got the role it is using; none when it uses no role of Identity Center. */
export function callerPaths(state: State, caller: Caller | undefined): readonly AssignmentSpec[] {
  const role = reservedRole(caller)
  if (!role || !caller) return []
  return [...state.assignment.values()]
    .map(({ spec }) => spec)
    .filter(
      (spec) =>
        spec.permission_set === role.set && spec.account === caller.account && holders(state, spec).includes(role.user),
    )
}

/**
 * Permission set and user behind a role of Identity Center, `AWSReservedSSO_SET_16hex/user`; undefined for other callers.
 * The form is well known and in no documentation that was read.
 */
export function reservedRole(caller: Caller | undefined): { readonly set: string; readonly user: string } | undefined {
  const match = /:assumed-role\/AWSReservedSSO_(.+)_[0-9a-f]{16}\/(.+)$/.exec(caller?.arn ?? '')
  return match?.[1] && match[2] ? { set: match[1], user: match[2] } : undefined
}

function grantsAll(state: State, spec: AssignmentSpec): boolean {
  const set = state['permission-set'].get(address('permission-set', spec.permission_set))
  return set !== undefined && !set.partial && isAdministrative(set.spec)
}

function holders(state: State, { principal_type, principal }: AssignmentSpec): readonly string[] {
  if (principal_type === 'user') return [principal]
  return [...state.membership.values()].filter(({ spec }) => spec.group === principal).map(({ spec }) => spec.user)
}
