import type { Allowances } from '../model/allowances.ts'
import { reportDiagnostics } from '../session/diagnostics.ts'
import type { CommonOptions, Runtime } from '../session/runtime.ts'
import { inSession } from '../session/session.ts'
import { approve } from './approve.ts'
import { carryOut } from './carry-out.ts'
import { offerToRecord } from './checklist.ts'
import { offerToComplete } from './laptop.ts'
import { planNow } from './planning.ts'
import { type PrerequisiteOptions, withPrerequisites } from './prerequisites.ts'
import { progressOf } from './progress.ts'
import { recordSteps } from './steps-left.ts'

/** Options of `apply`. */
export interface ApplyCommandOptions extends CommonOptions, Allowances, PrerequisiteOptions {}

/** Plans, asks, changes, and looks again to prove that what was changed is as it was desired. */
export function apply(runtime: Runtime, options: ApplyCommandOptions, sources: Map<string, string>): Promise<number> {
  return inSession(
    runtime,
    options,
    sources,
    async (session) => {
      const progress = await progressOf(session)
      const { plan, observed, changes } = await withPrerequisites(session, options, () => planNow(session, options))
      await runtime.busy(() => progress.planned(plan, changes))
      reportDiagnostics(runtime, [...plan.diagnostics, ...plan.refusals], session.sources)
      if (!plan.complete || plan.refusals.length > 0) return 1
      const refused = await approve(plan, session, options)
      if (refused) {
        reportDiagnostics(runtime, [refused], session.sources)
        return 1
      }
      if (plan.operations.length === 0) return 0
      const { succeeded, outcomes, after } = await runtime.unhurried(
        () => carryOut(plan, observed, session, options, progress),
        progress.lastWords,
      )
      await recordSteps(plan, outcomes, session)
      if (succeeded && !options.yes && (await offerToRecord(plan, session)) === 'given up') return 0
      if (succeeded) await offerToComplete(plan, after, session, !options.yes)
      return succeeded ? 0 : 1
    },
    { leavesMachineOut: options.expect === undefined },
  )
}
