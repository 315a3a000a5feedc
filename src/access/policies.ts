import { address } from '../model/address.ts'
import { oncePer } from '../model/once.ts'
import type { State } from '../model/state.ts'
import type { Policies } from '../policies/decide.ts'
import { policiesOf } from '../policies/effective.ts'

/**
 * What decides what a permission set allows, as it is kept: of one that was not read, a policy whose text is not known. Each set of a state
 * once. Pure.
 */
export function policiesIn(state: State, set: string): Policies {
  const known = remembered(state)
  const policies = known.get(set) ?? read(state, set)
  known.set(set, policies)
  return policies
}

const remembered = oncePer((_state: State) => new Map<string, Policies>())

function read(state: State, set: string): Policies {
  const entry = state['permission-set'].get(address('permission-set', set))
  if (!entry || entry.partial === 'header') return { identity: [{ name: `the policies of ${set}` }] }
  return policiesOf(entry.spec, state.texts)
}
