import type { Allowances } from '../../model/allowances.ts'
import { approve } from '../../reconcile/approve.ts'
import { type CarriedOut, carryOut } from '../../reconcile/carry-out.ts'
import { type Planning, type PlanResult, planNow } from '../../reconcile/planning.ts'
import { type Progress, progressOf } from '../../reconcile/progress.ts'
import { reportDiagnostics } from '../../session/diagnostics.ts'
import type { Session } from '../../session/runtime.ts'
import type { RevokeOptions } from './options.ts'

/** A plan that was shown and approved. */
interface Approved extends PlanResult {
  readonly progress: Progress
}

/** Plans, shows, and asks; undefined when the plan must not run, and then it was said why. `check` may refuse it beforehand. */
export async function approvedPlan(
  session: Session,
  options: RevokeOptions,
  planning: Planning,
  check: (made: PlanResult) => void,
): Promise<Approved | undefined> {
  const progress = await progressOf(session, 'it is safe to run this again; the current access is listed below.')
  const made = await planNow(session, allowancesOf(options), planning)
  check(made)
  const { plan } = made
  progress.planned(plan)
  reportDiagnostics(session.runtime, [...plan.diagnostics, ...plan.refusals], session.sources)
  if (!plan.complete || plan.refusals.length > 0) return undefined
  const refused = await approve(plan, session, options, 'revoke')
  if (refused) reportDiagnostics(session.runtime, [refused], session.sources)
  return refused ? undefined : { ...made, progress }
}

/** Runs an approved plan and looks again; where nothing had to change, the look it was made from is the new one. */
export async function runPlan(
  { progress, ...made }: Approved,
  session: Session,
  options: RevokeOptions,
  planning: Planning,
): Promise<CarriedOut> {
  const { plan, observed } = made
  if (plan.operations.length === 0) return { succeeded: true, outcomes: new Map(), after: made }
  return session.runtime.unhurried(
    () => carryOut(plan, observed, session, allowancesOf(options), progress, planning),
    progress.lastWords,
  )
}

// Deletes are what revoking means, so they need no count.
function allowancesOf({ allowLockout }: RevokeOptions): Allowances {
  return { maxDeletes: Number.POSITIVE_INFINITY, ...(allowLockout ? { allowLockout } : {}) }
}
