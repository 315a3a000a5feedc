import { kindNamed } from '../kinds/index.ts'
import type { Operation } from '../model/operation.ts'
import type { RightsChange } from '../model/rights.ts'
import type { BothStates } from '../model/state.ts'
import type { Policies } from '../policies/decide.ts'
import type { KnownNames } from '../policies/known-names.ts'
import type { PoliciesChange } from '../policies/policies-change.ts'
import { isNoChange, rightsChange } from '../policies/rights-change.ts'
import { briefRights } from './rights-words.ts'

/** Operations with what they give and take of the services in accounts, and grants with it in words. Pure. */
export function withRights(operations: readonly Operation[], states: BothStates, names: KnownNames): Operation[] {
  const changeOf = remembering((before, after) => rightsChange(before, after, names))
  return operations.map((bare) => {
    const changes = policyChanges(bare, states)
    const [change, second] = changes
    const operation = noticed(bare, changes.map(changeOf))
    // A sentence about several permission sets has no room for what each of them gives.
    const isSentence = kindNamed(operation.kind).addressSays === 'everything'
    if (!change || (second && isSentence)) return operation
    const rights = changeOf(change)
    return isNoChange(rights) ? operation : told(operation, rights)
  })
}

function noticed(operation: Operation, changes: readonly RightsChange[]): Operation {
  if (changes.some(({ gives }) => gives.everything)) return { ...operation, attention: 'administrator' }
  const isMore = changes.some(({ gives }) => gives.risks.length > 0 || gives.unknown.length > 0)
  return isMore ? { ...operation, attention: 'more-rights' } : operation
}

/** What decides about the access that an operation changes, by permission set. */
export function policyChanges(operation: Operation, states: BothStates): readonly PoliciesChange[] {
  return kindNamed(operation.kind).policies?.(operation, states) ?? []
}

// Where the sentence about an operation is all that is shown of it, that says it; of thousands of grants, each would hold the same.
function told(operation: Operation, rights: RightsChange): Operation {
  const { effect, verb, kind } = operation
  if (kindNamed(kind).addressSays !== 'everything') return { ...operation, rights }
  const brief = briefRights(verb === 'delete' ? rights.takes : rights.gives)
  return effect === undefined || brief === 'everything' ? operation : { ...operation, effect: `${effect}: ${brief}` }
}

/** A plan of thousands of grants has few permission sets. */
function remembering(make: (before: Policies, after: Policies) => RightsChange) {
  const known = new WeakMap<Policies, WeakMap<Policies, RightsChange>>()
  return ({ before, after }: PoliciesChange): RightsChange => {
    const those = known.get(before) ?? new WeakMap<Policies, RightsChange>()
    known.set(before, those)
    const found = those.get(after) ?? make(before, after)
    those.set(after, found)
    return found
  }
}
