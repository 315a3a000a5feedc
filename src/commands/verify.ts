import type { Outcomes } from '../apply/run.ts'
import { type Diagnostic, error } from '../model/diagnostic.ts'
import type { Allowances } from '../plan/guard.ts'
import type { Session } from './context.ts'
import { planNow } from './plan.ts'

/**
 * What was changed and still is not as wanted, found by a new look. A service that says yes and does otherwise, or another
 * person at work at the same time, must not pass for success.
 */
export async function unconverged(outcomes: Outcomes, session: Session, allow: Allowances): Promise<Diagnostic[]> {
  const { plan } = await planNow(session, allow)
  const left = plan.operations.filter(({ address }) => outcomes.get(address)?.result === 'done')
  return left.map(({ address, fields }) =>
    error(
      'not-converged',
      `${address} was changed but is not as wanted (${fields.map(({ path }) => path).join(', ') || 'it is not there'})`,
      {
        hint: 'run plan to see what differs; somebody else may be changing it, or AWS did not keep the value',
      },
    ),
  )
}
