import { address } from '../model/address.ts'
import type { Facts } from '../model/facts.ts'
import type { AccessChange } from '../model/plan.ts'
import type { AssignmentSpec } from '../model/specs.ts'
import type { Entry, State } from '../model/state.ts'

/** Who gains and who loses what between two states: assignments, and groups that people join or leave. Pure. */
export function accessChange(before: State, after: State, facts: Facts): AccessChange {
  return { gained: gains(before, after, facts, ['gets', 'get']), lost: gains(after, before, facts, ['loses', 'lose']) }
}

function gains(before: State, after: State, facts: Facts, [one, many]: readonly [string, string]): string[] {
  const direct = [...after.assignment]
    .filter(([at]) => !before.assignment.has(at))
    .map(([, { spec }]) => {
      const who =
        spec.principal_type === 'user'
          ? `${spec.principal} ${one}`
          : `members of ${spec.principal} (${members(after, spec.principal)}) ${many}`
      return `${who} ${what(after, spec, facts)}`
    })
  const joined = [...after.membership]
    .filter(([at]) => !before.membership.has(at))
    .flatMap(([, { spec }]) =>
      standing(before, after, spec.group).map(
        (grant) => `${spec.user} ${one} ${what(after, grant.spec, facts)} through ${spec.group}`,
      ),
    )
  return [...direct, ...joined].sort()
}

// What the group holds on both sides; what is new for the whole group is told as such.
function standing(before: State, after: State, group: string): Entry<'assignment'>[] {
  return [...after.assignment]
    .filter(
      ([at, { spec }]) => before.assignment.has(at) && spec.principal_type === 'group' && spec.principal === group,
    )
    .map(([, entry]) => entry)
}

function members(state: State, group: string): number {
  return [...state.membership.values()].filter(({ spec }) => spec.group === group).length
}

function what(state: State, { permission_set, account }: AssignmentSpec, { accounts }: Facts): string {
  const duration = state['permission-set'].get(address('permission-set', permission_set))?.spec.session_duration
  const label = accounts.find(({ id }) => id === account)?.label ?? account
  return `${permission_set}${duration ? ` (${duration})` : ''} on ${label}`
}
