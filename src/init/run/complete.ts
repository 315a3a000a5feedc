import { readFacts } from '../../aws/facts.ts'
import { openLook } from '../../aws/look.ts'
import { portal, sessionNamed } from '../../kinds/shared/portal-session.ts'
import { type Answers, completed, filledIn, type Gap, gaps, keyOf } from '../../manifest/edit/gaps.ts'
import type { LoadedManifest } from '../../manifest/load.ts'
import { type Diagnostic, Refusal } from '../../model/diagnostic.ts'
import type { Connection } from '../../session/connection.ts'
import type { Runtime } from '../../session/runtime.ts'
import { allowedVariables } from '../../session/variables.ts'
import { asWarnings, foundHere } from '../findings.ts'
import { readHere } from './here.ts'
import type { InitCommandOptions } from './options.ts'

/** An existing manifest with what could be filled in. */
export interface Completion {
  readonly text: string
  readonly filled: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Fills the gaps of a manifest from AWS and from this machine. Asks nobody when there are none. */
export async function complete(
  text: string,
  manifest: LoadedManifest,
  runtime: Runtime,
  reach: Connection,
  options: InitCommandOptions,
): Promise<Completion> {
  if (gaps(manifest, { accounts: [] }).length === 0) return { text, filled: [], diagnostics: [] }
  const { answers, diagnostics } = await answersFor(manifest, runtime, reach, options)
  const open = gaps(manifest, answers)
  const known = open.filter(({ value }) => value !== undefined)
  const missed = open.filter(({ value }) => value === undefined)
  if (known.length === 0 && diagnostics.length > 0) throw new Refusal(diagnostics.map(asError))
  const variables = { env: runtime.env, allowed: allowedVariables(options, runtime.env) }
  const added = await runtime.busy(() => completed(text, filledIn(text, known), known, manifest, variables))
  return { text: added, filled: known.map(keyOf), diagnostics: [...diagnostics, ...missed.map(unanswered)] }
}

async function answersFor(
  manifest: LoadedManifest,
  runtime: Runtime,
  reach: Connection,
  { file, onlyLocal }: InitCommandOptions,
): Promise<{ readonly answers: Answers; readonly diagnostics: readonly Diagnostic[] }> {
  const { region } = manifest.manifest.identity_center
  const now = runtime.clock.now()
  const { sections, machine, problems } = await readHere(reach, runtime)
  const here = foundHere({ file, region, now, ...(machine ? { machine } : {}) }, sections, undefined)
  const session = manifest.manifest.local?.sso_session
  const own = session ? sessionNamed(sections, session) : undefined
  const local = own && own.sso_region === region ? own.sso_start_url : undefined
  if (onlyLocal) return { answers: { startUrl: local, accounts: [] }, diagnostics: problems }
  try {
    const { reader } = await openLook({ ...reach.route, region })
    const facts = await readFacts(reader, manifest, reach.route.clock)
    const seen = portal({ ...here, facts }).session?.spec.sso_start_url
    const { management, accounts, startUrl } = facts
    return { answers: { startUrl: local ?? seen ?? startUrl, management, accounts }, diagnostics: problems }
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    return { answers: { startUrl: local, accounts: [] }, diagnostics: [...asWarnings(thrown), ...problems] }
  }
}

function unanswered(gap: Gap): Diagnostic {
  return {
    severity: 'warning',
    code: 'init-unanswered',
    message: `${keyOf(gap)} could not be determined`,
    hint: 'write it by hand, or run init again with credentials of the management account',
  }
}

function asError(one: Diagnostic): Diagnostic {
  return { ...one, severity: 'error' }
}
