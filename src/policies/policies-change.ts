import type { Policies } from './decide.ts'

/** What decides what somebody may do, before a change and after it. */
export interface PoliciesChange {
  readonly before: Policies
  readonly after: Policies
}
