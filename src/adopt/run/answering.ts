import type { Refusal } from '../../model/diagnostic.ts'
import { keepFlags, reachFlags, suggesting } from '../../session/flags.ts'
import type { CommonOptions, Runtime, Session } from '../../session/runtime.ts'
import { inSession } from '../../session/session.ts'
import type { KeepOptions } from './options.ts'

/** Runs something in a session; commands that its refusals suggest mean the same manifest, the same AWS and the same selection. */
export function answering(
  runtime: Runtime,
  options: KeepOptions,
  sources: Map<string, string>,
  use: (session: Session) => Promise<number>,
): Promise<number> {
  return inSession(runtime, options, sources, use, { flags: flagsFor(options) })
}

/** Commands that can be about a part of the manifest. */
const selective = /\b(?:adopt|ignore|apply|plan)$/

function flagsFor(options: CommonOptions) {
  return (command: string) => (selective.test(command) ? keepFlags(options) : reachFlags(options))
}

/** A refusal whose hints repeat the flags of this run, each command those that it knows; anything else as it is. */
export function repeatingFlags<T>(thrown: T, options: CommonOptions): T | Refusal {
  return suggesting(thrown, options, flagsFor(options))
}
