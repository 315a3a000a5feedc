import type { LoadedManifest } from '../manifest/load.ts'
import type { AccountSelector } from '../manifest/types.ts'
import { refusedWith } from '../model/diagnostic.ts'
import type { Account, Facts } from '../model/facts.ts'
import { nearest } from '../text/near.ts'
import type { Item } from './operations.ts'
import type { Reader } from './port.ts'

/** Accounts with their tags, and what is in which organizational unit: read only as far as the manifest selects by them. */
export async function organizationFacts(
  reader: Reader,
  loaded: LoadedManifest,
  accounts: readonly Account[],
): Promise<Pick<Facts, 'accounts' | 'units' | 'unitsBeside'>> {
  const rules = (loaded.manifest.assignments ?? []).flatMap((rule) => [...rule.accounts, ...(rule.except ?? [])])
  const selectors = [...rules, ...(loaded.bounds ?? []).flatMap((one) => one.accounts)]
  const paths = [...new Set(selectors.flatMap((one) => unitOf(one) ?? []))]
  const byTag = selectors.some((one) => typeof one !== 'string' && one.tag)
  const [units, tagged] = await Promise.all([
    Promise.all(paths.map(async (path) => [path, await unitAt(reader, path)] as const)),
    byTag ? Promise.all(accounts.map((one) => withTags(reader, one))) : accounts,
  ])
  if (paths.length === 0) return { accounts: tagged }
  const missing = units.flatMap(([path, found]) => ('beside' in found ? [[path, found.beside] as const] : []))
  return {
    accounts: tagged,
    units: new Map(units.map(([path, found]) => [path, 'accounts' in found ? found.accounts : []])),
    ...(missing.length > 0 ? { unitsBeside: new Map(missing) } : {}),
  }
}

function unitOf(selector: AccountSelector): string | undefined {
  return typeof selector === 'string' ? undefined : selector.ou
}

async function withTags(reader: Reader, account: Account): Promise<Account> {
  const tags = await reader.list('ListAccountTags', { ResourceId: account.id })
  return { ...account, tags: Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value])) }
}

/** Accounts in the unit at a path of names below the root, and in every unit below it; or, where there is no such unit, those there are. */
async function unitAt(
  reader: Reader,
  path: string,
): Promise<{ readonly accounts: readonly string[] } | { readonly beside: readonly string[] }> {
  const names = path.split('/').filter((part) => part !== '')
  const [root] = await reader.list('ListRoots', {})
  let parent = root?.Id ?? ''
  for (const [depth, name] of names.entries()) {
    const units = parent === '' ? [] : await unitsIn(reader, parent)
    const unit = units.find((one) => one.Name === name)
    if (!unit?.Id) return { beside: await guessed(reader, names, depth, units) }
    parent = unit.Id
  }
  return { accounts: parent === '' ? [] : await everythingIn(reader, parent) }
}

/** Paths of the units at the depth where a path leads no further, and first the path with the likeliest of them, where it leads on. */
async function guessed(
  reader: Reader,
  names: readonly string[],
  depth: number,
  units: readonly Unit[],
): Promise<readonly string[]> {
  const there = units.flatMap(({ Name }) => Name ?? [])
  const likely = nearest(names[depth] ?? '', there)
  const corrected = likely === undefined ? [] : names.with(depth, likely)
  const meant =
    corrected.length > 0 && 'accounts' in (await unitAt(reader, corrected.join('/'))) ? [corrected.join('/')] : []
  return [...new Set([...meant, ...there.map((name) => [...names.slice(0, depth), name].join('/'))])]
}

type Unit = Item<'ListOrganizationalUnitsForParent'>

function unitsIn(reader: Reader, ParentId: string): Promise<readonly Unit[]> {
  return reader.list('ListOrganizationalUnitsForParent', { ParentId })
}

async function everythingIn(reader: Reader, ParentId: string): Promise<readonly string[]> {
  const [accounts, units] = await Promise.all([
    reader.list('ListAccountsForParent', { ParentId }),
    unitsIn(reader, ParentId),
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
