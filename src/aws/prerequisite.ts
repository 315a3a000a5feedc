import type { Transport } from './connect.ts'
import { isOwnedBy } from './instance.ts'

/** Puts the organization in place, with all features, around the account that asks. */
export async function createOrganization(transport: Transport): Promise<void> {
  await unlessDone(
    () => transport('CreateOrganization', { FeatureSet: 'ALL' }),
    async () => {
      const [{ Organization }, { Account }] = await Promise.all([
        transport('DescribeOrganization', {}),
        transport('GetCallerIdentity', {}),
      ])
      return Organization?.FeatureSet === 'ALL' && Organization.MasterAccountId === Account
    },
  )
}

/** Turns permission sets on for the organization instance. */
export async function enablePermissionSets(transport: Transport): Promise<void> {
  const { Instances = [] } = await transport('ListInstances', {})
  const { Account } = await transport('GetCallerIdentity', {})
  const own = Instances.find(({ OwnerAccountId }) => isOwnedBy(Account, OwnerAccountId))
  const InstanceArn = own?.InstanceArn ?? ''
  await unlessDone(
    () => transport('UpdateInstance', { InstanceArn, PermissionSetsEnabled: true }),
    async () => (await transport('DescribeInstance', { InstanceArn })).PermissionSetsEnabled === true,
  )
}

// An answer may get lost, and what is asked for again is refused because it has been done.
async function unlessDone(change: () => Promise<unknown>, isDone: () => Promise<boolean>): Promise<void> {
  try {
    await change()
  } catch (thrown) {
    if (!(await isDone().catch(() => false))) throw thrown
  }
}
