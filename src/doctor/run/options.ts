import type { CommonOptions } from '../../session/runtime.ts'

/** Options of `doctor`. */
export interface DoctorOptions extends CommonOptions {
  /** Look for Identity Center in every region that is enabled by default. */
  readonly scan: boolean
  /** Explain this message instead of looking at anything. */
  readonly explain?: string
}
