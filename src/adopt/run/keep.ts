import type { Address } from '../../model/address.ts'
import { error, Refusal } from '../../model/diagnostic.ts'
import { sha256 } from '../../plan/digest.ts'
import { type PlanResult, planNow } from '../../reconcile/planning.ts'
import { manifestDiff } from '../../report/manifest-diff.ts'
import { reportDiagnostics } from '../../session/diagnostics.ts'
import { editManifest } from '../../session/manifest.ts'
import type { Session } from '../../session/runtime.ts'
import { plural } from '../../text/count.ts'
import { jsonText } from '../../text/json.ts'
import { shown } from '../../text/shown.ts'
import { chosen } from '../differing.ts'
import type { KeepOptions } from './options.ts'
import { type Next, names, proven, refuseIncomplete } from './prove.ts'

/** How a command answers drift: in words, and in the manifest. */
export interface Answer {
  /** What is said of things once it is written: `adopted`. */
  readonly done: string
  readonly next: Next
}

/** Answers the drift of some addresses in the manifest, once it is proven that a plan then has nothing for them. */
export async function keep(session: Session, options: KeepOptions, answer: Answer, made?: PlanResult): Promise<number> {
  const { runtime } = session
  const plan = made ?? (await lookedAt(session))
  const { differing, settled } = chosen(options.addresses, plan.plan.operations, plan.observed.input)
  const text = await textOf(session)
  const done =
    differing.length === 0
      ? { text, left: plan.plan.operations }
      : await proven(session, plan, differing, text, answer.next)
  if (!options.dryRun && done.text !== text) await write(session, text, done.text)
  const addresses = differing.map(({ address }) => address)
  const color = options.format === 'text' && runtime.terminal.color.out
  const diff = done.text === text ? [] : manifestDiff(options.file, text, done.text, color)
  if (options.format === 'json') {
    const told = {
      format_version: 1,
      manifest: options.file,
      written: !options.dryRun && done.text !== text,
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
    ...(addresses.length > 0 ? [shown(told(options, answer, addresses, done.left.length))] : []),
  ]
  runtime.out(`${lines.join('\n')}\n`)
  return 0
}

function told({ dryRun, file }: KeepOptions, { done }: Answer, addresses: readonly Address[], left: number): string {
  const what = names(addresses)
  const [are, them] = addresses.length === 1 ? ['is', 'it'] : ['are', 'them']
  const rest = left === 0 ? 'no changes are left' : `${plural(left, 'other change')} left`
  if (dryRun) return `Not written (--dry-run). With this in ${file}, a new plan has no changes for ${what}; ${rest}.`
  return `${what} ${are} ${done} in ${file}. A new plan has no changes for ${them}; ${rest}.`
}

/** A look, and the plan for it. Throws a Refusal where none can be made. */
export async function lookedAt(session: Session): Promise<PlanResult> {
  const made = await planNow(session, {})
  refuseIncomplete(made, session)
  reportDiagnostics(session.runtime, made.plan.diagnostics, session.sources)
  return made
}

/** The text that the manifest was read from. */
async function textOf({ sources, options, manifestDigest }: Session): Promise<string> {
  const text = sources.get(options.file)
  if (text !== undefined && sha256(text) === manifestDigest) return text
  throw new Refusal(
    error('file-missing', `there is no ${options.file} to write into`, {
      hint: 'run "sso-reconcile init" to write one',
    }),
  )
}

async function write({ options, runtime }: Session, before: string, after: string): Promise<void> {
  const edit = (now: string) => {
    if (now === before) return after
    throw new Refusal(
      error('file-changed', `${options.file} changed since it was read`, {
        hint: 'run this again to go by the current file',
      }),
    )
  }
  await editManifest(options.file, edit, runtime)
}
