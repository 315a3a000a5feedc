import { type Address, shownAddress } from '../model/address.ts'
import { type Diagnostic, warning } from '../model/diagnostic.ts'
import type { Operation } from '../model/operation.ts'
import type { Selection } from '../model/plan.ts'
import type { PlanInput } from '../plan/diff.ts'
import { takesAway } from '../plan/order.ts'
import type { Chosen } from '../plan/plan.ts'
import { listed } from '../text/list.ts'
import { beforeAnyEnd, beforeAnyStart, doesNoMore, type Narrowing } from './timeless.ts'

/**
 * Of all changes those that the time alone asks for: they would not be there had no `from` come, no `until` passed and no revocation ended. What
 * the time asks for together with other changes is told and left alone, and so is what must not be done without others. Pure.
 */
export function dueOf(
  input: PlanInput,
  planning: Narrowing,
  selection: Selection,
): (all: readonly Operation[]) => Chosen {
  return (all) => {
    const begun = beforeAnyStart(input, planning, selection)
    const ended = beforeAnyEnd(input, planning, selection)
    const before = ({ verb, address }: Operation) => (verb === 'create' ? begun : ended).get(address)
    const alone = all.filter((one) => !before(one))
    const mixed = all.filter((one) => {
      const other = before(one)
      return other !== undefined && !doesNoMore(one, other)
    })
    const due = independent(alone, all)
    const late = alone.filter((one) => !due.includes(one))
    return {
      operations: due,
      diagnostics: [
        ...mixed.map((one) => waits(one, 'it differs in other ways too')),
        ...late.map((one) => waits(one, `${namesOf(blocking(one, all, due))} has to be changed first`)),
      ],
    }
  }
}

// Leaving one out may leave out what needs it.
function independent(due: readonly Operation[], all: readonly Operation[]): readonly Operation[] {
  const left = due.filter((one) => blocking(one, all, due).length === 0)
  return left.length === due.length ? due : independent(left, all)
}

/** What would have to be changed before an operation, and is not due: what is not there, or is about to allow less. */
function blocking(
  { verb, needs }: Operation,
  all: readonly Operation[],
  due: readonly Operation[],
): readonly Operation[] {
  if (verb === 'delete') return []
  const isHeldBack = (one: Operation) => one.verb === 'create' || one.urgent === true || takesAway(one)
  return all.filter((one) => needs.includes(one.address) && !due.includes(one) && isHeldBack(one))
}

function namesOf(operations: readonly Operation[]): string {
  return listed(
    operations.map(({ address }: { readonly address: Address }) => shownAddress(address)),
    3,
  )
}

function waits({ verb, address, at }: Operation, why: string): Diagnostic {
  return warning('due-waits', `${verb} ${shownAddress(address)} is due, but ${why}; it was left out`, {
    hint: 'run sso-reconcile plan to see all of it, and sso-reconcile apply to change all of it',
    ...(at ? { at } : {}),
  })
}
