import { kinds } from '../kinds/index.ts'
import type { LocalKind } from '../kinds/kind.ts'
import type { LocalFileName } from '../kinds/local-file.ts'
import { shownAddress } from '../model/address.ts'
import type { Operation, Outcome } from '../model/operation.ts'
import { step } from '../plan/step.ts'
import { failed } from './failed.ts'
import { begin, notDone, type Run, settle } from './progress.ts'

/** Carries out the operations on files of this machine: one write a file, however many operations it carries. */
export async function runFiles(operations: readonly Operation[], current: Run): Promise<void> {
  const runnable = startable(operations, current)
  const names = new Set(runnable.map(sheetOf))
  for (const name of names) {
    const mine = runnable.filter((operation) => sheetOf(operation) === name && !dependsOnFailure(operation, current))
    if (mine.length === 0) continue
    for (const operation of mine) begin(current, operation)
    const outcome = await attempt(name, mine, current)
    for (const operation of mine) settle(current, operation, outcome)
  }
}

// Within one write nothing is half done, so each operation sees the ones before it.
function startable(operations: readonly Operation[], current: Run): Operation[] {
  let draft = current.state
  return operations.filter((operation) => {
    const next = step(draft, operation)
    const problem = current.options.interrupted.aborted ? 'interrupted' : next.problems[0]
    if (problem) settle(current, operation, { result: 'skipped', message: problem })
    else draft = next.state
    return !problem
  })
}

// A shell must not name a profile that could not be written to another file.
function dependsOnFailure(operation: Operation, current: Run): boolean {
  const waits = current.waits.get(operation.address) ?? []
  const failed = waits.find((at) => (current.outcomes.get(at)?.result ?? 'done') !== 'done')
  if (failed === undefined) return false
  settle(current, operation, {
    result: 'skipped',
    message: `it depends on ${shownAddress(failed)}, which ${notDone(current.outcomes.get(failed))}`,
  })
  return true
}

function sheetOf({ kind, address }: Operation): LocalFileName {
  return (kinds[kind] as LocalKind).fileOf(address)
}

async function attempt(sheet: LocalFileName, operations: readonly Operation[], { options }: Run): Promise<Outcome> {
  try {
    options.onEvent(await options.write(sheet, operations))
    return { result: 'done' }
  } catch (thrown) {
    return failed(thrown)
  }
}
