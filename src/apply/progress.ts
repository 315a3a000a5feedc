import type { Watch } from '../access/lockout.ts'
import type { WriteContext } from '../kinds/contexts.ts'
import { kindNamed } from '../kinds/index.ts'
import { type Address, shownAddress } from '../model/address.ts'
import type { Clock } from '../model/clock.ts'
import type { Operation, Outcome } from '../model/operation.ts'
import type { State } from '../model/state.ts'
import { entryAt, withEntry } from '../model/state.ts'
import { lockout } from '../plan/lockout.ts'
import { step } from '../plan/step.ts'
import type { Listener } from './events.ts'
import type { FileWriter } from './file-writer.ts'

/** What a run needs besides the operations. */
export interface RunOptions {
  readonly live: State
  readonly watch: Watch
  /** Absent when nothing of AWS is selected. */
  readonly writer?: WriteContext['writer']
  readonly write: FileWriter
  readonly clock: Clock
  readonly interrupted: AbortSignal
  readonly allowLockout: boolean
  readonly onEvent: Listener
  /** AWS has ended what an operation asked for; how is told by its event, later. */
  readonly onOver?: (address: Address) => void
}

/** Why an operation did not begin that was left out after Ctrl-C. */
export const interruption = 'interrupted'

/** How each operation of a run ended. */
export type Outcomes = ReadonlyMap<Address, Outcome>

/** The state of a run: it advances with real outcomes and is asked before each operation. */
export interface Run {
  readonly options: RunOptions
  readonly outcomes: Map<Address, Outcome>
  readonly waits: ReadonlyMap<Address, readonly Address[]>
  /** Operations that as a whole end somebody's access. */
  readonly urgent: ReadonlySet<Address>
  state: State
}

/** Why an operation must not run now; undefined when it may. */
export function obstacle(current: Run, operation: Operation): string | undefined {
  const { options, outcomes, state } = current
  if (options.interrupted.aborted) return interruption
  const failed = waitsOf(operation, current).find((at) => outcomes.get(at)?.result !== 'done')
  if (failed) return `it depends on ${shownAddress(failed)}, which ${notDone(outcomes.get(failed))}`
  const [problem] = step(state, operation).problems
  return problem ?? heldBack(current, operation) ?? locksOut(current, operation)
}

/** How something ended that was not done: it was tried, or its turn never came. */
export function notDone(outcome: Outcome | undefined): string {
  return outcome?.result === 'failed' ? 'did not succeed' : 'was not done'
}

function heldBack({ outcomes, urgent, options, state }: Run, operation: Operation): string | undefined {
  const hasFailed = (at: Address) => urgent.has(at) && outcomes.get(at)?.result !== 'done'
  return kindNamed(operation.kind).heldBack?.(operation, { state, revoked: options.watch.revoked, hasFailed })
}

/** Why an operation would lock people out if it ran now; undefined when it would not, or when that is allowed. */
export function locksOut({ options, state }: Run, operation: Operation): string | undefined {
  return options.allowLockout ? undefined : lockout(state, operation, options.watch)?.message
}

/** What must have ended before an operation may start. */
export function waitsOf({ address, urgent }: Operation, { waits }: Run): readonly Address[] {
  return urgent ? [] : (waits.get(address) ?? [])
}

/** Deletes count from the moment they start, creates only when they are done. */
export function begin(current: Run, operation: Operation): void {
  if (operation.verb === 'delete') current.state = step(current.state, operation).state
  current.options.onEvent({ type: 'started', address: operation.address, verb: operation.verb })
}

/** Records how an operation ended and tells it. */
export function settle(current: Run, operation: Operation, outcome: Outcome, seconds = 0): void {
  const { address, verb } = operation
  const isPart = operation.urgent && !current.urgent.has(address)
  if (!isPart || outcome.result !== 'done') current.outcomes.set(address, outcome)
  if (outcome.result === 'done') {
    if (verb !== 'delete') current.state = withRef(step(current.state, operation).state, address, outcome.ref)
    const { how } = outcome
    current.options.onEvent({ type: 'done', address, verb, seconds, ...(how ? { how } : {}) })
    return
  }
  if (verb === 'delete' && outcome.result === 'failed')
    current.state = withEntry(current.state, address, entryAt(current.options.live, address))
  const { result, ...rest } = outcome
  current.options.onEvent({ type: result, address, verb, ...rest })
}

function withRef(state: State, at: Address, ref: string | undefined): State {
  const entry = entryAt(state, at)
  return entry && ref ? withEntry(state, at, { ...entry, ref }) : state
}
