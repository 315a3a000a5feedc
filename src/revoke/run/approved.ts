import type { Allowances } from '../../model/allowances.ts'
import { type Approved, approvedPlan, runApproved } from '../../reconcile/approved-plan.ts'
import type { CarriedOut } from '../../reconcile/carry-out.ts'
import { type Planning, type PlanResult, planNow } from '../../reconcile/planning.ts'
import type { Session } from '../../session/runtime.ts'
import type { RevokeOptions } from './options.ts'

/** Plans, shows, and asks; undefined when the plan must not run, and then it was said why. `check` may refuse it beforehand. */
export function approvedRevocation(
  session: Session,
  options: RevokeOptions,
  planning: Planning,
  check: (made: PlanResult) => void,
): Promise<Approved | undefined> {
  const make = async () => {
    const made = await planNow(session, allowancesOf(options), planning)
    check(made)
    return made
  }
  const next = 'it is safe to run this again; the current access is listed below.'
  return approvedPlan(session, { command: 'revoke', approval: options, make, next })
}

/** Runs an approved plan and looks again. */
export function runRevocation(
  made: Approved,
  session: Session,
  options: RevokeOptions,
  planning: Planning,
): Promise<CarriedOut> {
  return runApproved(made, session, allowancesOf(options), planning)
}

// Deletes are what revoking means, so they need no count.
function allowancesOf({ allowLockout }: RevokeOptions): Allowances {
  return { maxDeletes: Number.POSITIVE_INFINITY, ...(allowLockout ? { allowLockout } : {}) }
}
