import type { CommonOptions } from '../../session/runtime.ts'

/** Options of `adopt` and `ignore`. */
export interface KeepOptions extends CommonOptions {
  readonly addresses: readonly string[]
  /** Shows the change of the file, and writes nothing. */
  readonly dryRun: boolean
}
