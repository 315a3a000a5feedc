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
    const pairs = all.map((one) => ({ one, before: (one.verb === 'create' ? begun : ended).get(one.address) }))
    const alone = pairs.flatMap(({ one, before }) => (before ? [] : [one]))
    const mixed = pairs.flatMap(({ one, before }) => (before && !doesNoMore(one, before) ? [one] : []))
    const due = independent(alone, all)
    const blockers = blockersOf(due, all)
    return {
      operations: due,
      diagnostics: [
        ...mixed.map((one) => waits(one, 'it differs in other ways too')),
        ...alone
          .filter((one) => !due.includes(one))
          .map((one) => waits(one, `${listed(blockers(one).map(shownAddress), 3)} has to be changed first`)),
      ],
    }
  }
}

// Leaving one out may leave out what needs it.
function independent(due: readonly Operation[], all: readonly Operation[]): readonly Operation[] {
  const blockers = blockersOf(due, all)
  const left = due.filter((one) => blockers(one).length === 0)
  return left.length === due.length ? due : independent(left, all)
}

/** What has to be changed before an operation, and is not due: what is not there, or is about to allow less. */
function blockersOf(due: readonly Operation[], all: readonly Operation[]): (one: Operation) => readonly Address[] {
  const chosen = new Set(due)
  const isHeldBack = (one: Operation) => one.verb === 'create' || one.urgent === true || takesAway(one)
  const open = new Set(all.filter((one) => !chosen.has(one) && isHeldBack(one)).map(({ address }) => address))
  return ({ verb, needs }) => (verb === 'delete' ? [] : needs.filter((need) => open.has(need)))
}

function waits({ verb, address, at }: Operation, why: string): Diagnostic {
  return warning('due-waits', `${verb} ${shownAddress(address)} is due, but ${why}; it was left out`, {
    hint: 'run sso-reconcile plan to see all of it, and sso-reconcile apply to change all of it',
    ...(at ? { at } : {}),
  })
}
