import { formatDuration, parseDuration } from '../../manifest/duration.ts'
import type { PermissionSet } from '../../manifest/types.ts'
import { filled, type Json } from '../../model/json.ts'
import type { PermissionSetSpec } from '../../model/specs.ts'
import { customerPolicy, policyName } from '../../policies/names.ts'

/** What a manifest asks of a permission set, normalised. */
export function specOf(row: Omit<PermissionSet, 'external' | 'keep' | 'was'>): PermissionSetSpec {
  const { description, relay_state, inline_policy, permissions_boundary, tags } = row
  const boundary = permissions_boundary?.customer_managed_policy
    ? { customer_managed_policy: customerPolicy(permissions_boundary.customer_managed_policy) }
    : permissions_boundary?.managed_policy && { managed_policy: policyName(permissions_boundary.managed_policy) }
  return filledSpec({
    // Nothing but white space is what a cleared description leaves behind.
    description: description?.trim() ? description : undefined,
    session_duration: formatDuration(parseDuration(row.session_duration ?? '1h') ?? 3600),
    relay_state,
    managed_policies: distinct(row.managed_policies?.map(policyName)),
    customer_managed_policies: distinct(row.customer_managed_policies?.map(customerPolicy)),
    inline_policy,
    permissions_boundary: boundary,
    tags,
  })
}

// The same policy can be written in two ways.
function distinct(names: readonly string[] | undefined): readonly string[] | undefined {
  return names && [...new Set(names)].sort()
}

/** A spec without what is empty: an absent value is an absent key, and AWS's empty answers mean absent. */
export function filledSpec(spec: { readonly [key: string]: Json | undefined }): PermissionSetSpec {
  return filled(spec) as PermissionSetSpec
}
