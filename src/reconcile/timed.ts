import { shownAddress } from '../model/address.ts'
import { mayBeOff } from '../model/aws-time.ts'
import { type Diagnostic, error } from '../model/diagnostic.ts'
import type { Plan } from '../model/plan.ts'
import type { PlanInput } from '../plan/diff.ts'
import { clockFix, clockUnknownFix, clockWords } from '../text/time.ts'
import { beforeAnyEnd, doesNoMore, type Narrowing } from './timeless.ts'

/**
 * Why what takes something away because of the time must not be done: AWS's clock and this machine's are too far apart, or nobody knows. What
 * a plan does at any time is not concerned. Pure.
 */
export function timedRefusals(
  { operations, selection }: Pick<Plan, 'operations' | 'selection'>,
  input: PlanInput,
  planning: Narrowing,
): readonly Diagnostic[] {
  const { time } = input.facts
  if (!time || !mayBeOff(time)) return []
  const always = beforeAnyEnd(input, planning, selection)
  const why = 'ahead' in time ? clockWords(time.ahead) : `AWS's time is not known: ${time.unknown}`
  const hint = 'ahead' in time ? `${clockFix}; then run this again` : clockUnknownFix
  // By an unknown time nothing is known to be due, and nothing is known not to be.
  if (selection.due && !('ahead' in time))
    return [error('clock-decides', `what is due cannot be told: ${why}`, { hint })]
  return operations
    .filter((one) => {
      const other = always.get(one.address)
      return one.verb !== 'create' && !(other && doesNoMore(one, other))
    })
    .map(({ address, verb, reason, at }) =>
      error('clock-decides', `${verb} ${shownAddress(address)} depends on the time (${reason}), and ${why}`, {
        hint,
        ...(at ? { at } : {}),
      }),
    )
}
