import type { Diagnostic } from '../model/diagnostic.ts'
import { reportDiagnostics } from './diagnostics.ts'
import { repeatedFlags, withFlags } from './flags.ts'
import type { Session } from './runtime.ts'

/** Prints diagnostics of a session; commands in their hints mean the same manifest and the same AWS. */
export function reportIn({ runtime, options, sources }: Session, list: readonly Diagnostic[]): void {
  reportDiagnostics(runtime, withFlags(list, repeatedFlags(options)), sources)
}
