import { canonical, type JsonObject } from '../model/json.ts'
import type { PermissionSetSpec } from '../model/specs.ts'
import { asList, samePolicy, statements } from './policy.ts'

/**
 * True for an update that may take rights away: a policy is removed, a boundary is put or changed, or the inline policy loses an
 * Allow or gains a Deny. A shorter session takes no right away. When in doubt the answer is yes, which only makes it run later.
 */
export function restrictsSet(before: PermissionSetSpec, after: PermissionSetSpec): boolean {
  return (
    loses(before.managed_policies, after.managed_policies) ||
    loses(before.customer_managed_policies, after.customer_managed_policies) ||
    changesBoundary(before, after) ||
    loses(after.managed_policies?.filter(denies), before.managed_policies) ||
    weakensInline(before.inline_policy, after.inline_policy)
  )
}

/** True for a set that lets its holder do everything: see design 4, "Lock-out". */
export function isAdministrative(set: PermissionSetSpec): boolean {
  const all = statements(set.inline_policy ?? {})
  const everything = set.managed_policies?.includes('AdministratorAccess') || all.some(allowsEverything)
  const denied = all.some((one) => one.Effect === 'Deny') || set.managed_policies?.some(denies)
  return Boolean(everything) && !set.permissions_boundary && !denied
}

// Policies of AWS that take away whatever the others give.
function denies(policy: string): boolean {
  return /^AWSDenyAll$|^AWSCompromisedKeyQuarantine/.test(policy)
}

function allowsEverything(statement: JsonObject): boolean {
  const star = (key: string) => asList(statement[key] ?? []).includes('*')
  return statement.Effect === 'Allow' && star('Action') && star('Resource') && !statement.Condition
}

function loses(before: readonly string[] = [], after: readonly string[] = []): boolean {
  return before.some((name) => !after.includes(name))
}

function changesBoundary(
  { permissions_boundary: before }: PermissionSetSpec,
  { permissions_boundary: after }: PermissionSetSpec,
): boolean {
  return after !== undefined && (before === undefined || canonical(before) !== canonical(after))
}

function weakensInline(before: JsonObject | undefined, after: JsonObject | undefined): boolean {
  if (!before) return statements(after ?? {}).some((one) => one.Effect === 'Deny')
  if (after && samePolicy(before, after)) return false
  const kept = new Set(statements(after ?? {}).map(canonical))
  const added = statements(after ?? {}).filter(
    (one) => !statements(before).some((old) => canonical(old) === canonical(one)),
  )
  return (
    statements(before).some((one) => one.Effect === 'Allow' && !kept.has(canonical(one))) ||
    added.some((one) => one.Effect === 'Deny')
  )
}
