import { type Address, shownAddress } from '../model/address.ts'
import { type Diagnostic, error } from '../model/diagnostic.ts'
import type { Operation } from '../model/operation.ts'
import type { State } from '../model/state.ts'
import { dependencies } from './order.ts'
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
  return { end: state, refusals: [...refusals, ...circular(operations)] }
}

// Two users who swap their emails cannot both let go first; no order of requests leads there.
function circular(operations: readonly Operation[]): Diagnostic[] {
  const waits = dependencies(operations)
  const ended = new Set<Address>()
  let left = operations
  for (let before = -1; left.length !== before; ) {
    before = left.length
    for (const { address } of left) if (waits.get(address)?.every((at) => ended.has(at))) ended.add(address)
    left = left.filter(({ address }) => !ended.has(address))
  }
  return left.map((operation) =>
    error(
      'plan-circular',
      `cannot ${operation.verb} ${shownAddress(operation.address)}: it and what it waits for wait for each other`,
      {
        hint: 'use a temporary e-mail address, apply, then set the final one',
        ...(operation.at ? { at: operation.at } : {}),
      },
    ),
  )
}

function blocked({ address, verb, at }: Operation, problem: string): Diagnostic {
  return error('plan-blocked', `cannot ${verb} ${shownAddress(address)}: ${problem}`, {
    hint:
      verb === 'delete'
        ? 'remove or move what still needs it, in the same plan or manually, then plan again'
        : 'include what it needs in the manifest and in --only, then plan again',
    ...(at ? { at } : {}),
  })
}
