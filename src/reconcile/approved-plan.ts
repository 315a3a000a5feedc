import type { Allowances } from '../model/allowances.ts'
import { reportIn } from '../session/report-in.ts'
import type { Session } from '../session/runtime.ts'
import { type Approval, type Approving, approve } from './approve.ts'
import { type CarriedOut, carryOut } from './carry-out.ts'
import type { Planning, PlanResult } from './planning.ts'
import { type Progress, progressOf } from './progress.ts'

/** A plan that was shown and approved. */
export interface Approved extends PlanResult {
  readonly progress: Progress
}

/** What a command asks somebody to approve. */
interface Asked {
  readonly command: Approving
  readonly approval: Approval
  readonly make: () => Promise<PlanResult>
  /** What to do where not everything was done. */
  readonly next?: string
}

/** Plans, shows, and asks; undefined when the plan must not run, and then it was said why. */
export async function approvedPlan(
  session: Session,
  { command, approval, make, next }: Asked,
): Promise<Approved | undefined> {
  const { runtime } = session
  const progress = await progressOf(session, next)
  const made = await make()
  const { plan, changes } = made
  await runtime.busy(() => progress.planned(plan, changes))
  reportIn(session, [...plan.diagnostics, ...plan.refusals])
  if (!plan.complete || plan.refusals.length > 0) return undefined
  const refused = await approve(plan, session, approval, command)
  if (refused) reportIn(session, [refused])
  return refused ? undefined : { ...made, progress }
}

/** Runs an approved plan and looks again; where nothing had to change, the look it was made from is the new one. */
export async function runApproved(
  { progress, ...made }: Approved,
  session: Session,
  allow: Allowances,
  planning: Planning = {},
): Promise<CarriedOut> {
  const { plan, observed } = made
  if (plan.operations.length === 0) return { succeeded: true, outcomes: new Map(), after: made }
  return session.runtime.unhurried(
    () => carryOut(plan, observed, session, allow, progress, planning),
    progress.lastWords,
  )
}
