import { shownAddress } from '../model/address.ts'
import type { Operation } from '../model/operation.ts'
import { dependencies, type Phase, takesAway } from '../plan/order.ts'
import { turns } from '../plan/steps.ts'
import { runCloud } from './cloud.ts'
import { runFiles } from './files.ts'
import { notDone, type Outcomes, type Run, type RunOptions, settle } from './progress.ts'

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
  if (phase === 'local') await runFiles(operations, current)
  else await runCloud(operations, current)
}

// Whatever takes something away waits for everything else: a half-done run must leave people with more, not with less. Who is revoked
// is meant to be left with less, and that is no reason to hold back anything else.
function holdBack(phase: Phase, current: Run, operations: readonly Operation[]): Operation[] {
  const trouble = [...current.outcomes].find(([at, outcome]) => outcome.result !== 'done' && !current.urgent.has(at))
  if (!trouble || phase === 'revoke') return [...operations]
  const held = operations.filter(takesAway)
  for (const operation of held)
    settle(current, operation, {
      result: 'skipped',
      message: `held back because ${shownAddress(trouble[0])} ${notDone(trouble[1])}`,
    })
  return operations.filter((operation) => !held.includes(operation))
}
