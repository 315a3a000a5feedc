import { Refusal, sentence } from '../model/diagnostic.ts'
import type { Operation, Outcome } from '../model/operation.ts'
import { step } from '../plan/step.ts'
import type { ApplyEvent } from './events.ts'
import { begin, type Run, settle } from './run.ts'

/** Edits a file of this machine and replaces it in one step; throws a Refusal with the file as it was. */
export type SheetWriter = (operations: readonly Operation[]) => Promise<Extract<ApplyEvent, { type: 'file' }>>

/** Carries out the operations on files of this machine: one write a file, however many operations it carries. */
export async function runSheets(operations: readonly Operation[], current: Run): Promise<void> {
  const going: Operation[] = []
  // Within one write nothing is half done, so each operation sees the ones before it.
  let draft = current.state
  for (const operation of operations) {
    const next = step(draft, operation)
    const problem = current.options.interrupted.aborted ? 'interrupted' : next.problems[0]
    if (problem) settle(current, operation, { result: 'skipped', message: problem })
    else {
      draft = next.state
      going.push(operation)
    }
  }
  if (going.length > 0) await writeAll(going, current)
}

async function writeAll(operations: readonly Operation[], current: Run): Promise<void> {
  for (const operation of operations) begin(current, operation)
  const outcome = await attempt(operations, current)
  for (const operation of operations) settle(current, operation, outcome)
}

async function attempt(operations: readonly Operation[], { options }: Run): Promise<Outcome> {
  try {
    options.onEvent(await options.write(operations))
    return { result: 'done' }
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    const hint = thrown.diagnostics[0]?.hint
    return { result: 'failed', message: sentence(thrown), ...(hint ? { hint } : {}) }
  }
}
