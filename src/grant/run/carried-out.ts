import { approvedPlan, runApproved } from '../../reconcile/approved-plan.ts'
import { tellingWhatGoesOn } from '../../reconcile/goes-on.ts'
import type { Observed } from '../../reconcile/observe.ts'
import { planNow } from '../../reconcile/planning.ts'
import type { Session } from '../../session/runtime.ts'
import { targetOf } from '../rule.ts'
import type { GrantOptions } from './options.ts'

/** Plans the grant, asks, writes the rule and applies it, in this order; gives the exit code. What is refused writes nothing. */
export async function carriedOut(
  session: Session,
  options: GrantOptions,
  write: () => Promise<void>,
  tellEnd: (seen: Observed['input']) => void,
): Promise<number> {
  const about = { ...session, options: { ...session.options, target: [targetOf(session.manifest, options)] } }
  const allow = options.allowLockout ? { allowLockout: true } : {}
  const next = 'the rule is in the manifest: sso-reconcile apply tries again.'
  const planning = tellingWhatGoesOn(options.user)
  const make = () => planNow(about, allow, planning)
  const approved = await approvedPlan(about, { command: 'grant', approval: options, make, next })
  if (!approved) return 1
  // Written first: a run that is cut off is carried on by the next apply, and what nobody wrote down would never end.
  await write()
  const { succeeded, after } = await runApproved(approved, about, allow, planning)
  if (succeeded && after) tellEnd(after.observed.input)
  return succeeded ? 0 : 1
}
