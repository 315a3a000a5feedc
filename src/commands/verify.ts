import type { Outcomes } from '../apply/run.ts'
import { type Diagnostic, error, Refusal, sentence } from '../model/diagnostic.ts'
import type { Operation } from '../model/operation.ts'
import type { Allowances } from '../plan/guard.ts'
import type { Session } from './context.ts'
import { planNow } from './plan.ts'

/**
 * What was changed and still is not as wanted, found by a new look. A service that says yes and does otherwise, or another
 * person at work at the same time, must not pass for success; nor must a look that fails.
 */
export async function unconverged(outcomes: Outcomes, session: Session, allow: Allowances): Promise<Diagnostic[]> {
  try {
    const { plan } = await planNow(session, allow)
    return plan.operations.filter(({ address }) => outcomes.get(address)?.result === 'done').map(notAsWanted)
  } catch (thrown) {
    const why =
      thrown instanceof Refusal ? thrown.diagnostics : [error('defect', `unexpected error: ${sentence(thrown)}`)]
    return [...why, notProven]
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
