import { present } from '../../model/json.ts'
import { answer, type PageRequest, page } from '../page.ts'
import { partitionOf } from '../partition.ts'
import { openInstance } from '../seed.ts'
import { conflict, denied, invalid, notFound } from '../service-error.ts'
import type { InstanceRow } from '../state/tables.ts'
import type { Context, Operation, OperationOutput } from './context.ts'
import { administers, instanceFor, instanceToChange, isServedHere, organizationOf } from './scope.ts'

interface ByInstance {
  readonly InstanceArn: string
}

interface Encryption {
  readonly KeyType: string
  readonly KmsKeyArn?: string
}

interface InstanceChange {
  readonly Name?: string
  readonly PermissionSetsEnabled?: boolean
  readonly EncryptionConfiguration?: Encryption
}

/** Regions are ADDING or REMOVING for a while on AWS; here the look after the next finds that it has ended. */
interface ByRegion extends ByInstance {
  readonly RegionName: string
}

/** sso-admin: the instance and its Regions. */
export const instanceOperations = {
  ListInstances: (context, input: PageRequest) => {
    const seen = [...context.state.rows('instances').values()].filter(
      (one) => isServedHere(context, one) && administers(context, one),
    )
    return answer(
      'Instances',
      page(seen, ({ arn }) => arn, input),
      (instance) => summary(context, instance),
    )
  },
  DescribeInstance: (context, input: ByInstance) => {
    const absent = (what: string) => invalid(`${what}: the resource does not exist in this Region.`)
    const instance = instanceFor(context, input.InstanceArn, absent)
    return {
      ...summary(context, instance),
      EncryptionConfigurationDetails: encryption(instance),
      PermissionSetsEnabled: instance.permissionSetsEnabled,
    }
  },
  UpdateInstance: (context, input: ByInstance & InstanceChange) => {
    const instance = instanceToChange(context, input.InstanceArn)
    if (input.PermissionSetsEnabled !== undefined) checkEnabling(instance, input)
    const { EncryptionConfiguration: wish } = input
    context.state.put('instances', instance.arn, {
      ...(wish ? withKey(instance, wish) : instance),
      ...(input.Name === undefined ? {} : { name: input.Name }),
      permissionSetsEnabled: input.PermissionSetsEnabled ?? instance.permissionSetsEnabled,
    })
    return {}
  },
  CreateInstance: (context, input: { Name?: string }) => {
    const { state, caller, now, random } = context
    const isManagement = organizationOf(context)?.managementAccount === caller.account
    if (isManagement) throw denied('The management account cannot create an account instance.')
    const own = [...state.rows('instances').values()].find(({ owner }) => owner === caller.account)
    if (own) throw conflict(`The account ${caller.account} already has an instance.`)
    const arn = openInstance(state, { kind: 'account', owner: caller.account, region: caller.region }, now, random)
    const made = state.rows('instances').get(arn)
    if (made && input.Name !== undefined) state.put('instances', arn, { ...made, name: input.Name })
    return { InstanceArn: arn }
  },
  DeleteInstance: (context, input: ByInstance) => {
    const instance = instanceFor(context, input.InstanceArn)
    if (instance.kind !== 'account') throw invalid('Only account instances can be deleted.')
    context.state.remove('instances', instance.arn)
    return {}
  },
  AddRegion: (context, input: ByRegion) => {
    const instance = instanceToChange(context, input.InstanceArn)
    if (instance.kind !== 'organization') throw invalid('Only organization instances can have further Regions.')
    if (regionsOf(instance).some(({ RegionName }) => RegionName === input.RegionName)) {
      throw conflict(`The Region ${input.RegionName} is already enabled.`)
    }
    if (context.choices.regionsAtOnce === 'one') requireIdle(instance)
    if (context.choices.regionPrerequisites === 'enforced') requireMultiRegionKey(instance)
    const added = { region: input.RegionName, added: context.now, status: 'ADDING' }
    context.state.put('instances', instance.arn, { ...instance, replicas: [...instance.replicas, added] })
    return { Status: 'ADDING' }
  },
  RemoveRegion: (context, input: ByRegion) => {
    const instance = instanceToChange(context, input.InstanceArn)
    if (input.RegionName === instance.region) throw invalid('The primary Region cannot be removed.')
    if (!regionsOf(instance).some(({ RegionName }) => RegionName === input.RegionName)) {
      throw notFound(`The Region ${input.RegionName}`)
    }
    requireIdle(instance)
    const replicas = instance.replicas.map((one) =>
      one.region === input.RegionName ? { ...one, status: 'REMOVING' } : one,
    )
    context.state.put('instances', instance.arn, { ...instance, replicas })
    return { Status: 'REMOVING' }
  },
  DescribeRegion: (context, input: ByRegion) => {
    const region = find(instanceFor(context, input.InstanceArn), input.RegionName)
    advance(context, input.InstanceArn)
    return region
  },
  ListRegions: (context, input: ByInstance & PageRequest) => {
    const regions = regionsOf(instanceFor(context, input.InstanceArn))
    advance(context, input.InstanceArn)
    return answer(
      'Regions',
      page(regions, ({ RegionName }) => RegionName, input),
      (one) => one,
    )
  },
} satisfies Record<string, Operation>

function summary({ state }: Context, instance: InstanceRow): OperationOutput {
  return present({
    InstanceArn: instance.arn,
    IdentityStoreId: instance.identityStoreId,
    IdentityStoreArn: `arn:${partitionOf(state)}:identitystore::${instance.owner}:identitystore/${instance.identityStoreId}`,
    OwnerAccountId: instance.owner,
    Name: instance.name,
    CreatedDate: instance.created,
    Status: 'ACTIVE',
    PrimaryRegion: instance.region,
    Regions: regionsOf(instance),
  })
}

function encryption({ kmsKey }: InstanceRow): OperationOutput {
  const KeyType = kmsKey === undefined ? 'AWS_OWNED_KMS_KEY' : 'CUSTOMER_MANAGED_KEY'
  return present({ KeyType, KmsKeyArn: kmsKey, EncryptionStatus: 'ENABLED' })
}

function withKey({ kmsKey: _old, ...instance }: InstanceRow, wish: Encryption): InstanceRow {
  const { KeyType: type, KmsKeyArn: kmsKey } = wish
  if ((type === 'CUSTOMER_MANAGED_KEY') !== (kmsKey !== undefined)) {
    throw invalid('KmsKeyArn belongs to the key type CUSTOMER_MANAGED_KEY, and to no other.')
  }
  return kmsKey === undefined ? instance : { ...instance, kmsKey }
}

type RegionMetadata = { RegionName: string; Status: string; AddedDate: number; IsPrimaryRegion: boolean }

function regionsOf(instance: InstanceRow): RegionMetadata[] {
  const primary = {
    RegionName: instance.region,
    Status: 'ACTIVE',
    AddedDate: instance.created,
    IsPrimaryRegion: true,
  }
  const further = instance.replicas.map(({ region, added, status }) => ({
    RegionName: region,
    Status: status,
    AddedDate: added,
    IsPrimaryRegion: false,
  }))
  return [primary, ...further]
}

function find(instance: InstanceRow, name: string): RegionMetadata {
  const found = regionsOf(instance).find(({ RegionName }) => RegionName === name)
  if (!found) throw invalid(`The Region ${name} is not enabled.`)
  return found
}

/** What was shown as under way has ended by the next look. */
function advance({ state }: Context, arn: string): void {
  const instance = state.rows('instances').get(arn)
  if (!instance || instance.replicas.every(({ status }) => status === 'ACTIVE')) return
  const replicas = instance.replicas
    .filter(({ status }) => status !== 'REMOVING')
    .map((one) => ({ ...one, status: 'ACTIVE' }))
  state.put('instances', arn, { ...instance, replicas })
}

function requireIdle({ replicas }: InstanceRow): void {
  const other = replicas.find(({ status }) => status !== 'ACTIVE')
  if (other) throw conflict(`The Region ${other.region} is ${other.status}; one Region changes at a time.`)
}

function requireMultiRegionKey({ kmsKey = '' }: InstanceRow): void {
  if (kmsKey.includes(':key/mrk-')) return
  throw invalid('The instance has to be encrypted with a multi-Region customer managed KMS key.')
}

function checkEnabling(instance: InstanceRow, input: InstanceChange): void {
  if (input.PermissionSetsEnabled !== true) throw invalid('Permission sets cannot be disabled once enabled.')
  if (input.EncryptionConfiguration)
    throw invalid('PermissionSetsEnabled and EncryptionConfiguration exclude each other.')
  if (instance.kind === 'account') throw invalid('Account instances do not support permission sets.')
}
