import { reachFlags, suggesting } from '../../session/flags.ts'
import type { Runtime, Session } from '../../session/runtime.ts'
import { inSession } from '../../session/session.ts'
import type { KeepOptions } from './options.ts'

/** Runs something in a session; commands that its refusals suggest mean the same manifest and the same AWS. */
export async function answering(
  runtime: Runtime,
  options: KeepOptions,
  sources: Map<string, string>,
  use: (session: Session) => Promise<number>,
): Promise<number> {
  try {
    return await inSession(runtime, options, sources, use)
  } catch (thrown) {
    throw suggesting(thrown, options, reachFlags(options))
  }
}
