import { nameOf } from '../model/address.ts'
import type { JsonObject } from '../model/json.ts'
import type { PermissionSetSpec } from '../model/specs.ts'
import { customerReference } from '../policies/names.ts'
import type { Foreign } from './foreign.ts'
import type { Found, Note, Part, Verdicts } from './found.ts'
import { sorted } from './identities.ts'

/** Permission sets of a draft: what is declared, and the names that are only to be ignored. */
export interface Sets extends Part<JsonObject> {
  readonly ignored: readonly string[]
}

/**
 * Every permission set: in full, as `{ external: true }` where the file cannot say it or a profile needs one of somebody
 * else's, or not at all.
 */
export function permissionSets(
  { live }: Found,
  { sets: taken }: Foreign,
  needed: ReadonlySet<string>,
  verdicts: Verdicts,
): Sets {
  const rows = sorted(live['permission-set']).map(([at, { spec }]) => {
    const name = nameOf(at)
    const verdict = verdicts.get(at)
    const why = verdict?.why ?? taken.get(name)
    if (verdict?.treatment === 'out' || (taken.has(name) && !needed.has(name))) return { name, why }
    return { name, value: why ? { external: true } : written(spec), why }
  })
  const kept = rows.flatMap(({ name, value, why }) => (value ? [{ name, value, why }] : []))
  const ignored = rows.filter(({ value }) => !value)
  return {
    value: Object.fromEntries(kept.map(({ name, value }) => [name, value])),
    notes: kept.flatMap(({ name, why }): Note[] =>
      why ? [{ path: ['permission_sets', name], text: `${name}: ${why}; assigned here, never changed` }] : [],
    ),
    left: ignored.map(({ name, why }) => `permission set ${name}: ${why}`),
    ignored: ignored.map(({ name }) => name),
  }
}

/** A spec in the manifest's words, without what is AWS's default. */
function written(spec: PermissionSetSpec): JsonObject {
  const { description, session_duration, relay_state, managed_policies, customer_managed_policies } = spec
  const { inline_policy, permissions_boundary: boundary, tags } = spec
  return {
    ...(description === undefined ? {} : { description }),
    ...(session_duration === '1h' ? {} : { session_duration }),
    ...(relay_state === undefined ? {} : { relay_state }),
    ...(managed_policies?.length ? { managed_policies } : {}),
    ...(customer_managed_policies?.length
      ? { customer_managed_policies: customer_managed_policies.map(customerPolicy) }
      : {}),
    ...(boundary ? { permissions_boundary: writtenBoundary(boundary) } : {}),
    ...(tags ? { tags } : {}),
    ...(inline_policy ? { inline_policy } : {}),
  }
}

function writtenBoundary(boundary: NonNullable<PermissionSetSpec['permissions_boundary']>): JsonObject {
  if ('managed_policy' in boundary) return { ...boundary }
  return { customer_managed_policy: customerPolicy(boundary.customer_managed_policy) }
}

function customerPolicy(policy: string): JsonObject {
  const { Name: name, Path: path } = customerReference(policy)
  return { name, ...(path === '/' ? {} : { path }) }
}
