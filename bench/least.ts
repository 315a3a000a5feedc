import type { World } from './worlds.ts'

/** Calls by operation. */
export type Counts = Readonly<Record<string, number>>

/**
 * The fewest calls from which all can be known that a plan of a world says. No API lists assignments, nor what permission sets allow, so
 * the rest follows from what each operation of AWS gives at most:
 *
 * - who asks, which organization, which instance: one call each; accounts come 20 a page, and users, groups and permission sets 100 a page;
 * - what is still under way from an earlier run, without which what is read may change by itself: one list for each of the three kinds;
 * - a permission set: its settings, its tags (whose it is), four kinds of policies, and the accounts that have an older version of it;
 * - a group whose members the manifest lists: its members;
 * - assignments: all of a user or of a group, or all of a permission set in an account, whichever takes fewer calls in all.
 */
export function leastCalls(world: World): Counts {
  const { users, groups, permissionSets: sets } = world.contents
  const ways = [byPrincipal(world), bySet(world)] as const
  const [cheapest] = [...ways].sort((a, b) => sum(a) - sum(b))
  return nonzero({
    GetCallerIdentity: 1,
    DescribeOrganization: 1,
    ListAccounts: accountPages(world.accounts.length),
    ListInstances: 1,
    DescribeInstance: 1,
    ListUsers: pages(users.length),
    ListGroups: pages(groups.length),
    ListPermissionSets: pages(sets.length),
    ListAccountAssignmentCreationStatus: 1,
    ListAccountAssignmentDeletionStatus: 1,
    ListPermissionSetProvisioningStatus: 1,
    DescribePermissionSet: sets.length,
    ListTagsForResource: sets.length,
    ListManagedPoliciesInPermissionSet: sets.length,
    ListCustomerManagedPolicyReferencesInPermissionSet: sets.length,
    GetInlinePolicyForPermissionSet: sets.length,
    GetPermissionsBoundaryForPermissionSet: sets.length,
    ListGroupMemberships: total(groups, ({ members = [] }) => pages(members.length)),
    ...added(cheapest ?? {}, { ListAccountsForProvisionedPermissionSet: sets.length }),
  })
}

/**
 * The calls of the longest chain of which each needs the answer to the one before. Pages follow each other; meanwhile the permission sets
 * are listed and described. What they allow and who holds them is asked for when the accounts are known: rules may mean all of them, and
 * pages of accounts would wait behind all that where calls are limited.
 */
export function longestChain(world: World): number {
  const [instance, list, describe] = [1, 1, 1]
  const directory = instance + pages(world.contents.users.length)
  const sets = instance + list + describe
  return Math.max(accountPages(world.accounts.length), directory, sets) + mostPages(world)
}

/** All calls together. */
export function sum(counts: Counts): number {
  return Object.values(counts).reduce((all, count) => all + count, 0)
}

/** Answers for a user mix in what the groups of the user hold. */
function byPrincipal({ contents }: World): Counts {
  return { ListAccountAssignmentsForPrincipal: total(rowsByPrincipal(contents), pages) }
}

function bySet({ contents: { permissionSets, assignments } }: World): Counts {
  const places = new Set(assignments.map(({ permissionSet, account }) => `${permissionSet} ${account}`))
  return { ListAccountsForProvisionedPermissionSet: permissionSets.length, ListAccountAssignments: places.size }
}

function mostPages({ contents }: World): number {
  return Math.max(1, ...rowsByPrincipal(contents).map((rows) => pages(rows)))
}

/** Rows of the answer for each user and each group. */
function rowsByPrincipal({ users, groups, assignments }: World['contents']): readonly number[] {
  const own = new Map<string, number>()
  for (const { user, group } of assignments) {
    const who = user === undefined ? `group ${group}` : `user ${user}`
    own.set(who, (own.get(who) ?? 0) + 1)
  }
  const mixed = new Map(users.map(({ userName }) => [userName, own.get(`user ${userName}`) ?? 0]))
  for (const { displayName, members = [] } of groups)
    for (const user of members) mixed.set(user, (mixed.get(user) ?? 0) + (own.get(`group ${displayName}`) ?? 0))
  return [...mixed.values(), ...groups.map(({ displayName }) => own.get(`group ${displayName}`) ?? 0)]
}

function pages(rows: number, size = 100): number {
  return Math.max(1, Math.ceil(rows / size))
}

/** AWS documents that a page of accounts may be empty and not the last. The embedded Identity Center has one after the first page. */
function accountPages(count: number): number {
  const full = pages(count, 20)
  return full === 1 ? 1 : full + 1
}

function total<T>(rows: readonly T[], calls: (row: T) => number): number {
  return rows.reduce((all, row) => all + calls(row), 0)
}

function added(a: Counts, b: Counts): Counts {
  return Object.fromEntries(
    [...Object.keys(a), ...Object.keys(b)].map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]),
  )
}

function nonzero(counts: Counts): Counts {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
}
