import { keepingOf } from '../kinds/keeping.ts'
import type { Keeping } from '../model/keeping.ts'
import type { Operation } from '../model/operation.ts'
import { entryAt } from '../model/state.ts'
import type { PlanInput } from './diff.ts'

/** How what an operation would change is kept instead. Pure. */
export function keepingBeside(operation: Operation, { desired, live, manifest, facts }: PlanInput): Keeping {
  const { address, fields, urgent = false } = operation
  const thing = { address, fields, desired: entryAt(desired, address), live: entryAt(live, address) }
  return keepingOf(thing, { read: { loaded: manifest, facts }, urgent })
}

/** An operation that says how what it would change is kept instead. Pure. */
export function withKeeping(operation: Operation, input: PlanInput): Operation {
  return { ...operation, keep: keepingBeside(operation, input) }
}
