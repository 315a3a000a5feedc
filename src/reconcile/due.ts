import { type Address, shownAddress } from '../model/address.ts'
import { type Diagnostic, warning } from '../model/diagnostic.ts'
import { keptCode, waitingCode } from '../model/due.ts'
import type { Operation } from '../model/operation.ts'
import type { Selection } from '../model/plan.ts'
import type { State } from '../model/state.ts'
import type { PlanInput } from '../plan/diff.ts'
import { takesAway } from '../plan/order.ts'
import type { Chosen, PlanOptions } from '../plan/plan.ts'
import { protection } from '../plan/protected.ts'
import { step } from '../plan/step.ts'
import { tryPlan } from '../plan/trial.ts'
import { listed } from '../text/list.ts'
import { beforeAnyEnd, beforeAnyStart, doesNoMore, type Narrowing } from './timeless.ts'

/** Why an operation must not run in a state because it would lock people out; undefined where it may. */
export type LocksOut = (state: State, operation: Operation) => Diagnostic | undefined

/**
 * Of all changes those that the time alone asks for: they would not be there had no `from` come, no `until` passed and no revocation ended. What
 * the time asks for together with other changes is told and left alone, and so is what must not be done without others. Pure.
 */
export function dueOf(
  input: PlanInput,
  planning: Narrowing,
  selection: Selection,
  locksOut: LocksOut = () => undefined,
): NonNullable<PlanOptions['choose']> {
  return (all, meant) => {
    const begun = beforeAnyStart(input, planning, selection)
    const ended = beforeAnyEnd(input, planning, selection)
    const pairs = all.map((one) => ({ one, before: (one.verb === 'create' ? begun : ended).get(one.address) }))
    const alone = pairs.flatMap(({ one, before }) => (before ? [] : [one]))
    const mixed = pairs.flatMap(({ one, before }) => (before && !doesNoMore(one, before) ? [one] : []))
    const ready = independent(alone, all)
    // What is not meant stays as it is, so that it neither takes the place of anything nor makes it needless.
    const { operations, left } = harmless(meant(ready), input, locksOut)
    const blockers = blockersOf(ready, all)
    const blocked = alone.filter((one) => !ready.includes(one))
    return {
      operations,
      left: new Map([
        ...mixed.map((one) => waits(one, 'it differs in other ways too')),
        ...blocked.map((one) => waits(one, `${listed(blockers(one).map(shownAddress), 3)} has to be changed first`)),
        ...left,
      ]),
    }
  }
}

/** What may be done one after the other without taking what is protected or locking anybody out: that holds up nothing but itself. */
function harmless(due: readonly Operation[], input: PlanInput, locksOut: LocksOut): Chosen {
  const judge = protection(input)
  const against = (end: State) => judge({ live: input.live, end })
  const isSafe = against(tryPlan(input.live, due).end).length === 0
  const operations: Operation[] = []
  const left = new Map<Address, Diagnostic>()
  let state = input.live
  for (const one of due) {
    const after = step(state, one).state
    const [refusal = locksOut(state, one)] = isSafe ? [] : against(after)
    if (refusal) left.set(one.address, stays(one, refusal))
    else {
      operations.push(one)
      state = after
    }
  }
  return { operations, left }
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

function stays({ verb, address, at }: Operation, { message, hint }: Diagnostic): Diagnostic {
  const change = `${verb} ${shownAddress(address)}`
  return warning(keptCode, `${change} is due, but was left out: ${message.replace(change, 'it')}`, {
    ...(hint ? { hint } : {}),
    ...(at ? { at } : {}),
  })
}

function waits({ verb, address, at }: Operation, why: string): [Address, Diagnostic] {
  const told = warning(waitingCode, `${verb} ${shownAddress(address)} is due, but ${why}; it was left out`, {
    hint: 'run sso-reconcile plan to see all of it, and sso-reconcile apply to change all of it',
    ...(at ? { at } : {}),
  })
  return [address, told]
}
