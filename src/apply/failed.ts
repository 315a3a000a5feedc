import { Refusal, sentence } from '../model/diagnostic.ts'
import type { Outcome } from '../model/operation.ts'

/**
 * The outcome of an operation that threw. A defect of ours is a failure like any other here: it must not keep what else was done from
 * being told.
 */
export function failed(thrown: unknown): Outcome {
  const hint =
    thrown instanceof Refusal ? thrown.diagnostics[0]?.hint : 'this is a defect of sso-reconcile; please report it'
  return { result: 'failed', message: sentence(thrown), ...(hint ? { hint } : {}) }
}
