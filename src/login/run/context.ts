import type { Connection } from '../../session/connection.ts'
import type { Runtime } from '../../session/runtime.ts'
import { shown } from '../../text/shown.ts'
import type { LoginOptions } from './options.ts'

/** Where a login happens. */
export interface LoginContext extends Connection {
  readonly runtime: Runtime
  readonly options: LoginOptions
  /** Tells a person something that `--quiet` leaves out. */
  say(text: string): void
}

/** The desk of a command. */
export function loginContext(runtime: Runtime, options: LoginOptions, reach: Connection): LoginContext {
  const say = (text: string) => {
    if (!options.quiet) runtime.err(`${shown(text)}\n`)
  }
  return { ...reach, runtime, options, say }
}
