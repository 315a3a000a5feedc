import type { Approval } from '../../reconcile/approve.ts'
import type { CommonOptions } from '../../session/runtime.ts'

/** Options of `revoke`. */
export interface RevokeOptions extends CommonOptions, Approval {
  readonly user: string
  /** End what was issued before now and keep the grants. */
  readonly sessions: boolean
  /** Take the revocation back. */
  readonly undo: boolean
  readonly allowLockout?: boolean
}
