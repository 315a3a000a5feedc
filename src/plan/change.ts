import type { Change } from '../kinds/contexts.ts'
import type { Operation } from '../model/operation.ts'
import type { KindName } from '../model/specs.ts'
import type { State } from '../model/state.ts'
import type { PlanInput } from './diff.ts'

/** An operation as its kind sees it: both sides of it, with the states before the plan and after it. Pure. */
export function changeOf(
  { before, after }: Operation,
  { live, facts, manifest }: PlanInput,
  end: State,
): Change<KindName> {
  return { live, end, facts, manifest, ...(before ? { before } : {}), ...(after ? { after } : {}) }
}
