import { type Diagnostic, error, Refusal, sentence } from '../model/diagnostic.ts'
import { homeRegionOf, isOwnedBy } from './instance.ts'
import type { Item, Output } from './operations.ts'
import { isDelegate } from './organization.ts'
import type { Reader } from './port.ts'

/** What AWS answered, or why it did not. */
export type Answer<T> = { readonly value: T } | { readonly refusal: Diagnostic }

/** An instance of Identity Center as a list shows it. */
export interface InstanceRow {
  /** `ssoins-` and 16 digits. */
  readonly id: string
  readonly arn: string
  readonly store: string
  readonly owner: string
  /** Home Region of the instance, also where it is looked at from another one; absent means unknown. */
  readonly primaryRegion?: string
}

/** What only a single look at an instance tells. */
export interface InstanceDetail {
  readonly status?: string
  readonly statusReason?: string
  /** Absent means unknown. */
  readonly permissionSetsEnabled?: boolean
  readonly primaryRegion?: string
}

/** Users of the first page, and how many of them look as if an identity provider had made them. */
export interface UserSample {
  readonly seen: number
  readonly provisioned: readonly string[]
}

/** The prerequisites in AWS, each asked for on its own so that one trouble does not hide the others. */
export interface CloudEvidence {
  /** Region asked for the instance; absent when nobody said which. */
  readonly region?: string
  readonly caller: Answer<{ readonly account: string; readonly arn: string }>
  readonly organization?: Answer<{ readonly management: string; readonly features: string }>
  /** Whether the caller's account administers Identity Center for the organization; only asked outside the management account. */
  readonly delegated?: Answer<boolean>
  readonly instances?: Answer<readonly InstanceRow[]>
  /** Of the organization instance, when there is exactly one. */
  readonly instance?: Answer<InstanceDetail>
  readonly users?: Answer<UserSample>
}

/** Asks AWS about everything the tool needs before it can do anything. Never throws for what AWS refuses. */
export async function examine(reader: Reader, region: string | undefined): Promise<CloudEvidence> {
  const caller = await answered(async () => {
    const { Account = '', Arn = '' } = await reader.get('GetCallerIdentity', {})
    return { account: Account, arn: Arn }
  })
  const base = { ...(region ? { region } : {}), caller }
  if ('refusal' in caller) return base
  const [organization, instances] = await Promise.all([
    answered(() => organizationOf(reader)),
    region ? answered(async () => (await reader.list('ListInstances', {})).map(instanceRow)) : undefined,
  ])
  const management = 'value' in organization ? organization.value.management : undefined
  const foreign = management !== undefined && management !== caller.value.account
  const delegated = foreign ? await answered(() => isDelegate(reader, caller.value.account)) : undefined
  return {
    ...base,
    organization,
    ...(delegated ? { delegated } : {}),
    ...(instances ? { instances, ...(await detail(reader, instances, organization)) } : {}),
  }
}

/**
 * Instances of the organization; those of single accounts cannot hold permission sets. Where the organization may not be looked
 * at, every instance counts; where there is none, no instance does.
 */
export function ofOrganization(
  rows: readonly InstanceRow[],
  organization: CloudEvidence['organization'],
): readonly InstanceRow[] {
  if (!organization) return rows
  if ('refusal' in organization) return organization.refusal.code === 'aws-no-organization' ? [] : rows
  return rows.filter(({ owner }) => isOwnedBy(organization.value.management, owner))
}

async function detail(
  reader: Reader,
  instances: Answer<readonly InstanceRow[]>,
  organization: CloudEvidence['organization'],
): Promise<Pick<CloudEvidence, 'instance' | 'users'>> {
  const [only, second] = 'value' in instances ? ofOrganization(instances.value, organization) : []
  if (!only || second) return {}
  const [instance, users] = await Promise.all([
    answered(async () => detailOf(await reader.get('DescribeInstance', { InstanceArn: only.arn }))),
    answered(async () => sampleOf(await reader.get('ListUsers', { IdentityStoreId: only.store, MaxResults: 100 }))),
  ])
  return { instance, users }
}

async function organizationOf(reader: Reader) {
  const { Organization: { MasterAccountId = '', FeatureSet = 'ALL' } = {} } = await reader.get(
    'DescribeOrganization',
    {},
  )
  return { management: MasterAccountId, features: String(FeatureSet) }
}

/** A row of ListInstances. */
export function instanceRow(row: Item<'ListInstances'>): InstanceRow {
  const { InstanceArn: arn = '', IdentityStoreId: store = '', OwnerAccountId: owner = '' } = row
  return { id: arn.slice(arn.lastIndexOf('/') + 1), arn, store, owner, ...primary(row) }
}

function detailOf(answer: Output<'DescribeInstance'>): InstanceDetail {
  const { Status, StatusReason, PermissionSetsEnabled } = answer
  return {
    ...(Status ? { status: Status } : {}),
    ...(StatusReason ? { statusReason: StatusReason } : {}),
    ...(PermissionSetsEnabled === undefined ? {} : { permissionSetsEnabled: PermissionSetsEnabled }),
    ...primary(answer),
  }
}

function primary(found: Parameters<typeof homeRegionOf>[0]): { readonly primaryRegion?: string } {
  const primaryRegion = homeRegionOf(found)
  return primaryRegion ? { primaryRegion } : {}
}

// No API names the identity source: ids of another system, or SCIM as the creator, are what gives it away.
function sampleOf({ Users = [] }: Output<'ListUsers'>): UserSample {
  const provisioned = Users.filter(
    ({ ExternalIds = [], CreatedBy = '' }) => ExternalIds.length > 0 || /scim/i.test(CreatedBy),
  )
  return { seen: Users.length, provisioned: provisioned.map(({ UserName = '' }) => UserName) }
}

/** Keeps a refusal as data, so that other questions can still be asked. */
export async function answered<T>(ask: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await ask() }
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    const [first = error('aws-error', sentence(thrown))] = thrown.diagnostics
    return { refusal: first }
  }
}
