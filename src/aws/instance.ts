import type { LoadedManifest } from '../manifest/load.ts'
import { consolePage, enabling } from '../model/console.ts'
import { type Diagnostic, error, Refusal } from '../model/diagnostic.ts'
import { accountInstance } from './account-instance.ts'
import { statusTrouble } from './instance-status.ts'
import type { Item, Output } from './operations.ts'
import type { Reader } from './port.ts'
import { replicaRegion } from './replica.ts'

/** An instance as a list shows it. */
export type LiveInstance = Item<'ListInstances'>

/** The instance to work with, seen from its home Region. */
export interface HomeInstance {
  readonly arn: string
  readonly store: string
  readonly owner?: string
  /** Every Region it is enabled in; absent where the server does not tell. */
  readonly regions?: readonly string[]
  /** Set where a key that belongs to AWS encrypts it. */
  readonly keyOfAws?: true
}

type WithRegions = Pick<LiveInstance, 'PrimaryRegion' | 'Regions'>

/** Home Region of an instance, as each of its Regions tells; undefined where the server leaves it out, as older ones do. */
export function homeRegionOf({ PrimaryRegion, Regions = [] }: WithRegions): string | undefined {
  return PrimaryRegion ?? Regions.find(({ IsPrimaryRegion }) => IsPrimaryRegion)?.RegionName
}

/** True unless it is known that an instance belongs to another account: not every server tells whose it is. */
export function isOwnedBy(account: string | undefined, owner: string | undefined): boolean {
  return !account || !owner || owner === account
}

/** The instance that a manifest means, of those a Region shows. Throws a Refusal when there is none, or more than one. */
export function chooseInstance(
  instances: readonly LiveInstance[],
  loaded: LoadedManifest,
  management: string | undefined,
): LiveInstance {
  const { region, instance: id } = loaded.manifest.identity_center
  const mine = instances.filter(({ OwnerAccountId }) => isOwnedBy(management, OwnerAccountId))
  const [first, second] = id ? mine.filter((one) => one.InstanceArn?.endsWith(`/${id}`)) : mine
  if (first && !second) return first
  const trouble = first ? severalInstances(mine, region) : noInstance(instances, region, id)
  throw new Refusal(placedAt(trouble, loaded.position(['identity_center', id ? 'instance' : 'region'])))
}

function placedAt(one: Diagnostic, at: Diagnostic['at']): Diagnostic {
  return at ? { ...one, at } : one
}

function severalInstances(found: readonly LiveInstance[], region: string): Diagnostic {
  return error('instance-ambiguous', `several Identity Center instances are visible in ${region}`, {
    hint: `write identity_center.instance: ${idsOf(found).join(' or ')}`,
  })
}

function idsOf(instances: readonly LiveInstance[]): readonly string[] {
  return instances.flatMap(({ InstanceArn }) => InstanceArn?.split('/')[1] ?? [])
}

function noInstance(instances: readonly LiveInstance[], region: string, id: string | undefined): Diagnostic {
  if (id && instances.length > 0)
    return error('instance-missing', `instance ${id} is not visible in ${region}`, {
      hint: `visible: ${idsOf(instances).join(', ')}`,
    })
  if (instances.length > 0) return accountInstance(region)
  return error('instance-none', `IAM Identity Center is not enabled in ${region}`, {
    hint: `enable it at ${consolePage(region)} (${enabling}), or correct identity_center.region: an instance is only visible in its home region; sso-reconcile doctor --scan checks all regions`,
  })
}

/**
 * The instance, once it is known that everything can be read where the manifest looks. Throws a Refusal in an additional Region, which
 * holds no permission sets, and where the instance is not ready.
 */
export async function homeInstance(
  reader: Reader,
  listed: LiveInstance,
  loaded: LoadedManifest,
): Promise<HomeInstance> {
  const arn = listed.InstanceArn ?? ''
  const described: Output<'DescribeInstance'> = await reader.get('DescribeInstance', { InstanceArn: arn })
  const { region } = loaded.manifest.identity_center
  const home = homeRegionOf(described) ?? homeRegionOf(listed)
  const isReplica = home !== undefined && home !== region
  const trouble = isReplica ? replicaRegion(region, home) : unready(described, listed, region)
  if (trouble) throw new Refusal(placedAt(trouble, loaded.position(['identity_center', 'region'])))
  const regions = (described.Regions ?? listed.Regions ?? []).flatMap(({ RegionName }) => RegionName ?? [])
  return {
    arn,
    store: listed.IdentityStoreId ?? '',
    ...(listed.OwnerAccountId ? { owner: listed.OwnerAccountId } : {}),
    ...(regions.length > 0 ? { regions } : {}),
    ...(described.EncryptionConfigurationDetails?.KeyType === 'AWS_OWNED_KMS_KEY' ? { keyOfAws: true } : {}),
  }
}

function unready(
  described: Output<'DescribeInstance'>,
  { Status }: LiveInstance,
  region: string,
): Diagnostic | undefined {
  const trouble = statusTrouble(described.Status ?? Status, described.StatusReason, region)
  if (trouble) return error(trouble.code, trouble.message, { hint: trouble.hint })
  // Absent means unknown: the member is younger than many servers.
  if (described.PermissionSetsEnabled === false)
    return error('permission-sets-disabled', 'permission sets are turned off for this instance of Identity Center', {
      hint: 'run sso-reconcile apply, which offers to turn them on (this cannot be undone)',
    })
  return undefined
}
