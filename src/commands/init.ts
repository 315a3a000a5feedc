import type { InitCommandOptions } from '../init/run/options.ts'
import { begin, extend } from '../init/run/outcome.ts'
import { openConnection } from '../init/run/reach.ts'
import { report } from '../init/run/report.ts'
import { write } from '../init/run/write.ts'
import { readTextFile } from '../local/files/file.ts'
import type { Runtime } from '../session/runtime.ts'

/** Writes a manifest that says what there is, or completes the one there is. */
export async function init(
  runtime: Runtime,
  options: InitCommandOptions,
  sources: Map<string, string>,
): Promise<number> {
  const snapshot = await readTextFile(options.file)
  const reach = await openConnection(runtime, options, options.region ?? runtime.env.AWS_REGION)
  try {
    const blank = (snapshot.text ?? '').trim() === ''
    const outcome =
      blank || options.force
        ? await begin(runtime, reach, options)
        : await extend(snapshot.text ?? '', runtime, reach, options, sources)
    const { text, ...rest } = outcome
    const written = options.dryRun
      ? { written: false, diagnostics: [] }
      : await write(snapshot, text, runtime, options.force)
    report(
      runtime,
      options,
      { ...rest, text, ...written, diagnostics: [...outcome.diagnostics, ...written.diagnostics] },
      sources,
    )
    return 0
  } finally {
    await reach.close()
  }
}
