import type { Diagnostic } from '../../model/diagnostic.ts'
import { addressesMeant } from '../../plan/addresses.ts'
import { roleRemoved } from '../../plan/roles-lost.ts'
import { type PlanResult, planNow } from '../../reconcile/planning.ts'
import { manifestDiff } from '../../report/manifest-diff.ts'
import { reportIn } from '../../session/report-in.ts'
import type { Session } from '../../session/runtime.ts'
import { jsonText } from '../../text/json.ts'
import { shown } from '../../text/shown.ts'
import { chosen } from '../differing.ts'
import type { Next } from '../next.ts'
import { textsOf, write } from './file.ts'
import { refuseIncomplete } from './incomplete.ts'
import type { KeepOptions } from './options.ts'
import { type Proven, proven } from './prove.ts'
import { names, toldOf } from './told.ts'

/** How a command answers drift: in words, and in the manifest. */
export interface Answer {
  /** What is said of things once it is written: `adopted`. */
  readonly done: string
  readonly next: Next
  /** What is declared cannot have this answer, in line with what is live or not. */
  readonly notDeclared?: true
}

/** Answers the drift of some addresses in the manifest, once it is proven that a plan then has nothing for them. */
export async function keep(session: Session, options: KeepOptions, answer: Answer): Promise<number> {
  const { runtime } = session
  const plan = await lookedAt(session, options.addresses)
  const { differing, settled } = chosen(
    options.addresses,
    plan.plan.operations,
    plan.observed.input,
    answer.notDeclared,
  )
  const texts = textsOf(session)
  const { edit, left }: Proven =
    differing.length === 0 ? { left: plan.plan.operations } : await proven(session, plan, differing, texts, answer.next)
  if (!options.dryRun && edit) await write(session, edit)
  const file = edit?.file ?? options.file
  const addresses = differing.map(({ address }) => address)
  const color = options.format === 'text' && runtime.terminal.color.out
  const diff = edit ? manifestDiff(file, edit.before, edit.after, color) : []
  if (options.format === 'json') {
    const told = {
      format_version: 1,
      manifest: options.file,
      ...(file === options.file ? {} : { file }),
      written: !options.dryRun && edit !== undefined,
      addresses,
      settled,
      diff,
    }
    runtime.out(`${jsonText(told, 2)}\n`)
    return 0
  }
  const lines = [
    ...diff,
    ...(settled.length > 0 ? [shown(`No drift, so nothing to do: ${names(settled)}.`)] : []),
    ...(addresses.length > 0 ? [toldOf({ ...options, file }, { [answer.done]: addresses }, left.length)] : []),
  ]
  runtime.out(`${lines.join('\n')}\n`)
  return 0
}

/** A look, and the plan for it. Throws a Refusal where none can be made, for reasons that answers about these words do not end. */
export async function lookedAt(session: Session, words: readonly string[] = []): Promise<PlanResult> {
  const made = await planNow(session, {}, { extensions: true })
  const meant = new Set(addressesMeant(words, made.observed.input))
  const mayEnd = ({ adoptable = [] }: Diagnostic) => adoptable.some((at) => meant.has(at))
  refuseIncomplete(made, session, mayEnd)
  // What is adopted or ignored is not about to be removed.
  reportIn(
    session,
    made.plan.diagnostics.filter((one) => one.code !== roleRemoved && !mayEnd(one)),
  )
  return made
}
