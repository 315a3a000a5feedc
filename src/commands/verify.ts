import type { Outcomes } from '../apply/run.ts'
import { type Diagnostic, error, Refusal, sentence } from '../model/diagnostic.ts'
import type { Operation } from '../model/operation.ts'
import type { Allowances } from '../plan/guard.ts'
import type { Session } from './context.ts'
import { type PlanMade, type Planning, planNow } from './planning.ts'

/** A look after an apply. */
export interface Closing {
  /** What was changed and still is not as wanted, or why that could not be told. */
  readonly left: readonly Diagnostic[]
  /** What the look found; absent when it failed. */
  readonly made?: PlanMade
}

/**
 * Looks again at what was changed. A service that says yes and does otherwise, or another person at work at the same time, must not
 * pass for success; nor must a look that fails.
 */
export async function lookAgain(
  outcomes: Outcomes,
  session: Session,
  allow: Allowances,
  planning: Planning,
): Promise<Closing> {
  try {
    const made = await planNow(session, allow, planning)
    const open = made.plan.operations.filter(({ address }) => outcomes.get(address)?.result === 'done')
    return { left: open.map(notAsWanted), made }
  } catch (thrown) {
    const why =
      thrown instanceof Refusal ? thrown.diagnostics : [error('defect', `unexpected error: ${sentence(thrown)}`)]
    return { left: [...why, notProven] }
  }
}

const notProven = error(
  'not-verified',
  'what was changed could not be read back, so it is not proven that it is as wanted',
  {
    hint: 'run plan when the reason above is gone: it says whether anything is left to do',
  },
)

function notAsWanted({ address, fields }: Operation): Diagnostic {
  const what = fields.map(({ path }) => path).join(', ') || 'it is not there'
  return error('not-converged', `${address} was changed but is not as wanted (${what})`, {
    hint: 'run plan to see what differs; somebody else may be changing it, or AWS did not keep the value',
  })
}
