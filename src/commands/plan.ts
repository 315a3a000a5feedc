import type { Plan, Selection } from '../model/plan.ts'
import type { Allowances } from '../plan/guard.ts'
import { makePlan } from '../plan/plan.ts'
import { planJson } from '../report/plan-json.ts'
import { planMarkdown } from '../report/plan-markdown.ts'
import { planText } from '../report/plan-text.ts'
import type { CommonOptions, Session, Shell } from './context.ts'
import { reportDiagnostics } from './diagnostics.ts'
import { savePlan } from './saved-plan.ts'
import { inSession } from './session.ts'
import { type Survey, survey } from './survey.ts'
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
    const { plan } = await planNow(session, options)
    showPlan(plan, session)
    reportDiagnostics(shell, [...plan.diagnostics, ...plan.refusals], session.sources)
    if (options.out) await savePlan(plan, options.out, session)
    if (!plan.complete) return 1
    return options.check && plan.operations.length > 0 ? 2 : 0
  })
}

/** One look and the plan that follows from it. */
export async function planNow(
  session: Session,
  allow: Allowances,
): Promise<{ readonly plan: Plan; readonly seen: Survey }> {
  const seen = await survey(session)
  const plan = makePlan(seen.sides, {
    selection: selectionOf(session.options),
    manifestDigest: session.manifestDigest,
    allow,
    diagnostics: seen.diagnostics,
    // Without AWS there is nothing to miss.
    thorough: session.options.thorough || seen.transport === undefined,
  })
  return { plan, seen }
}

/** Prints a plan as text, JSON or Markdown. */
export function showPlan(plan: Plan, { shell, options }: Session, suggest = true): void {
  if (options.format === 'json') {
    shell.out(`${JSON.stringify(planJson(plan, version), null, 2)}\n`)
    return
  }
  if (options.format === 'markdown') {
    shell.out(planMarkdown(plan, { flags: repeated(options) }))
    return
  }
  shell.out(
    planText(plan, {
      color: shell.terminal.color.out,
      width: shell.terminal.width,
      verbose: options.verbose,
      ...(suggest ? { flags: repeated(options) } : {}),
    }),
  )
}

function selectionOf({ onlyWords, target }: CommonOptions): Selection {
  return { ...(onlyWords ? { only: onlyWords } : {}), ...(target ? { target } : {}) }
}

/** Flags that the suggested apply needs so that it means the same plan. */
function repeated({ file, onlyWords, target = [], thorough, profile, sandbox, sandboxWords }: CommonOptions): string {
  const flags = [
    ...(file === 'sso.yaml' ? [] : ['--file', file]),
    ...(onlyWords ? ['--only', onlyWords.join(',')] : []),
    ...target.flatMap((one) => ['--target', one]),
    ...(thorough ? ['--thorough'] : []),
    ...(profile ? ['--profile', profile] : []),
    ...(sandbox === undefined ? [] : (sandboxWords ?? ['--sandbox'])),
  ]
  return flags.map((flag) => ` ${/^[\w@%+=:,./-]+$/.test(flag) ? flag : `'${flag.replaceAll("'", "'\\''")}'`}`).join('')
}
