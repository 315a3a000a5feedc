import type { LoadedManifest } from '../manifest/load.ts'
import { answered } from '../model/answer.ts'
import { error, Refusal, refusedWith } from '../model/diagnostic.ts'
import type { Account, Facts } from '../model/facts.ts'
import { ownerOf } from '../model/owner.ts'
import { defaultStartUrl } from '../model/portal.ts'
import { accountInstance } from './account-instance.ts'
import type { AwsClock } from './clock.ts'
import { chooseInstance, homeInstance, type LiveInstance } from './instance.ts'
import type { Item, Output } from './operations.ts'
import { isDelegate, organizationFacts } from './organization.ts'
import type { Reader } from './port.ts'

/** Facts a reader can tell: the organization, its Identity Center and the caller. Throws a Refusal that says what is missing. */
export async function readFacts(
  reader: Reader,
  loaded: LoadedManifest,
  clock: Pick<AwsClock, 'now' | 'told'>,
): Promise<Facts & { readonly instance: NonNullable<Facts['instance']> }> {
  const caller = reader.get('GetCallerIdentity', {})
  const organization = reader.get('DescribeOrganization', {})
  const accounts = reader.list('ListAccounts', {})
  const instances = reader.list('ListInstances', {})
  // Each is told of where its answer is needed, and no page of accounts is waited for before that.
  void Promise.allSettled([organization, accounts, instances])
  // Who is asking decides what the other answers mean, so its trouble is told first.
  const { Account, Arn: arn = '' } = await caller
  const account = answered(Account, 'sts:GetCallerIdentity', 'an account')
  const management = await managementOf(organization, instances, loaded)
  const delegated = account !== management
  if (delegated && !(await isDelegate(reader, account))) throw wrongAccount(account, management)
  const chosen = chooseInstance(await instances, loaded, management)
  const { arn: instance, store, owner, regions, keyOfAws } = await homeInstance(reader, chosen, loaded)
  const { region } = loaded.manifest.identity_center
  return {
    ...baseFacts(loaded, clock.now(), defaultStartUrl({ instance, store, region })),
    time: clock.told(),
    management,
    ...(await organizationFacts(
      reader,
      loaded,
      (await accounts).map((one) => accountOf(one, loaded)),
    )),
    caller: { account, arn, ...(delegated ? { delegated } : {}) },
    instance: { arn: instance, identity_store_id: store, region, account: owner ?? account },
    ...(regions ? { regions } : {}),
    ...(keyOfAws ? { keyOfAws } : {}),
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
  return { now, region, owner: ownerOf(manifest), ...(startUrl ? { startUrl } : {}) }
}

// State replaces Status, which some accounts may still answer with alone.
function accountOf({ Id = '', Name, State, Status }: Item<'ListAccounts'>, { manifest }: LoadedManifest): Account {
  const nickname = Object.entries(manifest.accounts ?? {}).find(([, id]) => id === Id)?.[0]
  const name = Name ?? Id
  return { id: Id, name, label: nickname ?? name, active: (State ?? Status) === 'ACTIVE' }
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
