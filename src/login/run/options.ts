import type { CommonOptions } from '../../session/runtime.ts'
import type { OwnWishes } from '../flow.ts'

/** Options of `login`. */
export interface LoginOptions extends CommonOptions, OwnWishes {
  readonly name?: string
  /** Words that stand behind the profile, where none may. */
  readonly more: readonly string[]
  /** What to run once logged in, with its arguments. */
  readonly command: readonly string[]
  readonly force: boolean
  /** Sign in without the AWS CLI, also where one is installed. */
  readonly withoutCli: boolean
}
