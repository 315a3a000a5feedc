import { styleText } from 'node:util'
import type { Diagnostic } from '../model/diagnostic.ts'
import { type Paint, renderDiagnostics } from '../report/diagnostic.ts'
import { firstOf } from './first-of.ts'
import { repeatedFlags, withFlags } from './flags.ts'
import type { Runtime, Session } from './runtime.ts'

/** Prints diagnostics of a session; commands in their hints mean the same manifest and the same AWS. */
export function reportIn({ runtime, options, sources }: Session, list: readonly Diagnostic[]): void {
  reportDiagnostics(runtime, withFlags(list, repeatedFlags(options)), sources)
}

/** Prints diagnostics to stderr with their code frames; nothing when there are none, and no more than somebody reads. */
export function reportDiagnostics(
  runtime: Runtime,
  list: readonly Diagnostic[],
  sources: ReadonlyMap<string, string>,
): void {
  if (list.length === 0) return
  const { width, color } = runtime.terminal
  const paint: Paint = (format, text) => styleText(format, text, { validateStream: false })
  const how = { sources, width, wrap: runtime.terminal.interactive, ...(color.err ? { color: paint } : {}) }
  runtime.busyAtOnce(() => runtime.err(`${renderDiagnostics(firstOf(list), how)}\n`))
}
