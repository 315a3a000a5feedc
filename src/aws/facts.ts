import type { LoadedManifest } from '../manifest/load.ts'
import { answered } from '../model/answer.ts'
import { type Diagnostic, error, Refusal, refusedWith } from '../model/diagnostic.ts'
import type { Account, Facts } from '../model/facts.ts'
import { accountInstance } from './account-instance.ts'
import type { Item, Output } from './operations.ts'
import { organizationFacts } from './organization.ts'
import type { Reader } from './port.ts'

type LiveInstance = Item<'ListInstances'>

/** Facts a reader can tell: the organization, its Identity Center and the caller. Throws a Refusal that says what is missing. */
export async function readFacts(
  reader: Reader,
  loaded: LoadedManifest,
  now: Date,
): Promise<Facts & { readonly instance: NonNullable<Facts['instance']> }> {
  const caller = reader.get('GetCallerIdentity', {})
  const organization = reader.get('DescribeOrganization', {})
  const accounts = reader.list('ListAccounts', {})
  const instances = reader.list('ListInstances', {})
  const others = Promise.allSettled([organization, accounts, instances])
  // Who is asking decides what the other answers mean, so its trouble is told first.
  const { Account, Arn: arn = '' } = await caller
  const account = answered(Account, 'sts:GetCallerIdentity', 'an account')
  await others
  const management = await managementOf(organization, instances, loaded)
  const delegated = account !== management
  if (delegated && !(await isDelegate(reader, account))) throw wrongAccount(account, management)
  const found = chooseInstance(await instances, loaded, management)
  await describeInstance(reader, found, loaded)
  return {
    ...baseFacts(loaded, now, startUrlOf(found)),
    management,
    ...(await organizationFacts(
      reader,
      loaded,
      (await accounts).map((one) => accountOf(one, loaded)),
    )),
    caller: { account, arn, ...(delegated ? { delegated } : {}) },
    instance: {
      arn: found.InstanceArn ?? '',
      identity_store_id: found.IdentityStoreId ?? '',
      region: loaded.manifest.identity_center.region,
      account: found.OwnerAccountId ?? account,
    },
  }
}

// An instance without an organization is an account instance; creating the organization around it would not help.
async function managementOf(
  organization: Promise<Output<'DescribeOrganization'>>,
  instances: Promise<readonly LiveInstance[]>,
  loaded: LoadedManifest,
): Promise<string> {
  try {
    return answered(
      (await organization).Organization?.MasterAccountId,
      'organizations:DescribeOrganization',
      'a management account',
    )
  } catch (thrown) {
    const standalone = refusedWith(thrown, 'aws-no-organization')
    const [found] = standalone ? await instances.catch(() => []) : []
    throw found ? new Refusal(accountInstance(loaded.manifest.identity_center.region)) : thrown
  }
}

/** Facts the manifest alone can tell, for `--only local`. No connection is opened. */
export function offlineFacts(loaded: LoadedManifest, now: Date): Facts {
  const nicknames = Object.entries(loaded.manifest.accounts ?? {})
  const management = loaded.manifest.accounts?.management
  return {
    ...baseFacts(loaded, now),
    ...(management ? { management } : {}),
    accounts: nicknames.map(([name, id]) => ({ id, name, label: name, active: true })),
  }
}

function baseFacts({ manifest }: LoadedManifest, now: Date, derived?: string) {
  const startUrl = manifest.identity_center.start_url ?? derived
  const { region } = manifest.identity_center
  const owner = manifest.name ? `sso-reconcile/${manifest.name}` : 'sso-reconcile'
  return { now, region, owner, ...(startUrl ? { startUrl } : {}) }
}

/**
 * The access portal of an instance. No API tells it: the default URL follows from a directory id of the form d-…, and for other
 * ids the issuer URL, which the AWS CLI accepts in its place, follows from the instance.
 */
function startUrlOf({ IdentityStoreId = '', InstanceArn = '' }: LiveInstance): string {
  if (IdentityStoreId.startsWith('d-')) return `https://${IdentityStoreId}.awsapps.com/start`
  return `https://identitycenter.amazonaws.com/${InstanceArn.slice(InstanceArn.lastIndexOf('/') + 1)}`
}

// State replaces Status, which some accounts may still answer with alone.
function accountOf({ Id = '', Name, State, Status }: Item<'ListAccounts'>, { manifest }: LoadedManifest): Account {
  const nickname = Object.entries(manifest.accounts ?? {}).find(([, id]) => id === Id)?.[0]
  const name = Name ?? Id
  return { id: Id, name, label: nickname ?? name, active: (State ?? Status) === 'ACTIVE' }
}

function chooseInstance(
  instances: readonly LiveInstance[],
  loaded: LoadedManifest,
  management: string | undefined,
): LiveInstance {
  const { region, instance: id } = loaded.manifest.identity_center
  const mine = instances.filter((one) => !management || !one.OwnerAccountId || one.OwnerAccountId === management)
  const [first, second] = id ? mine.filter((one) => one.InstanceArn?.endsWith(`/${id}`)) : mine
  const at = loaded.position(['identity_center', id ? 'instance' : 'region'])
  if (!first) throw new Refusal(noInstance(instances, region, id, at))
  if (second)
    throw new Refusal(
      error('instance-ambiguous', `several instances of Identity Center are visible in ${region}`, {
        hint: `write identity_center.instance: ${mine.map((one) => one.InstanceArn?.split('/')[1]).join(' or ')}`,
        ...(at ? { at } : {}),
      }),
    )
  return first
}

function noInstance(
  instances: readonly LiveInstance[],
  region: string,
  id: string | undefined,
  at: Diagnostic['at'],
): Diagnostic {
  const place = at ? { at } : {}
  if (id && instances.length > 0)
    return error('instance-missing', `instance ${id} is not among those visible in ${region}`, {
      hint: `visible: ${instances.map((one) => one.InstanceArn?.split('/')[1]).join(', ')}`,
      ...place,
    })
  if (instances.length > 0) return accountInstance(region, at)
  return error('instance-none', `IAM Identity Center is not enabled in ${region}`, {
    hint: 'enable it at https://console.aws.amazon.com/singlesignon (choose the region first, then Enable with AWS Organizations), or correct identity_center.region: an instance is visible in its home region only',
    ...place,
  })
}

async function describeInstance(
  reader: Reader,
  { InstanceArn, Status }: LiveInstance,
  loaded: LoadedManifest,
): Promise<void> {
  const described: Output<'DescribeInstance'> = await reader.get('DescribeInstance', { InstanceArn: InstanceArn ?? '' })
  const status = described.Status ?? Status
  const at = loaded.position(['identity_center', 'region'])
  if (status && status !== 'ACTIVE')
    throw new Refusal(
      error(
        'instance-not-active',
        `Identity Center is ${status}${described.StatusReason ? `: ${described.StatusReason}` : ''}`,
        {
          hint: 'wait until the console shows it as active, then run this again',
          ...(at ? { at } : {}),
        },
      ),
    )
  // Absent means unknown: the member is younger than many servers.
  if (described.PermissionSetsEnabled === false)
    throw new Refusal(
      error('permission-sets-disabled', 'permission sets are turned off for this instance of Identity Center', {
        hint: 'run sso-reconcile apply, which offers to turn them on (this cannot be undone)',
        ...(at ? { at } : {}),
      }),
    )
}

// Only the management account and delegated administrators may ask; for everybody else the refusal is the answer.
async function isDelegate(reader: Reader, account: string): Promise<boolean> {
  try {
    const delegates = await reader.list('ListDelegatedAdministrators', { ServicePrincipal: 'sso.amazonaws.com' })
    return delegates.some((one) => one.Id === account)
  } catch (thrown) {
    if (refusedWith(thrown, 'aws-access-denied')) return false
    throw thrown
  }
}

function wrongAccount(account: string, management: string): Refusal {
  return new Refusal(
    error(
      'account-not-management',
      `the credentials belong to account ${account}, but Identity Center is managed from the management account ${management}`,
      {
        hint: `use credentials of ${management}: set AWS_PROFILE or --profile to a profile of that account`,
      },
    ),
  )
}
