import { kindNamed } from '../kinds/index.ts'
import type { Limit } from '../model/limit.ts'
import type { Plan } from '../model/plan.ts'
import type { PlanInput } from '../plan/diff.ts'
import { beyondLimits, limitsIn } from '../plan/limits.ts'
import type { Planned } from '../plan/plan.ts'
import { policyChanges, withRights } from '../plan/rights.ts'
import { isFromList } from '../policies/effective.ts'
import { knownNames } from '../policies/known-names.ts'

/** A plan with what it gives and takes, refused where that goes beyond limits: those of the manifest, and others. */
export async function withRightsJudged(
  plan: Plan,
  { live, manifest }: Pick<PlanInput, 'live' | 'manifest'>,
  { end }: Pick<Planned, 'end'>,
  others: readonly Limit[] = [],
): Promise<Plan> {
  // Most plans are about other things, and the lists of actions take their time to load.
  if (!plan.operations.some(({ kind }) => kindNamed(kind).policies)) return plan
  const names = await knownNames()
  const limits = [...limitsIn(manifest), ...others]
  const beyond = beyondLimits(plan.operations, { live, end }, limits, names)
  const changes = plan.operations.flatMap((one) => policyChanges(one, { live, end }))
  const isListed = changes.some(({ before, after }) => isFromList(before) || isFromList(after))
  return {
    ...plan,
    ...(isListed ? { policiesAsOf: names.policiesAsOf } : {}),
    operations: withRights(plan.operations, { live, end }, names),
    refusals: [...plan.refusals, ...beyond],
  }
}
