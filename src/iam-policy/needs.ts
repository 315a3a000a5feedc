import { type OperationName, operations } from '../aws/operations.ts'
import { cloudKinds } from '../kinds/index.ts'
import type { Manifest } from '../manifest/types.ts'
import { partitionOf } from '../model/partition.ts'

/** Reads of a report about access, and of a revocation, whatever the manifest says. */
const reporting: readonly OperationName[] = [
  'ListApplications',
  'ListApplicationAssignments',
  'ListApplicationAssignmentsForPrincipal',
  'GetApplicationAssignmentConfiguration',
]

/** Operations that facts need only where accounts are selected by unit or by tag. */
const selecting: ReadonlyMap<OperationName, 'ou' | 'tag'> = new Map([
  ['ListRoots', 'ou'],
  ['ListOrganizationalUnitsForParent', 'ou'],
  ['ListAccountsForParent', 'ou'],
  ['ListAccountTags', 'tag'],
] as const)

/**
 * True when a manifest can lead to an operation: when a kind says so, or none speaks of it. Whatever nobody declares belongs to every
 * policy: it is granted too often until somebody says when it is needed, and never missing. Pure.
 */
export function canNeed(operation: OperationName, manifest: Manifest): boolean {
  if (reporting.includes(operation)) return true
  // Reports about access ask it, where there is any: other partitions have none.
  if (operations[operation].service === 'account-access') return partitionOf(manifest.identity_center.region) === 'aws'
  const key = selecting.get(operation)
  if (key) return selectsBy(key, manifest)
  if (operation === 'ValidatePolicy' || operation.startsWith('GetPolicy')) return declaresSets(manifest)
  const uses = cloudKinds.flatMap(({ operations }) => operations[operation] ?? [])
  return uses.length === 0 || uses.some((use) => use === 'always' || use(manifest))
}

function selectsBy(key: 'ou' | 'tag', { assignments = [], include = [] }: Manifest): boolean {
  const limits = include.flatMap((one) => (typeof one === 'string' ? [] : (one.only?.accounts ?? [])))
  const selectors = [...assignments.flatMap((rule) => [...rule.accounts, ...(rule.except ?? [])]), ...limits]
  return selectors.some((one) => typeof one !== 'string' && one[key] !== undefined)
}

function declaresSets({ permission_sets: sets = {} }: Manifest): boolean {
  return Object.values(sets).some(({ external }) => !external)
}
