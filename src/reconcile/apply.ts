import type { Allowances } from '../model/allowances.ts'
import { leavesAnEnd } from '../model/due.ts'
import type { CommonOptions, Runtime } from '../session/runtime.ts'
import { inSession } from '../session/session.ts'
import { approvedPlan, runApproved } from './approved-plan.ts'
import { offerToRecord } from './checklist.ts'
import { offerToComplete } from './laptop.ts'
import { planNow } from './planning.ts'
import { type PrerequisiteOptions, withPrerequisites } from './prerequisites.ts'
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
      const make = () => withPrerequisites(session, options, () => planNow(session, options))
      const approved = await approvedPlan(session, { command: 'apply', approval: options, make })
      if (!approved) return 1
      const { plan } = approved
      // Access that was to end and stays is no success, whatever else was done.
      const done = leavesAnEnd(plan) ? 1 : 0
      if (plan.operations.length === 0) return done
      const { succeeded, outcomes, after } = await runApproved(approved, session, options)
      await recordSteps(plan, outcomes, session)
      if (succeeded && !options.yes && (await offerToRecord(plan, session)) === 'given up') return done
      if (succeeded) await offerToComplete(plan, after, session, !options.yes)
      return succeeded ? done : 1
    },
    { leavesMachineOut: options.expect === undefined },
  )
}
