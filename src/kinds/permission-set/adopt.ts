import { nameOf } from '../../model/address.ts'
import type { JsonObject } from '../../model/json.ts'
import type { OperationOf } from '../../model/operation.ts'
import type { PermissionSetSpec } from '../../model/specs.ts'
import { sortedEntries } from '../../model/state.ts'
import { customerReference } from '../../policies/names.ts'
import type { Adoption, Drafting, Excluded, Note } from '../adoption.ts'
import { neededSets } from '../profile/adopt.ts'
import { refusedRow, sectionSize, whatIsPlanned } from '../shared/adopt-rows.ts'
import { foreign, patterns } from '../shared/foreign.ts'

/**
 * Every permission set: in full, as `{ external: true }` where the file cannot say it or a profile needs one of somebody
 * else's, or not at all.
 */
export const adoptSets: Adoption = {
  section: 'permission_sets',
  count: (manifest) => [sectionSize(manifest.permission_sets), 'permission set', 'permission sets'],
  comment: () => ['Anything you leave out gets the AWS default: 1-hour sessions, no policies.'],
  // Whatever a permission set leaves out is cleared.
  refused: (refused) => refusedRow('permission-set', refused, () => false),

  draft(drafting: Drafting) {
    const rows = rowsOf(drafting)
    const kept = rows.flatMap(({ name, value, why }) => (value ? [{ name, value, why }] : []))
    const left = rows.filter(({ value }) => !value)
    const value = Object.fromEntries(kept.map(({ name, value }) => [name, value]))
    return {
      value,
      notes: kept.flatMap(({ name, why }): Note[] =>
        why ? [{ path: ['permission_sets', name], text: `${name}: ${why}; assigned here, never changed` }] : [],
      ),
      left: left.map(({ name, why }) => `permission set ${name}: ${why}`),
      ignore: patterns(
        left.map(({ name }) => name),
        Object.keys(value),
      ),
    }
  },
}

function rowsOf({ found, verdicts }: Drafting) {
  const { sets: taken } = foreign(found)
  const needed = neededSets(found, verdicts)
  return sortedEntries(found.live['permission-set']).map(([at, { spec }]) => {
    const name = nameOf(at)
    const verdict = verdicts.get(at)
    const why = verdict?.why ?? taken.get(name)
    const isNamed = needed.has(name) || found.handover?.taken.has(at)
    if (verdict?.treatment === 'out' || (taken.has(name) && !isNamed)) return { name, why }
    return { name, value: why ? { external: true } : writtenSet(spec), why }
  })
}

/** A spec in the manifest's words, without what is AWS's default. Pure. */
export function writtenSet(spec: PermissionSetSpec): JsonObject {
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

/** A set that a plan would change for another reason than the manifest's words is somebody else's for now. */
export function excludedSet(operation: OperationOf<'permission-set'>): Excluded {
  const { address: about, fields } = operation
  if (fields.some(({ path }) => path === 'outdated_in'))
    return { about, treatment: 'external', why: 'some accounts still have an older version of it' }
  if (fields.some(({ path }) => path.startsWith('revoked')))
    return { about, treatment: 'external', why: 'it contains the Deny statement of a revocation' }
  return whatIsPlanned(operation)
}
