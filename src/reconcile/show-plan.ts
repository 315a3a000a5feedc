import type { Plan } from '../model/plan.ts'
import type { FileChange } from '../plan/file-changes.ts'
import { planHtml } from '../report/plan/html.ts'
import { planJson } from '../report/plan/json.ts'
import { planMarkdown } from '../report/plan/markdown.ts'
import { planText } from '../report/plan/text.ts'
import { commandFlags, planFlags } from '../session/flags.ts'
import type { Session } from '../session/runtime.ts'
import { version } from '../session/version.ts'
import { jsonText } from '../text/json.ts'
import { startupPlaces } from './startup-files.ts'

/** What is shown beside the plan itself. */
interface ShowOptions {
  /** Shown with `--verbose`, and never as JSON. */
  readonly changes: readonly FileChange[]
  /** True when no command is to be suggested. */
  readonly quietly?: boolean
}

/** Prints a plan in the form that was asked for. */
export function showPlan(
  plan: Plan,
  { runtime, options, home, route }: Session,
  { changes, quietly }: ShowOptions,
): void {
  const files = options.verbose ? changes : []
  const way = { flags: planFlags(options, plan.allowances), keep: commandFlags(options) }
  if (options.format === 'json') {
    runtime.out(`${jsonText(planJson(plan, version), 2)}\n`)
    return
  }
  if (options.format === 'markdown') {
    runtime.out(planMarkdown(plan, { ...way, files }))
    return
  }
  if (options.format === 'html') {
    runtime.out(planHtml(plan, { ...way, files, at: route.clock.now() }))
    return
  }
  runtime.out(
    planText(plan, {
      color: runtime.terminal.color.out,
      width: runtime.terminal.width.out,
      verbose: options.verbose,
      files,
      places: startupPlaces(plan, changes, home),
      ...(quietly ? {} : way),
    }),
  )
}
