import type { LoadedManifest } from '../manifest/load.ts'
import type { AccountSelector } from '../manifest/types.ts'
import { refusedWith } from '../model/diagnostic.ts'
import type { Account, Facts } from '../model/facts.ts'
import type { Reader } from './port.ts'

/** Accounts with their tags, and what is in which organizational unit: read only as far as the manifest selects by them. */
export async function organizationFacts(
  reader: Reader,
  loaded: LoadedManifest,
  accounts: readonly Account[],
): Promise<Pick<Facts, 'accounts' | 'units'>> {
  const selectors = (loaded.manifest.assignments ?? []).flatMap((rule) => [...rule.accounts, ...(rule.except ?? [])])
  const paths = [...new Set(selectors.flatMap((one) => unitOf(one) ?? []))]
  const byTag = selectors.some((one) => typeof one !== 'string' && one.tag)
  const [units, tagged] = await Promise.all([
    Promise.all(paths.map(async (path) => [path, await accountsBelow(reader, path)] as const)),
    byTag ? Promise.all(accounts.map((one) => withTags(reader, one))) : accounts,
  ])
  return { accounts: tagged, ...(paths.length > 0 ? { units: new Map(units) } : {}) }
}

function unitOf(selector: AccountSelector): string | undefined {
  return typeof selector === 'string' ? undefined : selector.ou
}

async function withTags(reader: Reader, account: Account): Promise<Account> {
  const tags = await reader.list('ListAccountTags', { ResourceId: account.id })
  return { ...account, tags: Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value])) }
}

/** Accounts in the unit at a path of names below the root, and in every unit below it; none when there is no such unit. */
async function accountsBelow(reader: Reader, path: string): Promise<readonly string[]> {
  const [root] = await reader.list('ListRoots', {})
  let parent = root?.Id
  for (const name of path.split('/').filter((part) => part !== '')) {
    if (!parent) return []
    const units = await reader.list('ListOrganizationalUnitsForParent', { ParentId: parent })
    parent = units.find((one) => one.Name === name)?.Id
  }
  return parent ? everythingIn(reader, parent) : []
}

async function everythingIn(reader: Reader, ParentId: string): Promise<readonly string[]> {
  const [accounts, units] = await Promise.all([
    reader.list('ListAccountsForParent', { ParentId }),
    reader.list('ListOrganizationalUnitsForParent', { ParentId }),
  ])
  const below = await Promise.all(units.map((one) => everythingIn(reader, one.Id ?? '')))
  return [...accounts.map((one) => one.Id ?? ''), ...below.flat()]
}

/** Whether an account administers Identity Center for its organization. */
export async function isDelegate(reader: Reader, account: string): Promise<boolean> {
  try {
    const delegates = await reader.list('ListDelegatedAdministrators', { ServicePrincipal: 'sso.amazonaws.com' })
    return delegates.some(({ Id }) => Id === account)
  } catch (thrown) {
    // Only the management account and delegated administrators may ask; for everybody else the refusal is the answer.
    if (refusedWith(thrown, 'aws-access-denied')) return false
    throw thrown
  }
}
