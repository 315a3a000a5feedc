import type { Manifest, PermissionSet } from '../../manifest/types.ts'
import { nameOf } from '../../model/address.ts'
import type { OperationOf } from '../../model/operation.ts'
import type { CustomerPolicy, NamedPolicy, PolicyUse } from '../../model/policy-use.ts'
import type { PermissionSetSpec } from '../../model/specs.ts'
import { customerPolicy, policyName } from '../../policies/names.ts'
import type { Change } from '../contexts.ts'
import { activePlaces } from './places.ts'
import { specOf } from './spec.ts'

/** What a change of a set adds that IAM has to know: what the set had before has been there. Pure. */
export function policyUse(
  { verb, address: at, fields, before, after }: OperationOf<'permission-set'>,
  { manifest, end, facts }: Change<'permission-set'>,
): PolicyUse | undefined {
  if (verb === 'delete' || !after) return undefined
  const [name, row] = [nameOf(at), manifest.manifest.permission_sets?.[nameOf(at)] ?? {}]
  const accounts = activePlaces(name, end, facts)
  return {
    managed: added(managedIn(name, after, row), managedIn(name, before, row)),
    customer: added(customerIn(name, after, row), customerIn(name, before, row)).map((one) => ({ ...one, accounts })),
    inline: fields.some(({ path }) => path === 'inline_policy') ? inlineIn(name, after) : [],
  }
}

/** The policies of AWS and the inline policies of all sets that a manifest declares, whatever is live. Pure. */
export function declaredPolicies({ permission_sets: sets = {} }: Manifest): Pick<PolicyUse, 'managed' | 'inline'> {
  const declared = Object.entries(sets).filter(([, { external }]) => !external)
  const specs = declared.map(([name, row]) => [name, specOf(row), row] as const)
  return {
    managed: specs.flatMap(([name, spec, row]) => managedIn(name, spec, row)),
    inline: specs.flatMap(([name, spec]) => inlineIn(name, spec)),
  }
}

/** Customer-managed policies and the boundary of a set, which every account needs that the set is in. Pure. */
export function customerIn(
  set: string,
  spec: PermissionSetSpec | undefined,
  row: PermissionSet,
): readonly Omit<CustomerPolicy, 'accounts'>[] {
  const { customer_managed_policies: names = [], permissions_boundary: boundary } = spec ?? {}
  const written = row.customer_managed_policies?.map(customerPolicy) ?? []
  const listed = names.map((name) => named(set, name, 'customer_managed_policies', written.indexOf(name)))
  if (!boundary || !('customer_managed_policy' in boundary)) return listed
  const path = ['permission_sets', set, 'permissions_boundary', 'customer_managed_policy']
  return [...listed, { name: boundary.customer_managed_policy, permissionSet: set, path }]
}

function managedIn(set: string, spec: PermissionSetSpec | undefined, row: PermissionSet): readonly NamedPolicy[] {
  const { managed_policies: names = [], permissions_boundary: boundary } = spec ?? {}
  const written = row.managed_policies?.map(policyName) ?? []
  const listed = names.map((name) => named(set, name, 'managed_policies', written.indexOf(name)))
  if (!boundary || !('managed_policy' in boundary)) return listed
  const path = ['permission_sets', set, 'permissions_boundary', 'managed_policy']
  return [...listed, { name: boundary.managed_policy, permissionSet: set, path }]
}

function named(permissionSet: string, name: string, key: string, index: number): NamedPolicy {
  return { name, permissionSet, path: ['permission_sets', permissionSet, key, ...(index < 0 ? [] : [index])] }
}

function added<T extends NamedPolicy>(after: readonly T[], before: readonly T[]): readonly T[] {
  const had = new Set(before.map(({ name }) => name))
  return after.filter(({ name }) => !had.has(name))
}

function inlineIn(permissionSet: string, { inline_policy: document }: PermissionSetSpec): PolicyUse['inline'] {
  return document ? [{ permissionSet, document, path: ['permission_sets', permissionSet, 'inline_policy'] }] : []
}
