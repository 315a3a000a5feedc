import type { Refusal } from '../../model/diagnostic.ts'
import { commandFlags, suggesting } from '../../session/flags.ts'
import type { CommonOptions, Runtime, Session } from '../../session/runtime.ts'
import { refuseNoAddresses } from '../../session/selected-kinds.ts'
import { inSession } from '../../session/session.ts'
import type { KeepOptions } from './options.ts'

/** Runs something in a session; commands that its refusals suggest mean the same manifest, the same AWS and the same selection. */
export async function answering(
  runtime: Runtime,
  options: KeepOptions,
  sources: Map<string, string>,
  use: (session: Session) => Promise<number>,
): Promise<number> {
  // Told before anything is read.
  refuseNoAddresses(options.addresses)
  return inSession(runtime, options, sources, use, { flags: commandFlags(options) })
}

/** A refusal whose hints repeat the flags of this run, each command those that it knows; anything else as it is. */
export function repeatingFlags<T>(thrown: T, options: CommonOptions): T | Refusal {
  return suggesting(thrown, options, commandFlags(options))
}
