import { isDenied } from '../access/claims.ts'
import type { Watch } from '../access/lockout.ts'
import { pathsThrough } from '../access/paths.ts'
import type { Hands } from '../kinds/kind.ts'
import { type Address, address, membershipAddress } from '../model/address.ts'
import type { Clock } from '../model/clock.ts'
import type { Operation, Outcome } from '../model/operation.ts'
import { entryAt, type State, withEntry } from '../model/state.ts'
import { lockout } from '../plan/lockout.ts'
import { dependencies, type Phase, takesAway } from '../plan/order.ts'
import { step } from '../plan/step.ts'
import { turns } from '../plan/steps.ts'
import { runCloud } from './cloud.ts'
import type { Listener } from './events.ts'
import { runSheets, type SheetWriter } from './sheets.ts'

/** What a run needs besides the operations. */
export interface RunOptions {
  readonly live: State
  readonly watch: Watch
  /** Absent when nothing of AWS is selected. */
  readonly writer?: Hands['writer']
  readonly write: SheetWriter
  readonly clock: Clock
  readonly interrupted: AbortSignal
  readonly allowLockout: boolean
  readonly onEvent: Listener
}

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

/** Runs the operations of a plan in order, phase after phase. Never throws for a failed operation: outcomes tell. */
export async function run(operations: readonly Operation[], options: RunOptions): Promise<Outcomes> {
  const all = turns(operations)
  const urgent = new Set(operations.filter((one) => one.urgent && !one.first).map(({ address }) => address))
  const current: Run = { options, outcomes: new Map(), waits: dependencies(operations), urgent, state: options.live }
  for (const turn of all) {
    // The rest of what has failed with its first part is not tried.
    const left = turn.operations.filter(({ address }) => !current.outcomes.has(address))
    await runPhase(turn.phase, holdBack(turn.phase, current, left), current)
  }
  return current.outcomes
}

async function runPhase(phase: Phase, operations: readonly Operation[], current: Run): Promise<void> {
  if (operations.length === 0) return
  if (phase === 'local') await runSheets(operations, current)
  else await runCloud(operations, current)
}

// Whatever takes something away waits for everything else: a half-done run must leave people with more, not with less. Who is revoked
// is meant to be left with less, and that is no reason to hold back anything else.
function holdBack(phase: Phase, current: Run, operations: readonly Operation[]): Operation[] {
  const trouble = [...current.outcomes].find(([at, outcome]) => outcome.result !== 'done' && !current.urgent.has(at))
  if (!trouble || phase === 'revoke') return [...operations]
  const held = operations.filter(takesAway)
  for (const operation of held)
    settle(current, operation, { result: 'skipped', message: `held back, because ${trouble[0]} did not succeed` })
  return operations.filter((operation) => !held.includes(operation))
}

/** Why an operation must not run now; undefined when it may. */
export function obstacle(current: Run, operation: Operation): string | undefined {
  const { options, outcomes, state } = current
  if (options.interrupted.aborted) return 'interrupted'
  const failed = waitsOf(operation, current).find((at) => outcomes.get(at)?.result !== 'done')
  if (failed) return `it depends on ${failed}, which did not succeed`
  const [problem] = step(state, operation).problems
  return problem ?? reachesRevoked(current, operation) ?? locksOut(current, operation)
}

/** Why a grant must not be made while the access of somebody who is revoked could not be ended. */
function reachesRevoked(
  { outcomes, urgent, options, state }: Run,
  { kind, verb, after }: Operation,
): string | undefined {
  if (kind !== 'assignment' || verb !== 'create' || !after) return undefined
  const hasFailed = (at: Address) => urgent.has(at) && outcomes.get(at)?.result !== 'done'
  const reached = pathsThrough(state, after).paths.filter(
    (path) => options.watch.revoked.has(path.user) && !isDenied(state, path),
  )
  return reached.flatMap(({ user, group = '', permission_set }) => {
    const failed = [membershipAddress(group, user), address('permission-set', permission_set)].find(hasFailed)
    return failed ? [`${user} is revoked and would get it, because ${failed} did not succeed`] : []
  })[0]
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
    current.options.onEvent({ type: 'done', address, verb, seconds })
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
