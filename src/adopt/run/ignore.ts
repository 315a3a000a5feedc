import type { Runtime } from '../../session/runtime.ts'
import { withIgnored } from '../next.ts'
import { answering } from './answering.ts'
import { keep } from './keep.ts'
import type { KeepOptions } from './options.ts'

/** Writes into the manifest that some live things are left alone. */
export function ignore(runtime: Runtime, options: KeepOptions, sources: Map<string, string>): Promise<number> {
  return answering(runtime, options, sources, (session) =>
    keep(session, options, { done: 'ignored', next: withIgnored, notDeclared: true }),
  )
}
