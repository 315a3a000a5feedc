import { address } from '../../model/address.ts'
import type { FieldChange } from '../../model/specs.ts'
import type { State } from '../../model/state.ts'

/** True for a set that somebody else made, or keeps by now: it may grant what nobody wrote into this file yet. Pure. */
export function isAdopted(name: string, live: State, owner: string): boolean {
  const set = live['permission-set'].get(address('permission-set', name))
  return set !== undefined && set.mark !== owner
}

/** True for a change that takes a policy or the boundary of a set away. Pure. */
export function takesAccess({ path, before, after }: FieldChange): boolean {
  if (!/_polic(y|ies)$|_boundary$/.test(path) || before === undefined) return false
  return (
    after === undefined || (Array.isArray(before) && Array.isArray(after) && before.some((one) => !after.includes(one)))
  )
}
