import { diagnosticJson } from '../report/plan/json.ts'
import { reportDiagnostics } from '../session/diagnostics.ts'
import { readManifest } from '../session/manifest.ts'
import type { CommonOptions, Runtime } from '../session/runtime.ts'
import { jsonText } from '../text/json.ts'
import { shown } from '../text/shown.ts'

/** Checks the manifest without a connection. */
export async function validate(
  runtime: Runtime,
  options: CommonOptions,
  sources: Map<string, string>,
): Promise<number> {
  const { warnings } = (await readManifest(runtime, options, sources)).manifest
  if (options.format === 'json') {
    const document = () => ({ format_version: 1, valid: true, diagnostics: warnings.map(diagnosticJson) })
    await runtime.busy(() => runtime.out(`${jsonText(document(), 2)}\n`))
  } else {
    reportDiagnostics(runtime, warnings, sources)
    if (!options.quiet) runtime.out(`${shown(options.file)} is valid.\n`)
  }
  return 0
}
