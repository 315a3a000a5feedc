import { type Diagnostic, error } from '../model/diagnostic.ts'
import type { Operation } from '../model/operation.ts'
import type { State } from '../model/state.ts'
import { step } from './step.ts'

/** What a plan leads to when it is run on what was read, one operation after the other. */
export interface Trial {
  readonly end: State
  /** Every operation that would not find what it needs. */
  readonly refusals: readonly Diagnostic[]
}

/** Tries ordered operations on a state. Pure; nothing outside changes. */
export function tryPlan(live: State, operations: readonly Operation[]): Trial {
  const refusals: Diagnostic[] = []
  let state = live
  for (const operation of operations) {
    const { state: next, problems } = step(state, operation)
    refusals.push(...problems.map((problem) => blocked(operation, problem)))
    state = next
  }
  return { end: state, refusals }
}

function blocked({ address, verb, at }: Operation, problem: string): Diagnostic {
  return error('plan-blocked', `cannot ${verb} ${address}: ${problem}`, {
    hint:
      verb === 'delete'
        ? 'remove or move what still needs it, in the same plan or by hand, then plan again'
        : 'include what it needs in the manifest and in --only, then plan again',
    ...(at ? { at } : {}),
  })
}
