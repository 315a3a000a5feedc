import type { Diagnostic } from '../../model/diagnostic.ts'
import type { JsonObject } from '../../model/json.ts'
import { type InitResult, initText } from '../../report/init-text.ts'
import { diagnosticJson } from '../../report/plan/json.ts'
import { reportDiagnostics } from '../../session/diagnostics.ts'
import { reachFlags } from '../../session/flags.ts'
import type { Runtime } from '../../session/runtime.ts'
import { jsonText } from '../../text/json.ts'
import type { InitCommandOptions } from './options.ts'

/** A manifest's text with how it came about. */
export interface InitOutcome extends Omit<InitResult, 'file' | 'flags' | 'backup'> {
  readonly text: string
  readonly diagnostics: readonly Diagnostic[]
}

/** Prints what init did: JSON, the text itself on a dry run, or a few lines that end with the next step. */
export async function report(
  runtime: Runtime,
  options: InitCommandOptions,
  outcome: InitOutcome & { readonly written: boolean; readonly backup?: string },
  sources: ReadonlyMap<string, string>,
): Promise<void> {
  const { file } = options
  await runtime.busy(() =>
    tell(runtime, options, outcome, sources, () => initText({ ...outcome, file, flags: reachFlags(options) })),
  )
}

/** What was written, or would have been. */
interface Written {
  readonly text: string
  readonly written: boolean
  readonly backup?: string
  readonly diagnostics: readonly Diagnostic[]
  /** What the JSON document says besides. */
  readonly more?: JsonObject
}

/** Prints a new manifest as the options ask for it; `closing` gives the lines for a person. */
export function tell(
  runtime: Runtime,
  { file, format, dryRun, quiet }: InitCommandOptions,
  { text, written, backup, diagnostics, more = {} }: Written,
  sources: ReadonlyMap<string, string>,
  closing: () => string,
): void {
  if (format === 'json') {
    const rest = { ...(backup ? { backup } : {}), ...(dryRun ? { text } : {}) }
    const document = {
      format_version: 1,
      file,
      written,
      ...rest,
      ...more,
      diagnostics: diagnostics.map(diagnosticJson),
    }
    runtime.out(`${jsonText(document, 2)}\n`)
    return
  }
  reportDiagnostics(runtime, diagnostics, sources)
  if (dryRun) runtime.out(text)
  else if (!quiet) runtime.out(closing())
}
