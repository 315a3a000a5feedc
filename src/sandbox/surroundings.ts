import type { Traffic } from './faults/traffic.ts'
import type { Random } from './ids.ts'
import type { Memory } from './state/memory.ts'

/** What answering a request takes besides the request. `now` is in epoch seconds. */
export interface Surroundings {
  readonly store: Memory
  readonly now: () => number
  readonly random: Random
  readonly traffic: Traffic
  /** A start URL that the sandbox stands in for. */
  readonly portal?: string
}
