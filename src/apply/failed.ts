import { waitForOthers } from '../kinds/shared/appeared.ts'
import { Refusal, sentence } from '../model/diagnostic.ts'
import type { Outcome } from '../model/operation.ts'

/**
 * The outcome of an operation that threw. A defect of ours is a failure like any other here: it must not keep what else was done from
 * being told.
 */
export function failed(thrown: unknown): Outcome {
  return { result: 'failed', message: sentence(thrown), ...hintOf(thrown) }
}

// What was there when the plan was made, or was free, and is so no more a moment later.
function hintOf(thrown: unknown): { readonly hint?: string } {
  if (!(thrown instanceof Refusal)) return { hint: 'this is a bug in sso-reconcile; please report it' }
  const { code = '', hint } = thrown.diagnostics[0] ?? {}
  if (['aws-not-found', 'aws-taken'].includes(code)) return { hint: waitForOthers }
  return hint === undefined ? {} : { hint }
}
