import { canonical, type JsonObject } from '../model/json.ts'
import type { Boundary, PermissionSetSpec } from '../model/specs.ts'
import { asList, samePolicy, statements } from './document.ts'

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

/** How far a permission set goes, as far as it can be told from the set itself. */
export interface Reach {
  /** It holds AdministratorAccess, or allows every action on every resource, perhaps under a condition. */
  readonly everything: boolean
  /** A permissions boundary decides what of it counts. */
  readonly bounded: boolean
  /** A condition, a Deny or a policy that denies takes something away. */
  readonly limited: boolean
}

/** How far a permission set goes. The denial of a revoked user is no part of its policy here. */
export function reachOf(
  set: Pick<PermissionSetSpec, 'managed_policies' | 'inline_policy' | 'permissions_boundary'>,
): Reach {
  const all = statements(set.inline_policy ?? {})
  const whole =
    set.managed_policies?.includes('AdministratorAccess') || all.some((one) => allowsEverything(one) && !one.Condition)
  const denied = all.some((one) => one.Effect === 'Deny') || set.managed_policies?.some(denies)
  return {
    everything: whole || all.some(allowsEverything),
    bounded: set.permissions_boundary !== undefined && !boundsNothing(set.permissions_boundary),
    limited: !whole || Boolean(denied),
  }
}

function boundsNothing(boundary: Boundary): boolean {
  return 'managed_policy' in boundary && boundary.managed_policy === 'AdministratorAccess'
}

// Policies of AWS that take away whatever the others give.
function denies(policy: string): boolean {
  return /^AWSDenyAll$|^AWSCompromisedKeyQuarantine/.test(policy)
}

function allowsEverything(statement: JsonObject): boolean {
  const holds = (key: string, everything: RegExp) =>
    asList(statement[key] ?? []).some((one) => everything.test(String(one)))
  return statement.Effect === 'Allow' && holds('Action', /^\*+(:\*+)?$/) && holds('Resource', /^\*+$/)
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
