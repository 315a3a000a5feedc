import { kindNamed } from '../kinds/index.ts'
import { accountLabel, type Facts } from '../model/facts.ts'
import { grouped } from '../model/grouped.ts'
import type { Operation } from '../model/operation.ts'
import type { CustomerPolicy, NamedPolicy, PolicyUse, RequiredPolicy } from '../model/policy-use.ts'
import type { State } from '../model/state.ts'
import { changeOf } from './change.ts'
import type { PlanInput } from './diff.ts'

/** What the changes of a plan need of IAM, each policy of a set once. Pure. */
export function policyUseOf(operations: readonly Operation[], input: PlanInput, end: State): PolicyUse {
  const uses = operations.flatMap((one) => kindNamed(one.kind).policyUse?.(one, changeOf(one, input, end)) ?? [])
  return {
    managed: uses.flatMap(({ managed }) => managed),
    customer: merged(uses.flatMap(({ customer }) => customer)),
    inline: uses.flatMap(({ inline }) => inline),
  }
}

// A set that changes and comes to new accounts at the same time is told of by both changes.
function merged(all: readonly CustomerPolicy[]): readonly CustomerPolicy[] {
  const known = new Map<string, { readonly one: NamedPolicy; readonly accounts: Set<string> }>()
  for (const { accounts, ...one } of all) {
    const key = JSON.stringify(one.path)
    const found = known.get(key) ?? { one, accounts: new Set() }
    known.set(key, found)
    for (const id of accounts) found.accounts.add(id)
  }
  return [...known.values()].map(({ one, accounts }) => ({ ...one, accounts: [...accounts].sort() }))
}

/** Customer-managed policies with the accounts that have to have them, without the accounts where that is known. Pure. */
export function requiredPolicies(
  customer: readonly CustomerPolicy[],
  facts: Facts,
  isKnown: (one: CustomerPolicy, account: string) => boolean,
): readonly RequiredPolicy[] {
  const names = [...new Set(customer.map(({ name }) => name))].sort()
  const byName = grouped(customer.map((one) => [one.name, one] as const))
  return names.flatMap((name) => {
    const mine = byName.get(name) ?? []
    const open = mine.map((one) => [one, one.accounts.filter((id) => !isKnown(one, id))] as const)
    const ids = [...new Set(open.flatMap(([, left]) => left))].sort()
    const sets = open.filter(([, left]) => left.length > 0).map(([{ permissionSet }]) => permissionSet)
    const accounts = ids.map((id) => ({ id, label: accountLabel(id, facts) }))
    return ids.length === 0 ? [] : [{ name, permissionSets: [...new Set(sets)].sort(), accounts }]
  })
}
