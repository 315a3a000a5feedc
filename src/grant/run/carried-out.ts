import { approve } from '../../reconcile/approve.ts'
import { carryOut } from '../../reconcile/carry-out.ts'
import { planNow } from '../../reconcile/planning.ts'
import { progressOf } from '../../reconcile/progress.ts'
import { reportDiagnostics } from '../../session/diagnostics.ts'
import type { Session } from '../../session/runtime.ts'
import { targetOf } from '../rule.ts'
import type { GrantOptions } from './options.ts'

/** Plans the grant, asks, writes the rule and applies it, in this order; gives the exit code. What is refused writes nothing. */
export async function carriedOut(
  session: Session,
  options: GrantOptions,
  write: () => Promise<void>,
  tellEnd: () => Promise<void>,
): Promise<number> {
  const { runtime, sources } = session
  const about = { ...session, options: { ...session.options, target: [targetOf(session.manifest, options)] } }
  const allow = options.allowLockout ? { allowLockout: true } : {}
  const progress = await progressOf(about, 'the rule is in the manifest: sso-reconcile apply tries again.')
  const { plan, observed, changes } = await planNow(about, allow)
  await runtime.busy(() => progress.planned(plan, changes))
  reportDiagnostics(runtime, [...plan.diagnostics, ...plan.refusals], sources)
  if (!plan.complete || plan.refusals.length > 0) return 1
  const refused = await approve(plan, about, options, 'grant')
  if (refused) {
    reportDiagnostics(runtime, [refused], sources)
    return 1
  }
  // Written first: a run that is cut off is carried on by the next apply, and what nobody wrote down would never end.
  await write()
  const succeeded =
    plan.operations.length === 0 ||
    (await runtime.unhurried(() => carryOut(plan, observed, about, allow, progress), progress.lastWords)).succeeded
  if (succeeded) await tellEnd()
  return succeeded ? 0 : 1
}
