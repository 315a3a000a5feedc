import type { Allowances } from '../model/allowances.ts'
import { leavesOut } from '../model/due.ts'
import { reportIn } from '../session/report-in.ts'
import type { CommonOptions, Runtime } from '../session/runtime.ts'
import { inSession } from '../session/session.ts'
import { shown } from '../text/shown.ts'
import { limitsGiven } from './limits.ts'
import { planNow } from './planning.ts'
import { savePlan } from './saved-plan.ts'
import { showPlan } from './show-plan.ts'

/** Options of `plan`. */
interface PlanCommandOptions extends CommonOptions, Allowances {
  /** Exit 2 when something would change. */
  readonly check: boolean
  /** Actions, as `iam:*`, of which it must not give anybody more. */
  readonly denyNew?: readonly string[]
  /** File to save the plan to. */
  readonly out?: string
}

/** Shows what would change. Writes nothing, in AWS or on this machine. */
export function plan(runtime: Runtime, options: PlanCommandOptions, sources: Map<string, string>): Promise<number> {
  return inSession(
    runtime,
    options,
    sources,
    async (session) => {
      const limits = await limitsGiven(options.denyNew, options)
      const { plan, changes } = await planNow(session, options, { limits })
      await runtime.busy(() => showPlan(plan, session, { changes }))
      reportIn(session, [...plan.diagnostics, ...plan.refusals])
      // What could not be applied is not saved as if it could.
      if (!plan.complete || plan.refusals.length > 0) {
        if (options.out !== undefined)
          runtime.err(
            `Not saved to ${shown(options.out)}: this plan ${plan.complete ? 'is refused' : 'is incomplete'}.\n`,
          )
        return 1
      }
      if (options.out !== undefined) await savePlan(plan, options.out, session)
      return options.check && (plan.operations.length > 0 || leavesOut(plan)) ? 2 : 0
    },
    { leavesMachineOut: true },
  )
}
