import type { CommonOptions } from '../../session/runtime.ts'

/** Options of `console`. */
export interface ConsoleOptions extends CommonOptions {
  readonly name?: string
  /** Open the link in a browser too. */
  readonly open: boolean
  /** Page of the console that the link leads to. */
  readonly destination?: string
}
