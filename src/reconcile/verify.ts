import type { Outcomes } from '../apply/progress.ts'
import { shownAddress } from '../model/address.ts'
import type { Allowances } from '../model/allowances.ts'
import { backoff } from '../model/clock.ts'
import { type Diagnostic, error, Refusal, refusedWith, sentence } from '../model/diagnostic.ts'
import type { Operation } from '../model/operation.ts'
import type { Plan } from '../model/plan.ts'
import type { Session } from '../session/runtime.ts'
import { type Planning, type PlanResult, planNow } from './planning.ts'

/** A look after an apply. */
export interface Closing {
  /** What was changed and still is not as desired, or why that could not be told. */
  readonly left: readonly Diagnostic[]
  /** What the look found; absent when it failed. */
  readonly made?: PlanResult
}

/** How long lists may lag behind what was written, in milliseconds. Nothing says how long they do; reports speak of some seconds. */
const patience = 20_000

/**
 * Looks again at what was changed, several times where lists do not show it yet. A service that says yes and does otherwise, or another person at work at the same time, must not
 * pass for success; nor must a look that fails, or that is interrupted: it changes nothing, and may take minutes. `told` is what the plan said before it was approved.
 */
export async function lookAgain(
  outcomes: Outcomes,
  session: Session,
  allow: Allowances,
  planning: Planning,
  told: readonly Diagnostic[],
): Promise<Closing> {
  const { clock, interrupted } = session.runtime
  const since = clock.now().getTime()
  try {
    for (let attempt = 0; ; attempt++) {
      const isLate = () => interrupted.aborted || clock.now().getTime() - since > patience
      const made = await planNow(session, allow, { ...planning, until: interrupted }).catch((thrown) => {
        // What is gone may still be listed, and cannot be read.
        if (isLate() || !refusedWith(thrown, 'aws-not-found')) throw thrown
        return undefined
      })
      const open = made?.plan.operations.filter(({ address }) => outcomes.get(address)?.result === 'done')
      if (made && open && (open.length === 0 || isLate()))
        return {
          left: [
            ...open.map(notAsWanted),
            ...unforeseen([...made.plan.diagnostics, ...made.plan.refusals], told),
            ...notWhole(made.plan),
          ],
          made,
        }
      await clock.sleep(backoff(attempt, clock), interrupted)
    }
  } catch (thrown) {
    if (interrupted.aborted) return { left: [cutShort] }
    const why =
      thrown instanceof Refusal ? thrown.diagnostics : [error('defect', `unexpected error: ${sentence(thrown)}`)]
    return { left: [...why, notProven] }
  }
}

/** What turned out not to be as desired although all was done; what the plan had told before was accepted with it. */
function unforeseen(found: readonly Diagnostic[], told: readonly Diagnostic[]): readonly Diagnostic[] {
  const known = new Set(told.map(({ code, unmet }) => `${code} ${unmet}`))
  return found
    .filter(({ code, unmet }) => unmet !== undefined && !known.has(`${code} ${unmet}`))
    .map((one) => ({ ...one, severity: 'error' as const }))
}

/** Why a look says nothing about what was changed: something keeps a plan from being made at all. */
function notWhole({ complete, diagnostics }: Plan): readonly Diagnostic[] {
  if (complete) return []
  return [...diagnostics.filter(({ severity, unmet }) => severity === 'error' && unmet === undefined), notProven]
}

const cutShort = error('not-verified', 'the changes were not read back, because the verification was interrupted', {
  hint: 'run sso-reconcile plan to see whether anything is left to do',
})

const notProven = error('not-verified', 'the changes could not be read back, so the result is not verified', {
  hint: 'fix the cause above, then run sso-reconcile plan to see whether anything is left to do',
})

function notAsWanted({ address, fields }: Operation): Diagnostic {
  const what = fields.map(({ path }) => path).join(', ') || 'it does not exist'
  return error('not-converged', `${shownAddress(address)} was changed but does not match the desired state (${what})`, {
    hint: 'another run of this or another tool may be changing this account, or AWS did not keep the value: run sso-reconcile plan to see what differs',
  })
}
