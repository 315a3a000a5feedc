import type { JsonObject } from '../model/json.ts'
import { newId, type Random } from './ids.ts'
import { partitionOf } from './partition.ts'
import type { State } from './state/state.ts'
import type { AccountPolicy, AccountRow, AccountState, InstanceRow, UnitRow } from './state/tables.ts'

/** An account of the organization. `ou` is a path of organizational units from the root, such as `Workloads/Prod`. */
export interface SeedAccount {
  readonly id: string
  readonly name: string
  readonly email?: string
  readonly state?: AccountState
  readonly ou?: string
  readonly tags?: Readonly<Record<string, string>>
  /** Customer-managed IAM policies that exist in the account; the path is `/` unless given. */
  readonly policies?: readonly { readonly name: string; readonly path?: string; readonly document?: JsonObject }[]
  /** IAM quota of managed policies on one role; 10 unless it was raised. */
  readonly policiesPerRole?: number
}

/**
 * What a new sandbox starts with. Unless `fresh`, that is an organization with all features, whose management account
 * holds an active organization instance of Identity Center in `region`, without users or permission sets. `fresh` is a
 * new AWS account: neither organization nor instance.
 */
export interface Seed {
  readonly region: string
  /** `ssoins-` and 16 hexadecimal digits; random by default. */
  readonly instanceId?: string
  readonly managementAccount: string
  readonly accounts: readonly SeedAccount[]
  readonly fresh?: boolean
  /** ARN of a customer managed key that encrypts the instance; without one the key belongs to AWS. */
  readonly kmsKey?: string
}

/** Fills an empty state from the seed. Times are epoch seconds. */
export function plant(state: State, seed: Seed, now: number, random: Random): void {
  const home = seed.managementAccount
  state.put('home', 'home', { account: home, region: seed.region })
  const own = seed.accounts.find((account) => account.id === home) ?? { id: home, name: 'Management' }
  if (seed.fresh) {
    state.put('accounts', home, accountRow(own, '', now))
    return
  }
  foundOrganization(state, home, 'ALL', now, random)
  state.put('accounts', home, accountRow(own, rootOf(state), now))
  addAccounts(state, seed, now, random)
  const key = seed.kmsKey === undefined ? {} : { kmsKey: seed.kmsKey }
  openInstance(state, { kind: 'organization', owner: home, region: seed.region, ...key }, now, random, seed.instanceId)
}

/** Adds the accounts of the seed that the organization does not have yet; what exists stays as it is. */
export function addAccounts(state: State, seed: Seed, now: number, random: Random): void {
  if (!state.rows('organization').has('organization')) return
  for (const account of seed.accounts) {
    if (state.rows('accounts').has(account.id)) continue
    state.put('accounts', account.id, accountRow(account, unitAt(state, account.ou, random), now))
  }
}

/** Puts accounts as described, replacing those of the same number: the organization's own side of things. */
export function upsertAccounts(state: State, accounts: readonly SeedAccount[], now: number, random: Random): void {
  for (const account of accounts) {
    const joined = state.rows('accounts').get(account.id)?.joined ?? now
    state.put('accounts', account.id, accountRow(account, unitAt(state, account.ou, random), joined))
  }
}

/** Makes an organization around the account of this sandbox. */
export function foundOrganization(
  state: State,
  account: string,
  featureSet: 'ALL' | 'CONSOLIDATED_BILLING',
  now: number,
  random: Random,
): void {
  const root = newId.root(random)
  const id = newId.organization(random)
  state.put('organization', 'organization', { id, root, managementAccount: account, featureSet, created: now })
  const own = state.rows('accounts').get(account)
  if (own) state.put('accounts', account, { ...own, parent: root, joined: now })
}

/** Enables Identity Center, as the console click does for an organization and CreateInstance does for one account. */
export function openInstance(
  state: State,
  what: Pick<InstanceRow, 'kind' | 'owner' | 'region' | 'kmsKey'>,
  now: number,
  random: Random,
  id = newId.instance(random),
): string {
  const arn = `arn:${partitionOf(state)}:sso:::instance/${id}`
  state.put('instances', arn, {
    ...what,
    arn,
    identityStoreId: newId.identityStore(random),
    created: now,
    replicas: [],
    permissionSetsEnabled: what.kind === 'organization',
    tags: {},
  })
  return arn
}

function accountRow(account: SeedAccount, parent: string, now: number): AccountRow {
  return {
    id: account.id,
    name: account.name,
    email: account.email ?? `account-${account.id}@example.com`,
    state: account.state ?? 'ACTIVE',
    joined: now,
    parent,
    tags: account.tags ?? {},
    policies: (account.policies ?? []).map(
      ({ name, path, document }): AccountPolicy => ({
        Name: name,
        Path: path ?? '/',
        ...(document ? { Document: document } : {}),
      }),
    ),
    policiesPerRole: account.policiesPerRole ?? 10,
  }
}

function rootOf(state: State): string {
  return state.rows('organization').get('organization')?.root ?? ''
}

function unitAt(state: State, path: string | undefined, random: Random): string {
  const root = rootOf(state)
  return (path ?? '')
    .split('/')
    .filter(Boolean)
    .reduce((parent, name) => childUnit(state, parent, name)?.id ?? addUnit(state, root, parent, name, random), root)
}

function childUnit(state: State, parent: string, name: string): UnitRow | undefined {
  return [...state.rows('units').values()].find((unit) => unit.parent === parent && unit.name === name)
}

function addUnit(state: State, root: string, parent: string, name: string, random: Random): string {
  const id = newId.unit(random, root)
  state.put('units', id, { id, name, parent })
  return id
}
