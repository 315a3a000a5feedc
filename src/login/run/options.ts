import type { CommonOptions } from '../../session/runtime.ts'

/** Options of `login`. */
export interface LoginOptions extends CommonOptions {
  readonly name?: string
  /** What to run once logged in, with its arguments. */
  readonly command: readonly string[]
  readonly force: boolean
  readonly deviceCode: boolean
  readonly noBrowser: boolean
}
