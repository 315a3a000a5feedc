import type { Plan } from '../model/plan.ts'
import type { FileChange } from '../plan/file-changes.ts'
import type { Allowances } from '../plan/guard.ts'
import { planJson } from '../report/plan-json.ts'
import { planMarkdown } from '../report/plan-markdown.ts'
import { planText } from '../report/plan-text.ts'
import type { CommonOptions, Session, Shell } from './context.ts'
import { reportDiagnostics } from './diagnostics.ts'
import { planFlags } from './flags.ts'
import { planNow } from './planning.ts'
import { savePlan } from './saved-plan.ts'
import { inSession } from './session.ts'
import { version } from './version.ts'

/** Options of `plan`. */
export interface PlanCommandOptions extends CommonOptions, Allowances {
  /** Exit 2 when something would change. */
  readonly check: boolean
  /** File to save the plan to. */
  readonly out?: string
}

/** Shows what would change. Writes nothing, in AWS or on this machine. */
export function plan(shell: Shell, options: PlanCommandOptions, sources: Map<string, string>): Promise<number> {
  return inSession(shell, options, sources, async (session) => {
    const { plan, changes } = await planNow(session, options)
    showPlan(plan, session, { changes })
    reportDiagnostics(shell, [...plan.diagnostics, ...plan.refusals], session.sources)
    // What could not be applied is not saved as if it could.
    if (!plan.complete || plan.refusals.length > 0) return 1
    if (options.out !== undefined) await savePlan(plan, options.out, session)
    return options.check && plan.operations.length > 0 ? 2 : 0
  })
}

/** What is shown beside the plan itself. */
export interface Beside {
  /** Shown with `--verbose`, and never as JSON. */
  readonly changes: readonly FileChange[]
  /** True when no command is to be suggested. */
  readonly quietly?: boolean
}

/** Prints a plan as text, JSON or Markdown. */
export function showPlan(plan: Plan, { shell, options }: Session, { changes, quietly }: Beside): void {
  const files = options.verbose ? changes : []
  if (options.format === 'json') {
    shell.out(`${JSON.stringify(planJson(plan, version), null, 2)}\n`)
    return
  }
  if (options.format === 'markdown') {
    shell.out(planMarkdown(plan, { flags: planFlags(options), files }))
    return
  }
  shell.out(
    planText(plan, {
      color: shell.terminal.color.out,
      width: shell.terminal.width,
      verbose: options.verbose,
      files,
      ...(quietly ? {} : { flags: planFlags(options) }),
    }),
  )
}
