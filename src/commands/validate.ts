import { diagnosticJson } from '../report/plan-json.ts'
import type { CommonOptions, Shell } from './context.ts'
import { reportDiagnostics } from './diagnostics.ts'
import { readManifest } from './manifest.ts'

/** Checks the manifest without a connection. */
export async function validate(shell: Shell, options: CommonOptions, sources: Map<string, string>): Promise<number> {
  const { warnings } = (await readManifest(shell, options.file, sources)).manifest
  if (options.format === 'json')
    shell.out(
      `${JSON.stringify({ format_version: 1, valid: true, diagnostics: warnings.map(diagnosticJson) }, null, 2)}\n`,
    )
  else {
    reportDiagnostics(shell, warnings, sources)
    if (!options.quiet) shell.out(`${options.file} is valid.\n`)
  }
  return 0
}
