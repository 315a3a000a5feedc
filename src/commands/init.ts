import { readTextFile } from '../local/file.ts'
import type { CommonOptions, Shell } from './context.ts'
import { begin, extend } from './init-outcome.ts'
import { openReach } from './init-reach.ts'
import { report } from './init-report.ts'
import { write } from './init-write.ts'

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
