import { type Diagnostic, Refusal } from '../../model/diagnostic.ts'
import type { PlanResult } from '../../reconcile/planning.ts'
import type { Session } from '../../session/runtime.ts'

/** Throws a Refusal where no plan could be made, with the reasons; those that the answer asked for may end are none. */
export function refuseIncomplete(
  { plan }: PlanResult,
  { options }: Session,
  mayEnd: (one: Diagnostic) => boolean = () => false,
): void {
  if (plan.complete) return
  const errors = plan.diagnostics.filter((one) => one.severity === 'error' && !mayEnd(one))
  if (errors.length === 0 && plan.diagnostics.some(mayEnd)) return
  throw new Refusal(errors, { summary: `No plan could be made for ${options.file}; nothing was written.` })
}
