import { calledOf } from '../manifest/called.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import { diagnosticJson } from '../report/plan/json.ts'
import { reportDiagnostics } from '../session/diagnostics.ts'
import { readManifest } from '../session/manifest.ts'
import type { CommonOptions, Runtime } from '../session/runtime.ts'
import { jsonText } from '../text/json.ts'
import { shown } from '../text/shown.ts'

/** Options of `validate`. */
interface ValidateOptions extends CommonOptions {
  /** Ask AWS about policies too. */
  readonly online: boolean
}

/** Checks the manifest, without a connection unless AWS is to be asked about its policies. */
export async function validate(
  runtime: Runtime,
  options: ValidateOptions,
  sources: Map<string, string>,
): Promise<number> {
  const { manifest } = await readManifest(runtime, options, sources)
  const warnings = options.online ? await foundByAws(runtime, options, manifest) : manifest.warnings
  if (options.format === 'json') {
    const document = () => ({ format_version: 1, valid: true, diagnostics: warnings.map(diagnosticJson) })
    await runtime.busy(() => runtime.out(`${jsonText(document(), 2)}\n`))
  } else {
    reportDiagnostics(runtime, warnings, sources)
    const are = manifest.parts ? 'are' : 'is'
    if (!options.quiet) runtime.out(`${shown(calledOf(manifest))} ${are} valid.\n`)
  }
  return 0
}

// What a connection needs takes a while to load, and most checks are made without one.
async function foundByAws(runtime: Runtime, options: CommonOptions, manifest: LoadedManifest) {
  const { askAws } = await import('./validate-online.ts')
  return askAws(runtime, options, manifest)
}
