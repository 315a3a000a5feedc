import type { Allowances } from '../plan/guard.ts'
import { type CarriedOut, carryOut } from './apply.ts'
import { approve } from './approve.ts'
import type { Session } from './context.ts'
import { reportDiagnostics } from './diagnostics.ts'
import { type PlanMade, type Planning, planNow } from './planning.ts'
import { type Progress, progressOf } from './progress.ts'
import type { RevokeOptions } from './revoke.ts'

/** A plan that was shown and approved. */
export interface Approved extends PlanMade {
  readonly progress: Progress
}

/** Plans, shows, and asks; undefined when the plan must not run, and then it was said why. `check` may refuse it beforehand. */
export async function approvedPlan(
  session: Session,
  options: RevokeOptions,
  planning: Planning,
  check: (made: PlanMade) => void,
): Promise<Approved | undefined> {
  const progress = await progressOf(session, 'it is safe to run this again; the access as it is now is listed below.')
  const made = await planNow(session, allowancesOf(options), planning)
  check(made)
  const { plan } = made
  progress.planned(plan)
  reportDiagnostics(session.shell, [...plan.diagnostics, ...plan.refusals], session.sources)
  if (!plan.complete || plan.refusals.length > 0) return undefined
  const refused = await approve(plan, session, options, 'revoke')
  if (refused) reportDiagnostics(session.shell, [refused], session.sources)
  return refused ? undefined : { ...made, progress }
}

/** Runs an approved plan and looks again; where nothing had to change, the look it was made from is the new one. */
export async function runPlan(
  { progress, ...made }: Approved,
  session: Session,
  options: RevokeOptions,
  planning: Planning,
): Promise<CarriedOut> {
  const { plan, seen } = made
  if (plan.operations.length === 0) return { succeeded: true, outcomes: new Map(), after: made }
  return session.shell.unhurried(() => carryOut(plan, seen, session, allowancesOf(options), progress, planning))
}

// Deletes are what revoking means, so they need no count.
function allowancesOf({ allowLockout }: RevokeOptions): Allowances {
  return { maxDeletes: Number.POSITIVE_INFINITY, ...(allowLockout ? { allowLockout } : {}) }
}
