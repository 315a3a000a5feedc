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
  const bound = boundary && 'customer_managed_policy' in boundary ? boundary.customer_managed_policy : undefined
  return [
    ...inList(set, 'customer_managed_policies', names, row.customer_managed_policies?.map(customerPolicy)),
    ...asBoundary(set, 'customer_managed_policy', bound),
  ]
}

function managedIn(set: string, spec: PermissionSetSpec | undefined, row: PermissionSet): readonly NamedPolicy[] {
  const { managed_policies: names = [], permissions_boundary: boundary } = spec ?? {}
  const bound = boundary && 'managed_policy' in boundary ? boundary.managed_policy : undefined
  return [
    ...inList(set, 'managed_policies', names, row.managed_policies?.map(policyName)),
    ...asBoundary(set, 'managed_policy', bound),
  ]
}

/** Policies of a list of a set, each where the manifest writes it. */
function inList(
  permissionSet: string,
  key: string,
  names: readonly string[],
  written: readonly string[] = [],
): readonly NamedPolicy[] {
  const place = (name: string) => (written.includes(name) ? [written.indexOf(name)] : [])
  return names.map((name) => ({ name, permissionSet, path: ['permission_sets', permissionSet, key, ...place(name)] }))
}

function asBoundary(permissionSet: string, key: string, name: string | undefined): readonly NamedPolicy[] {
  const path = ['permission_sets', permissionSet, 'permissions_boundary', key]
  return name === undefined ? [] : [{ name, permissionSet, path }]
}

function added<T extends NamedPolicy>(after: readonly T[], before: readonly T[]): readonly T[] {
  const had = new Set(before.map(({ name }) => name))
  return after.filter(({ name }) => !had.has(name))
}

function inlineIn(permissionSet: string, { inline_policy: document }: PermissionSetSpec): PolicyUse['inline'] {
  return document ? [{ permissionSet, document, path: ['permission_sets', permissionSet, 'inline_policy'] }] : []
}
