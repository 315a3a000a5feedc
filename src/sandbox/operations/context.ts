import type { Json } from '../../model/json.ts'
import type { Choices } from '../faults/choices.ts'
import type { Random } from '../ids.ts'
import type { State } from '../state/state.ts'
import type { Caller } from '../wire/caller.ts'

/** How long asynchronous requests take, and roles that leave. */
export interface Pace {
  /** Looks at a request that still say IN_PROGRESS. */
  readonly looks: number
  /** Seconds after which a request nobody looks at has ended; null for never. */
  readonly seconds: number | null
  /** Looks that still find a role after the last assignment of its set in an account has gone. */
  readonly lag: number
  /** Seconds after which such a role has gone; 0 for at once, unless there are looks. */
  readonly roleSeconds: number
}

/** Everything an operation may use. `now` is in epoch seconds with milliseconds. */
export interface Context {
  readonly state: State
  readonly caller: Caller
  readonly now: number
  readonly random: Random
  readonly pace: Pace
  readonly choices: Choices
  /** In which of these accounts an asynchronous request is going to fail by order, and why. */
  readonly doom: (accounts: readonly string[]) => Readonly<Record<string, string>>
}

/** What the course of asynchronous things depends on. */
export type Course = Pick<Context, 'state' | 'now' | 'random' | 'pace' | 'choices'>

/** Members of an answer. */
export type OperationOutput = { readonly [member: string]: Json }

/**
 * One operation. Its input has been checked against the request table, so that each implementation may name the narrower type it
 * expects, which the compiler allows of a method.
 */
export type Operation = { run(context: Context, input: object): OperationOutput }['run']
