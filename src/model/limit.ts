import type { Position } from './diagnostic.ts'

/** Actions of which a plan must not give anybody more. */
export interface Limit {
  /** As `iam:*`; `*` means any. */
  readonly pattern: string
  /** Where the manifest sets it; absent for one that was given with `--deny-new`. */
  readonly at?: Position
}
