import type { Draft, Found } from '../../kinds/adoption.ts'
import { cloudKinds } from '../../kinds/index.ts'
import { olderProfiles } from '../../kinds/shared/older-form.ts'
import { noSignInHere } from '../../kinds/shared/sign-in-here.ts'
import type { Manifest } from '../../manifest/types.ts'
import { type Diagnostic, error, Refusal, refusedWith } from '../../model/diagnostic.ts'
import type { Connection } from '../../session/connection.ts'
import { readManifest } from '../../session/manifest.ts'
import type { Runtime } from '../../session/runtime.ts'
import { wrapped } from '../../text/wrap.ts'
import { adopt, prove } from '../adopt.ts'
import { holdsCloud } from '../comments.ts'
import { foundHere } from '../findings.ts'
import { manifestFrom, textFrom } from '../questions.ts'
import { placeholder } from '../region.ts'
import { starterSections } from '../starter.ts'
import { ask, askRegion, canAsk } from './ask.ts'
import { complete } from './complete.ts'
import type { InitCommandOptions } from './options.ts'
import { type Reading, readEverything } from './read.ts'
import type { InitOutcome } from './report.ts'

/** A new manifest from everything that can be read, else from what a person answers; undefined when the person gave up. */
export async function begin(
  runtime: Runtime,
  reach: Connection,
  options: InitCommandOptions,
): Promise<InitOutcome | undefined> {
  const old = await replaced(runtime, options)
  const reading = await readAsking(runtime, reach, options, old)
  if (reading === undefined) return undefined
  const { found, whole, diagnostics } = reading
  const why = options.onlyLocal ? 'local' : diagnostics.some(isLogin) ? 'credentials' : 'prerequisite'
  if (canAsk(runtime, options) && noSignInHere(found) && isEmpty(found))
    return fromAnswers(runtime, reading, whole ? undefined : why)
  const { text, draft } = await runtime.busy(() => adopt(found, (so) => example(so, found, options)))
  return {
    ...(whole ? { verb: 'adopted' } : { verb: 'started', why }),
    text,
    manifest: draft.value,
    left: draft.left.length,
    movable: olderProfiles(found).profiles.length > 0,
    diagnostics,
  }
}

const notAsked: Readonly<Partial<Record<NonNullable<InitOutcome['why']>, string>>> = {
  credentials:
    'AWS could not be asked what is there already, because it takes no credentials of this machine; with some, init adopts what there is. ' +
    'Without, here are a few questions.',
  local: 'AWS was not asked what is there already (--only local), so here are a few questions.',
}

function introduction(why: InitOutcome['why']): string {
  const reason = (why && notAsked[why]) ?? 'Nothing to adopt was found, so here are a few questions.'
  return `${reason} Nothing is written before the last answer; Ctrl-C stops. (--no-input asks nothing and writes a commented starter.)`
}

/** A manifest from what a person answers; undefined when the person gave up. */
async function fromAnswers(
  runtime: Runtime,
  { found, guessed, diagnostics }: Reading,
  why: InitOutcome['why'],
): Promise<InitOutcome | undefined> {
  runtime.err(`${wrapped(introduction(why), runtime.terminal.width.err - 1, 0).join('\n')}\n\n`)
  const answers = await ask(runtime, found, guessed ? undefined : found.facts.region)
  if (answers === undefined) return undefined
  const manifest = manifestFrom(answers, found)
  const text = textFrom(answers, found)
  await prove(text, { value: manifest, notes: [], left: [] }, found.file)
  return {
    verb: 'asked',
    ...(why ? { why } : {}),
    text,
    manifest,
    diagnostics: diagnostics.filter(({ code }) => code !== 'region-placeholder'),
  }
}

/** Everything there is; where only the Region is missing for that, a person at a terminal is asked for it. */
async function readAsking(
  runtime: Runtime,
  reach: Connection,
  options: InitCommandOptions,
  old: Manifest | undefined,
): Promise<Reading | undefined> {
  try {
    return await readEverything(runtime, reach, options, old)
  } catch (thrown) {
    if (!refusedWith(thrown, 'region-unknown') || !canAsk(runtime, options)) throw thrown
    const { file } = options
    const region = await askRegion(
      runtime,
      foundHere({ file, region: placeholder, now: runtime.clock.now() }, {}, undefined),
    )
    return region === undefined ? undefined : readEverything(runtime, reach, { ...options, region }, old)
  }
}

// Somebody who has nothing yet is shown what could be there.
function example(draft: Draft, found: Found, { onlyLocal }: InitCommandOptions): string {
  if (onlyLocal) return draft.value.local ? '' : starterSections(draft, found, ['accounts', 'local'])
  return holdsCloud(draft.value) ? '' : starterSections(draft, found)
}

// Identity Center that was only just enabled is as empty as one that is not there.
function isEmpty({ live }: Found): boolean {
  return cloudKinds.every(({ name }) => live[name].size === 0)
}

function isLogin({ code }: Diagnostic): boolean {
  return code === 'aws-credentials'
}

/** The manifest to be replaced, for its name and region; nothing when there is none that can be read. */
export async function replaced(runtime: Runtime, options: InitCommandOptions): Promise<Manifest | undefined> {
  const { file, force, variables } = options
  const read = force ? readManifest(runtime, { file, ...(variables ? { variables } : {}) }, new Map()) : undefined
  const old = await read?.catch((thrown: unknown) => {
    // Nobody must lose what a manifest revokes because this run may not read it.
    if (thrown instanceof Refusal && !refusedWith(thrown, 'variable-not-allowed')) return undefined
    throw thrown
  })
  const revoked = Object.keys(old?.manifest.manifest.revoked ?? {})
  if (revoked.length > 0) throw stillRevoked(file, revoked)
  return old?.manifest.manifest
}

// A file without the key would give back what was taken away.
function stillRevoked(file: string, users: readonly string[]): Refusal {
  return new Refusal(
    error(
      'init-revoked',
      `${file} revokes the access of ${users.join(', ')}, which a new file would not; nothing was changed`,
      {
        hint: 'edit the file instead, or end the revocation first: sso-reconcile revoke USER --undo',
      },
    ),
  )
}

/** The existing manifest with its gaps filled. */
export async function extend(
  text: string,
  runtime: Runtime,
  reach: Connection,
  options: InitCommandOptions,
  sources: Map<string, string>,
): Promise<InitOutcome> {
  const { manifest } = await readManifest(runtime, options, sources).catch((thrown: unknown) => {
    throw refusedWith(thrown, 'manifest-empty') ? onlyComments(options.file) : thrown
  })
  const { filled, ...rest } = await complete(text, manifest, runtime, reach, options)
  return { verb: filled.length > 0 ? 'completed' : 'unchanged', filled, ...rest }
}

function onlyComments(file: string): Refusal {
  return new Refusal(
    error('manifest-empty', `${file} contains only comments, which init would have to replace; nothing was changed`, {
      hint: 'add --force (a backup of the file is kept beside it), or name another file with -f',
    }),
  )
}
