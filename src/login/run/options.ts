import type { CommonOptions } from '../../session/runtime.ts'

/** Options of `login`. */
export interface LoginOptions extends CommonOptions {
  readonly name?: string
  /** Words that stand behind the profile, where none may. */
  readonly more: readonly string[]
  /** What to run once logged in, with its arguments. */
  readonly command: readonly string[]
  readonly force: boolean
  readonly deviceCode: boolean
  readonly noBrowser: boolean
}
