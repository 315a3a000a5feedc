import type { ContentAssignment, Contents } from '../../../../src/sandbox/content-types.ts'

/** How large an organization is. */
export interface OrganizationSize {
  readonly accounts: number
  readonly sets: number
  readonly users: number
  readonly groups: number
  /** Permission sets, of the first on, that a group holds in every account. */
  readonly everywhere: number
}

/** An organization as the embedded Identity Center is filled with it, and the manifest that says the same. */
export interface Organization {
  /** Accounts beside the management account, by id and name. */
  readonly accounts: readonly { readonly id: string; readonly name: string }[]
  readonly contents: Contents
  readonly manifest: object
  /** Pairs of a permission set and an account in which somebody holds it. */
  readonly pairs: number
}

/** Sizes by the name that reports use: 5,000 assignments, and 19,745. */
export const organizationSizes = {
  '300 accounts': { accounts: 300, sets: 100, users: 500, groups: 100, everywhere: 0 },
  '3,000 accounts': { accounts: 3000, sets: 100, users: 10_000, groups: 400, everywhere: 5 },
} as const satisfies Readonly<Record<string, OrganizationSize>>

/** Accounts that hold each set which is not everywhere; two principals hold it in each. */
const spread = 25

/** Makes an organization: the same one each time. `management` is the id of its management account. */
export function organizationOf(size: OrganizationSize, management: string, region: string): Organization {
  const accounts = numbered(size.accounts - 1, (index) => ({
    id: String(200_000_000_000 + index),
    name: `Account ${index}`,
  }))
  const ids = [management, ...accounts.map(({ id }) => id)]
  const users = numbered(size.users, (index) => `user${index}`)
  const groups = numbered(size.groups, (index) => ({
    name: `group${index}`,
    members: numbered(10, (nth) => `user${(index * 5 + nth) % size.users}`),
  }))
  const rules = numbered(size.sets, (set) => rulesOf(set, ids, size)).flat()
  return {
    accounts,
    contents: {
      users: users.map((userName) => ({ userName, familyName: 'User', email: `${userName}@example.com` })),
      groups: groups.map(({ name, members }) => ({ displayName: name, members: [...new Set(members)] })),
      permissionSets: numbered(size.sets, (set) => ({
        name: `Set${set}`,
        sessionDuration: 'PT8H',
        managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
        tags: { 'managed-by': 'sso-reconcile' },
      })),
      assignments: rules.flatMap((rule) => assignmentsOf(rule)),
    },
    manifest: manifestOf(users, groups, rules, size, region),
    pairs: new Set(rules.flatMap(({ set, accounts: places }) => places.map((id) => `${set} ${id}`))).size,
  }
}

interface Rule {
  readonly set: number
  readonly groups: readonly string[]
  readonly users: readonly string[]
  readonly accounts: readonly string[]
  /** True where the manifest says `all`. */
  readonly isEverywhere: boolean
}

// Each set is held in some accounts by two principals, one of them at times a user.
function rulesOf(set: number, ids: readonly string[], { everywhere, users, groups }: OrganizationSize): Rule[] {
  const group = `group${set % groups}`
  if (set < everywhere) return [{ set, groups: [group], users: [], accounts: ids.slice(1), isEverywhere: true }]
  const step = Math.floor(ids.length / spread)
  const accounts = numbered(spread, (nth) => ids[(set * 7 + nth * step) % ids.length] ?? '')
  const second = set % 10 === 0 ? { users: [`user${set % users}`] } : { users: [] }
  const other = second.users.length > 0 ? [] : [`group${(set + 1) % groups}`]
  return [{ set, groups: [group, ...other], ...second, accounts, isEverywhere: false }]
}

function assignmentsOf({ set, groups, users, accounts }: Rule): ContentAssignment[] {
  const permissionSet = `Set${set}`
  return accounts.flatMap((account) => [
    ...groups.map((group) => ({ permissionSet, account, group })),
    ...users.map((user) => ({ permissionSet, account, user })),
  ])
}

function manifestOf(
  users: readonly string[],
  groups: readonly { readonly name: string; readonly members: readonly string[] }[],
  rules: readonly Rule[],
  { sets }: OrganizationSize,
  region: string,
): object {
  return {
    version: 1,
    identity_center: { region },
    users: Object.fromEntries(
      users.map((name) => [name, { given_name: name, family_name: 'User', email: `${name}@example.com` }]),
    ),
    groups: Object.fromEntries(groups.map(({ name, members }) => [name, { members: [...new Set(members)] }])),
    permission_sets: Object.fromEntries(
      numbered(sets, (set) => [`Set${set}`, { session_duration: '8h', managed_policies: ['ReadOnlyAccess'] }]),
    ),
    assignments: rules.map(({ set, groups: holders, users: people, accounts, isEverywhere }) => ({
      ...(holders.length > 0 ? { groups: holders } : {}),
      ...(people.length > 0 ? { users: people } : {}),
      permission_sets: [`Set${set}`],
      accounts: isEverywhere ? ['all'] : accounts,
    })),
  }
}

function numbered<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index))
}
