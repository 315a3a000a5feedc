import type { Runtime } from '../../session/runtime.ts'
import { withIgnored } from '../next.ts'
import { answering } from './answering.ts'
import { type Answer, keep } from './keep.ts'
import type { KeepOptions } from './options.ts'

/** How things are left alone from now on. */
export const ignoring: Answer = { done: 'ignored', next: withIgnored }

/** Writes into the manifest that some live things are left alone. */
export function ignore(runtime: Runtime, options: KeepOptions, sources: Map<string, string>): Promise<number> {
  return answering(runtime, options, sources, (session) => keep(session, options, ignoring))
}
