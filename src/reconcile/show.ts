import type { Plan } from '../model/plan.ts'
import { planHtml } from '../report/plan/html.ts'
import { planMarkdown } from '../report/plan/markdown.ts'
import { planText } from '../report/plan/text.ts'
import type { Way } from '../report/plan/words.ts'
import { commandFlags, planFlags } from '../session/flags.ts'
import type { Runtime } from '../session/runtime.ts'
import { jsonText } from '../text/json.ts'
import { about, trailing } from '../text/quote.ts'
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
    else if (format === 'markdown') runtime.out(planMarkdown(plan, wayOf(plan)))
    else if (format === 'html') runtime.out(planHtml(plan, wayOf(plan)))
    else runtime.out(planText(plan, { color: color.out, width: width.out, verbose }))
  })
  if (quiet || format === 'json') return 0
  const { file } = plan.manifest
  const next = nextWords(plan, saved)
  runtime.err(`This is the saved plan, made from ${shown(file)}; ${shown(next)}\n`)
  return 0
}

function nextWords(plan: Plan, saved: string): string {
  const { operations, refusals } = plan
  if (operations.length === 0) return 'there is nothing to apply'
  return refusals.length > 0
    ? 'it is refused, so it cannot be applied'
    : `apply it: ${about('apply', [saved], trailing(sandboxOf(plan)))}`
}

// A page is read elsewhere: what it says to apply must mean the same part of the same manifest.
function wayOf(plan: Plan): Way {
  const { manifest, selection, allowances } = plan
  const options = { file: manifest.file, format: 'markdown', quiet: false, verbose: false, thorough: false } as const
  const selected = { ...options, ...selection, sandboxWords: sandboxOf(plan) }
  return { flags: planFlags(selected, allowances), keep: commandFlags(selected) }
}

function sandboxOf({ sandbox }: Pick<Plan, 'sandbox'>): readonly string[] {
  return sandbox ? ['--sandbox'] : []
}
