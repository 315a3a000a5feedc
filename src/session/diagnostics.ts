import { styleText } from 'node:util'
import type { Diagnostic } from '../model/diagnostic.ts'
import { type Paint, renderDiagnostics } from '../report/diagnostic.ts'
import { firstOf } from './first-of.ts'
import type { Runtime } from './runtime.ts'

/** Prints diagnostics to stderr with their code frames; nothing when there are none, and no more than somebody reads. */
export function reportDiagnostics(
  runtime: Runtime,
  list: readonly Diagnostic[],
  sources: ReadonlyMap<string, string>,
): void {
  if (list.length === 0) return
  const { width, color } = runtime.terminal
  const paint: Paint = (format, text) => styleText(format, text, { validateStream: false })
  const how = { sources, width: width.err, wrap: runtime.terminal.interactive, ...(color.err ? { color: paint } : {}) }
  runtime.busyAtOnce(() => runtime.err(`${renderDiagnostics(firstOf(list), how)}\n`))
}
