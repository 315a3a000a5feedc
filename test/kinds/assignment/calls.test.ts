import { describe, expect, it } from 'vitest'
import type { Reader } from '../../../src/aws/port.ts'
import { kinds } from '../../../src/kinds/index.ts'
import { planScope, wholeScope } from '../../../src/kinds/scopes.ts'
import { emptyState } from '../../../src/kinds/states.ts'
import { sidesOf } from '../../support/planning/planning.ts'

/** Who and what there is. Every set is in place in the first accounts, and held there by the group that everybody of `members` is in. */
interface Place {
  readonly users: number
  readonly members: number
  readonly accounts: number
  readonly sets: number
  /** Accounts in which each set is really in place. */
  readonly live: number
}

/** How a place is looked at. */
interface Look {
  /** Accounts in which the manifest asks for each set; absent where everything is looked at. */
  readonly desired?: number
  readonly thorough?: boolean
  readonly delegated?: boolean
}

const id = (index: number) => String(200_000_000_000 + index)
const numbered = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index))
const arnOf = (index: number) => `arn:aws:sso:::permissionSet/i/Set${index}`

/** A reader of a place, with the calls that go to AWS: one for each hundred rows, and nothing twice. */
function readerOf({ users, members, live, sets }: Place) {
  const row = (set: number, account: number) => ({
    AccountId: id(account),
    PermissionSetArn: arnOf(set),
    PrincipalType: 'GROUP',
    PrincipalId: 'g',
  })
  const held = numbered(sets, (set) => numbered(live, (account) => row(set, account))).flat()
  const isMember = (user: string) => Number(user.slice(1)) < members
  const answers: Readonly<Record<string, (input: Record<string, unknown>) => readonly unknown[]>> = {
    ListUsers: () => numbered(users, (index) => ({ UserName: `user${index}`, UserId: `u${index}` })),
    ListGroups: () => [{ DisplayName: 'ops', GroupId: 'g' }],
    ListGroupMemberships: () => numbered(members, (index) => ({ GroupId: 'g', MemberId: { UserId: `u${index}` } })),
    ListPermissionSets: () => numbered(sets, arnOf),
    ListAccountsForProvisionedPermissionSet: () => numbered(live, id),
    ListPermissionSetsProvisionedToAccount: ({ AccountId }) =>
      Number(AccountId) - Number(id(0)) < live ? numbered(sets, arnOf) : [],
    ListAccountAssignments: ({ AccountId, PermissionSetArn }) =>
      held.filter((one) => one.AccountId === AccountId && one.PermissionSetArn === PermissionSetArn),
    ListAccountAssignmentsForPrincipal: ({ PrincipalId }) =>
      PrincipalId === 'g' || isMember(String(PrincipalId)) ? held : [],
  }
  const calls = new Map<string, number>()
  const known = new Set<string>()
  const list = async (operation: string, input: Record<string, unknown>) => {
    const rows = answers[operation]?.(input) ?? []
    const question = `${operation} ${JSON.stringify(input)}`
    if (!known.has(question))
      calls.set(operation, (calls.get(operation) ?? 0) + Math.max(1, Math.ceil(rows.length / 100)))
    known.add(question)
    return rows
  }
  const get = async (_operation: string, { PermissionSetArn }: { readonly PermissionSetArn: string }) => ({
    PermissionSet: { Name: PermissionSetArn.split('/').at(-1) },
  })
  return { reader: { get, list } as unknown as Reader, calls }
}

/** What a look found, and the calls for assignments that it took. */
async function looked(place: Place, { desired: wished, thorough = false, delegated = false }: Look) {
  const { reader, calls } = readerOf(place)
  const manifest = {
    version: 1,
    identity_center: { region: 'eu-west-1' },
    groups: { ops: { external: true } },
    permission_sets: Object.fromEntries(numbered(place.sets, (set) => [`Set${set}`, {}])),
    assignments: wished
      ? [
          {
            groups: ['ops'],
            permission_sets: numbered(place.sets, (set) => `Set${set}`),
            accounts: numbered(wished, id),
          },
        ]
      : [],
  }
  const text = Object.entries(manifest)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
    .join('\n')
  const accounts = numbered(place.accounts, (index) => ({ id: id(index), name: `Account ${index}` }))
  const { manifest: loaded, facts, desired } = await sidesOf({ manifest: text, live: { accounts } })
  const caller = { account: id(0), arn: 'arn:aws:iam::200000000000:user/x', ...(delegated ? { delegated } : {}) }
  const whole = wished === undefined
  const context = {
    reader,
    facts: { ...facts, caller, instance: { arn: 'i', identity_store_id: 'd', region: 'eu-west-1', account: id(0) } },
    manifest: loaded,
    desired: whole ? emptyState() : desired,
    scope: whole ? wholeScope('whole', { thorough }) : planScope(loaded, { thorough, mustKnow: () => true }),
  }
  const { entries, covers } = await kinds.assignment.observe(context)
  const of = (name: string) => calls.get(name) ?? 0
  return {
    entries: entries.size,
    byPrincipal: covers?.principals === 'all',
    people: of('ListAccountAssignmentsForPrincipal'),
    pairs: of('ListAccountAssignments'),
    lists: of('ListAccountsForProvisionedPermissionSet') + of('ListPermissionSetsProvisionedToAccount'),
  }
}

describe('assignments that a plan is about', () => {
  it('are asked for by principal where these are fewer than the places', async () => {
    const place = { users: 30, members: 2, accounts: 40, sets: 5, live: 20 }
    expect(await looked(place, { desired: 20 })).toEqual({
      ...{ entries: 100, byPrincipal: true },
      ...{ people: 31, pairs: 0, lists: 0 },
    })
  })

  it('are asked for by place where these are fewer', async () => {
    const place = { users: 300, members: 2, accounts: 40, sets: 5, live: 20 }
    expect(await looked(place, { desired: 20 })).toEqual({
      ...{ entries: 100, byPrincipal: false },
      ...{ people: 0, pairs: 100, lists: 5 },
    })
  })

  it('are asked for by principal where the sets turn out to be in more places than the manifest says', async () => {
    const place = { users: 60, members: 2, accounts: 40, sets: 2, live: 40 }
    expect(await looked(place, { desired: 2 })).toEqual({
      ...{ entries: 80, byPrincipal: true },
      ...{ people: 61, pairs: 0, lists: 2 },
    })
  })

  it('are asked for by place where the sets turn out to be in fewer places than the manifest says', async () => {
    const place = { users: 500, members: 2, accounts: 300, sets: 4, live: 3 }
    expect(await looked(place, { desired: 300 })).toEqual({
      ...{ entries: 12, byPrincipal: false },
      ...{ people: 0, pairs: 12, lists: 4 },
    })
  })

  it('are asked for by place where the answer for each member of a group would have many pages', async () => {
    const place = { users: 900, members: 800, accounts: 300, sets: 5, live: 300 }
    expect(await looked(place, { desired: 300 })).toEqual({
      ...{ entries: 1_500, byPrincipal: false },
      // Three hundred accounts are three pages of each list.
      ...{ people: 0, pairs: 1_500, lists: 15 },
    })
  })

  it('are asked for by place where whatever is left behind is looked for, and by a delegated administrator', async () => {
    const place = { users: 3, members: 2, accounts: 40, sets: 5, live: 20 }
    const byPlace = { entries: 100, byPrincipal: false, people: 0, pairs: 100, lists: 5 }
    expect(await looked(place, { desired: 20, thorough: true })).toEqual(byPlace)
    expect(await looked(place, { desired: 20, delegated: true })).toEqual(byPlace)
  })
})

describe('all assignments there are', () => {
  const many = { users: 100, members: 2, accounts: 200, sets: 10, live: 200 }

  it('are asked for by principal where that saves many calls', async () => {
    const { byPrincipal, people, pairs, entries } = await looked(many, {})
    // Three of a hundred and one have more than a page: two thousand rows.
    expect({ byPrincipal, people, pairs, entries }).toEqual({
      ...{ byPrincipal: true, people: 98 + 3 * 20 },
      ...{ pairs: 0, entries: 2_000 },
    })
  })

  it('are asked for by place where it saves few, so that what is left behind is seen', async () => {
    const few = { ...many, live: 50 }
    const { byPrincipal, people, pairs } = await looked(few, {})
    expect({ byPrincipal, people, pairs }).toEqual({ byPrincipal: false, people: 0, pairs: 500 })
  })

  it('are asked for by place where the answers for the members of a group would have many pages', async () => {
    const { byPrincipal, people, pairs } = await looked({ ...many, members: 99 }, {})
    // The group alone was asked, to know how much its members hold.
    expect({ byPrincipal, people, pairs }).toEqual({ byPrincipal: false, people: 20, pairs: 2_000 })
  })

  it('are asked for by place where that was asked for, and by a delegated administrator', async () => {
    for (const look of [{ thorough: true }, { delegated: true }])
      expect(await looked(many, look)).toMatchObject({ byPrincipal: false, people: 0, pairs: 2_000 })
  })
})
