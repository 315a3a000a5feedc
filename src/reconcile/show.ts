import { planHtml } from '../report/plan/html.ts'
import { planMarkdown } from '../report/plan/markdown.ts'
import { planText } from '../report/plan/text.ts'
import type { Runtime } from '../session/runtime.ts'
import { jsonText } from '../text/json.ts'
import { quoted } from '../text/quote.ts'
import { shown } from '../text/shown.ts'
import { readSavedPlan } from './read-saved.ts'

/** Options of `show`. */
interface ShowCommandOptions {
  /** The saved plan. */
  readonly saved: string
  readonly format: 'text' | 'json' | 'markdown' | 'html'
  readonly quiet: boolean
  readonly verbose: boolean
}

/** Shows a saved plan as it was shown when it was made. Nothing else is read. */
export async function showSaved(
  runtime: Runtime,
  { saved, format, quiet, verbose }: ShowCommandOptions,
): Promise<number> {
  const { document, plan } = await runtime.busy(() => readSavedPlan(saved))
  const { color, width } = runtime.terminal
  await runtime.busy(() => {
    if (format === 'json') runtime.out(`${jsonText(document, 2)}\n`)
    else if (format === 'markdown') runtime.out(planMarkdown(plan, { flags: '', saved }))
    else if (format === 'html') runtime.out(planHtml(plan, { flags: '', saved }))
    else runtime.out(planText(plan, { color: color.out, width, verbose }))
  })
  if (quiet || format === 'json') return 0
  const { file } = plan.manifest
  const next =
    plan.operations.length === 0 ? 'there is nothing to apply' : `apply it: sso-reconcile apply ${quoted(saved)}`
  runtime.err(`This is the saved plan, made from ${shown(file)}; ${shown(next)}\n`)
  return 0
}
