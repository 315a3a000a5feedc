import type { Transport } from './connect.ts'
import { isOwnedBy } from './instance.ts'

/** Puts the organization in place, with all features, around the account that asks. */
export async function createOrganization(transport: Transport): Promise<void> {
  await transport('CreateOrganization', { FeatureSet: 'ALL' })
}

/** Turns permission sets on for the organization instance. */
export async function enablePermissionSets(transport: Transport): Promise<void> {
  const { Instances = [] } = await transport('ListInstances', {})
  const { Account } = await transport('GetCallerIdentity', {})
  const own = Instances.find(({ OwnerAccountId }) => isOwnedBy(Account, OwnerAccountId))
  await transport('UpdateInstance', { InstanceArn: own?.InstanceArn ?? '', PermissionSetsEnabled: true })
}
