import { type Outcomes, run } from '../apply/run.ts'
import type { Plan } from '../model/plan.ts'
import type { Allowances } from '../plan/guard.ts'
import { approve } from './approve.ts'
import { offerToRecord } from './checklist.ts'
import type { CommonOptions, Session, Shell } from './context.ts'
import { reportDiagnostics } from './diagnostics.ts'
import { planNow } from './plan.ts'
import { type PrerequisiteOptions, withPrerequisites } from './prerequisites.ts'
import { type Progress, progressOf } from './progress.ts'
import { inSession } from './session.ts'
import { sheetWriter } from './sheet-writer.ts'
import type { Survey } from './survey.ts'
import { unconverged } from './verify.ts'

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
    const proceed = () => carryOut(plan, seen, session, options, progress)
    const code = plan.operations.length === 0 ? 0 : await shell.unhurried(proceed)
    if (code === 0 && !options.yes) await offerToRecord(plan, session)
    return code
  })
}

/** Runs an approved plan, proves it, and gives the exit code. */
export async function carryOut(
  plan: Plan,
  seen: Survey,
  session: Session,
  options: Allowances,
  progress: Progress,
): Promise<number> {
  const { shell } = session
  const { clock, interrupted } = shell
  const started = clock.now().getTime()
  const outcomes = await run(plan.operations, {
    live: seen.sides.live,
    facts: seen.sides.facts,
    ...(await writerOf(seen, session)),
    write: sheetWriter(seen, session),
    clock,
    interrupted,
    allowLockout: options.allowLockout ?? false,
    onEvent: progress.event,
  })
  const left = interrupted.aborted ? [] : await unconverged(outcomes, session, options)
  reportDiagnostics(shell, left, session.sources)
  progress.finished(
    plan,
    outcomes,
    Math.round((clock.now().getTime() - started) / 1000),
    left.length === 0 && !interrupted.aborted,
  )
  return succeeded(outcomes) && left.length === 0 ? 0 : 1
}

async function writerOf({ transport, sides }: Survey, { shell }: Session) {
  const instance = sides.facts.instance
  if (!transport || !instance) return {}
  const { writer } = await import('../aws/writer.ts')
  return { writer: writer(transport, shell.clock, instance.arn) }
}

function succeeded(outcomes: Outcomes): boolean {
  return [...outcomes.values()].every(({ result }) => result === 'done')
}
