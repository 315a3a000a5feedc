import { kindNamed } from '../kinds/index.ts'
import { sessionKeys } from '../kinds/shared/session-keys.ts'
import { type Answers, completed, filledIn, gaps, keyOf, laptopGaps } from '../manifest/edit/gaps.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import { type Diagnostic, Refusal } from '../model/diagnostic.ts'
import type { Plan } from '../model/plan.ts'
import { reachFlags } from '../session/flags.ts'
import { editManifest, readManifest } from '../session/manifest.ts'
import { reportIn } from '../session/report-in.ts'
import type { Session } from '../session/runtime.ts'
import { tell } from '../session/tell.ts'
import { allowedVariables } from '../session/variables.ts'
import { shown } from '../text/shown.ts'
import { labelled } from '../text/wrap.ts'
import { agreed } from './approve.ts'
import type { PlanResult } from './planning.ts'

const purpose = 'so that a new laptop needs no credentials'

/**
 * After a first apply: offers to write what a machine without credentials lacks into the manifest, the start URL and ids of accounts. On a
 * terminal a person is asked; elsewhere a line says which command does it. Nothing of a sandbox is written: it made that up.
 */
export async function offerToComplete(
  { operations }: Plan,
  after: PlanResult | undefined,
  session: Session,
  asks: boolean,
): Promise<void> {
  const { manifest, options, runtime } = session
  const isFirst = operations.some((one) => kindNamed(one.kind).opensPortal?.(one))
  if (!isFirst || !after || options.sandbox !== undefined || options.format !== 'text' || options.quiet) return
  const answers = answersOf(after, manifest)
  if (laptopGaps(manifest).length === 0 || laptopGaps(manifest, answers).some(({ value }) => value === undefined))
    return
  if (asks && runtime.terminal.interactive) return ask(session, answers)
  const command = `sso-reconcile init${reachFlags(options)}`
  const next = `${command} (writes start_url and the account ids into ${options.file}, ${purpose}), then commit the file`
  runtime.out(`${labelled('Next:', shown(next), runtime.terminal.width.out).join('\n')}\n`)
}

function answersOf({ observed }: PlanResult, { manifest }: LoadedManifest): Answers {
  const { facts, live } = observed.input
  const { sso_start_url: startUrl } = sessionKeys(manifest, facts, live)
  return { startUrl, management: facts.management, accounts: facts.accounts }
}

async function ask(session: Session, answers: Answers): Promise<void> {
  const { runtime, options } = session
  const question = `Write start_url and the account ids into ${options.file}, ${purpose}? Only "yes" writes.`
  if (!(await agreed(runtime, question))) {
    const later = `Nothing was written; sso-reconcile init${reachFlags(options)} does it at any time.`
    tell(runtime, later)
    return
  }
  const trouble = await written(session, answers)
  if (trouble) reportIn(session, trouble)
}

/** Writes the answers, and says so. What stands in the way, for somebody to write them by hand. */
async function written({ runtime, options }: Session, answers: Answers): Promise<readonly Diagnostic[] | undefined> {
  const variables = { env: runtime.env, allowed: allowedVariables(options, runtime.env) }
  let keys: readonly string[] = []
  const edit = async (text: string) => {
    const { manifest } = await readManifest(runtime, options, new Map(), text)
    const known = gaps(manifest, answers).filter(({ value }) => value !== undefined)
    keys = known.map(keyOf)
    return completed(text, filledIn(text, known), known, manifest, variables)
  }
  try {
    await editManifest(options.file, edit, runtime)
    runtime.err(`${shown(`written into ${options.file}: ${keys.join(', ')}; commit it`)}\n`)
    return undefined
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    return thrown.diagnostics
  }
}
