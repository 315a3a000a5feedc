import { address } from '../../model/address.ts'
import type { OperationOf } from '../../model/operation.ts'
import { noPolicies, type PolicyUse } from '../../model/policy-use.ts'
import type { Change } from '../contexts.ts'
import { activePlaces } from '../permission-set/places.ts'
import { customerIn } from '../permission-set/policy-use.ts'

/**
 * What the account needs where a set comes to it: its customer-managed policies and boundary. Nothing is told of a set that was not read
 * in full, as of one that the manifest does not name. Pure.
 */
export function policyUse(
  { verb, after }: OperationOf<'assignment'>,
  { manifest, live, end, facts }: Change<'assignment'>,
): PolicyUse | undefined {
  if (verb !== 'create' || !after) return undefined
  const { permission_set: set, account } = after
  const entry = end['permission-set'].get(address('permission-set', set))
  if (!entry || entry.partial || activePlaces(set, live, facts).includes(account)) return undefined
  const row = manifest.manifest.permission_sets?.[set] ?? {}
  return { ...noPolicies, customer: customerIn(set, entry.spec, row).map((one) => ({ ...one, accounts: [account] })) }
}
