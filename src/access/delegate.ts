import { type Address, address } from '../model/address.ts'
import type { Facts } from '../model/facts.ts'
import type { AssignmentSpec } from '../model/specs.ts'
import type { State } from '../model/state.ts'
import { assignmentsByAccount } from './lookup.ts'

/** What the caller may not change, because a delegated administrator must leave the management account alone (UG/delegated-admin). */
export interface Limits {
  /** Permission sets that are assigned in the management account. */
  readonly sets: ReadonlySet<Address>
  /** True for an assignment that may not be created or deleted. */
  readonly bars: (spec: AssignmentSpec) => boolean
}

/** What the caller may not change; nothing for the management account itself. Pure. */
export function limitsOf({ assignment }: State, { caller, management }: Facts): Limits {
  if (!caller?.delegated) return { sets: new Set(), bars: () => false }
  const home = management === undefined ? [] : (assignmentsByAccount(assignment).get(management) ?? [])
  const sets = new Set(home.map(({ permission_set }) => address('permission-set', permission_set)))
  return {
    sets,
    bars: (spec) => spec.account === management || sets.has(address('permission-set', spec.permission_set)),
  }
}
