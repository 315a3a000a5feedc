import { planFlags } from '../../session/flags.ts'
import type { CommonOptions } from '../../session/runtime.ts'

/** Options of `adopt` and `ignore`. */
export interface KeepOptions extends CommonOptions {
  readonly addresses: readonly string[]
  /** Shows the change of the file, and writes nothing. */
  readonly dryRun: boolean
}

/** Flags that a suggested `adopt` or `ignore` needs to mean the same things; begins with a space. */
export function keepFlags({ target: _target, ...options }: CommonOptions): string {
  return planFlags(options)
}
