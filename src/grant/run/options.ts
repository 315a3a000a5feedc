import type { CommonOptions } from '../../session/runtime.ts'
import type { Asked } from '../rule.ts'

/** Options of `grant`. */
export interface GrantOptions extends CommonOptions, Asked {
  readonly yes: boolean
  readonly allowLockout?: boolean
}
