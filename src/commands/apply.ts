import { type Outcomes, run } from '../apply/run.ts'
import type { Plan } from '../model/plan.ts'
import type { Allowances } from '../plan/guard.ts'
import { watchOf } from '../plan/plan.ts'
import { approve } from './approve.ts'
import { offerToRecord } from './checklist.ts'
import type { CommonOptions, Session, Shell } from './context.ts'
import { reportDiagnostics } from './diagnostics.ts'
import { type PlanMade, type Planning, planNow } from './planning.ts'
import { type PrerequisiteOptions, withPrerequisites } from './prerequisites.ts'
import { type Progress, progressOf } from './progress.ts'
import { inSession } from './session.ts'
import { sheetWriter } from './sheet-writer.ts'
import type { Survey } from './survey.ts'
import { lookAgain } from './verify.ts'

/** Options of `apply`. */
export interface ApplyCommandOptions extends CommonOptions, Allowances, PrerequisiteOptions {}

/** Plans, asks, changes, and looks again to prove that what was changed is as it was wanted. */
export function apply(shell: Shell, options: ApplyCommandOptions, sources: Map<string, string>): Promise<number> {
  return inSession(shell, options, sources, async (session) => {
    const progress = await progressOf(session)
    const { plan, seen, changes } = await withPrerequisites(session, options, () => planNow(session, options))
    progress.planned(plan, changes)
    reportDiagnostics(shell, [...plan.diagnostics, ...plan.refusals], session.sources)
    if (!plan.complete || plan.refusals.length > 0) return 1
    const refused = await approve(plan, session, options)
    if (refused) {
      reportDiagnostics(shell, [refused], session.sources)
      return 1
    }
    if (plan.operations.length === 0) return 0
    const { succeeded } = await shell.unhurried(() => carryOut(plan, seen, session, options, progress))
    if (succeeded && !options.yes) await offerToRecord(plan, session)
    return succeeded ? 0 : 1
  })
}

/** An approved plan that was run. */
export interface CarriedOut {
  /** True when everything was done and a new look found it as wanted. */
  readonly succeeded: boolean
  readonly outcomes: Outcomes
  /** What the new look found; absent when there was none. */
  readonly after?: PlanMade
}

/** Runs an approved plan and proves it by a new look. */
export async function carryOut(
  plan: Plan,
  seen: Survey,
  session: Session,
  options: Allowances,
  progress: Progress,
  planning: Planning = {},
): Promise<CarriedOut> {
  const { shell } = session
  const { clock, interrupted } = shell
  const started = clock.now().getTime()
  const outcomes = await run(plan.operations, {
    live: seen.sides.live,
    watch: watchOf(seen.sides),
    ...(await writerOf(seen, session)),
    write: sheetWriter(seen, session),
    clock,
    interrupted,
    allowLockout: options.allowLockout ?? false,
    onEvent: progress.event,
  })
  const { left, made } = interrupted.aborted ? { left: [] } : await lookAgain(outcomes, session, options, planning)
  reportDiagnostics(shell, left, session.sources)
  const seconds = Math.round((clock.now().getTime() - started) / 1000)
  const proven = left.length === 0 && !interrupted.aborted
  progress.finished(plan, outcomes, seconds, proven)
  const done = [...outcomes.values()].every(({ result }) => result === 'done')
  return { succeeded: done && left.length === 0, outcomes, ...(made ? { after: made } : {}) }
}

async function writerOf({ cloud, sides }: Survey, { shell }: Session) {
  const instance = sides.facts.instance
  if (!cloud || !instance) return {}
  const { writer } = await import('../aws/writer.ts')
  return { writer: writer(cloud.transport, shell.clock, instance.arn) }
}
