import { adopt } from '../init/adopt.ts'
import { starterSections } from '../init/starter.ts'
import { readTextFile } from '../local/file.ts'
import { type Diagnostic, Refusal } from '../model/diagnostic.ts'
import type { CommonOptions, Shell } from './context.ts'
import { complete } from './init-complete.ts'
import { openReach } from './init-reach.ts'
import { readEverything } from './init-read.ts'
import { type Outcome, report } from './init-report.ts'
import { write } from './init-write.ts'
import { readManifest } from './manifest.ts'

/** Options of `init`. */
export interface InitCommandOptions extends CommonOptions {
  readonly region?: string
  /** Look for Identity Center in all default regions. */
  readonly scan: boolean
  /** Id of the instance, when several are visible. */
  readonly instance?: string
  /** Replace an existing manifest, after a backup. */
  readonly force: boolean
  /** Print what would be written, and write nothing. */
  readonly dryRun: boolean
  /** Only this machine: no connection is opened. */
  readonly onlyLocal: boolean
}

/** Writes a manifest that says what there is, or completes the one there is. */
export async function init(shell: Shell, options: InitCommandOptions, sources: Map<string, string>): Promise<number> {
  const snapshot = await readTextFile(options.file)
  const reach = await openReach(shell, options, options.region ?? shell.env.AWS_REGION)
  try {
    const blank = (snapshot.text ?? '').trim() === ''
    const outcome =
      blank || options.force
        ? await begin(shell, reach, options)
        : await extend(snapshot.text ?? '', shell, reach, options, sources)
    const { text, ...rest } = outcome
    const written = options.dryRun
      ? { written: false, diagnostics: [] }
      : await write(snapshot, text, shell, options.force)
    report(
      shell,
      options,
      { ...rest, text, ...written, diagnostics: [...outcome.diagnostics, ...written.diagnostics] },
      sources,
    )
    return 0
  } finally {
    await reach.close()
  }
}

type Reach = Awaited<ReturnType<typeof openReach>>

async function begin(shell: Shell, reach: Reach, options: InitCommandOptions): Promise<Outcome> {
  const old = await replaced(shell, options)
  const { found, whole, diagnostics } = await readEverything(shell, reach, options, old)
  const { text, draft } = await adopt(found, (so) => {
    const empty = !(so.value.users || so.value.groups || so.value.permission_sets)
    return empty && !options.onlyLocal ? starterSections(so, found.facts.region) : ''
  })
  const why: Outcome['why'] = options.onlyLocal ? 'local' : diagnostics.some(isLogin) ? 'credentials' : 'prerequisite'
  return {
    ...(whole ? { verb: 'adopted' } : { verb: 'started', why }),
    text,
    manifest: draft.value,
    left: draft.left.length,
    diagnostics,
  }
}

function isLogin({ code }: Diagnostic): boolean {
  return code === 'aws-credentials'
}

/** The manifest to be replaced, for its name and region; nothing when there is none that can be read. */
async function replaced(shell: Shell, { file, force }: InitCommandOptions) {
  if (!force) return undefined
  try {
    return (await readManifest(shell, file, new Map())).manifest.manifest
  } catch (thrown) {
    if (thrown instanceof Refusal) return undefined
    throw thrown
  }
}

async function extend(
  text: string,
  shell: Shell,
  reach: Reach,
  options: InitCommandOptions,
  sources: Map<string, string>,
): Promise<Outcome> {
  const { manifest } = await readManifest(shell, options.file, sources)
  const { filled, ...rest } = await complete(text, manifest, shell, reach, options)
  return { verb: filled.length > 0 ? 'completed' : 'unchanged', filled, ...rest }
}
