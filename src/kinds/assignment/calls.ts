import type { Address } from '../../model/address.ts'
import { address, principalAddress } from '../../model/address.ts'
import type { Facts } from '../../model/facts.ts'
import type { ReadContext } from '../contexts.ts'
import { membersOf } from '../membership/read.ts'
import type { LiveSet } from '../permission-set/live-sets.ts'
import type { Directory } from '../shared/directory.ts'
import type { Asked } from '../shared/leavers.ts'
import { accountsOfSet, rowsOfPrincipal, setsInAccount } from './rows.ts'
import type { Way } from './way.ts'

/** What has to be known to read assignments, and to name them. */
export interface Directories extends Directory {
  readonly sets: readonly LiveSet[]
  readonly facts: Facts
}

/** Most rows of a page of any list. Source: MaxResults of sso-admin. */
const page = 100

/** Calls beyond which a look does not see assignments whose principal is gone unless it is asked to: AWS allows 20 a second (UG/limits). */
const forOrphans = 500

/** Asking where sets are in place is worth a call each where the choice is about so many times as many. */
const worthAsking = 10

/** Every user and every group. */
export function everybody({ users, groups }: Directory): readonly Asked[] {
  return [...ids('USER', users), ...ids('GROUP', groups)]
}

/**
 * How to read the assignments of some sets with fewer calls. The manifest is the best guess that costs nothing; where the guess is for
 * sets, or much depends on it, the accounts of the sets are counted first.
 */
export async function wayToSets(context: ReadContext, sets: readonly LiveSet[], ground: Directories): Promise<Way> {
  const rows = expectedRows(context)
  const guess = sets.length + expectedPairs(context, sets)
  const byPlace = (calls: number): Way => ({ by: 'place', calls, other: everybody(ground).length })
  if (sets.length === 0 || context.scope.thorough) return byPlace(guess)
  if (everybody(ground).length <= sets.length * worthAsking) {
    const calls = await callsWithin(guess, context, ground, rows)
    if (calls <= guess) return { by: 'principal', calls, other: guess }
  }
  const pairs = await pairsOfSets(context, sets)
  const calls = await callsWithin(pairs, context, ground, rows)
  const places = sets.length + pairs
  return calls <= pairs ? { by: 'principal', calls, other: places } : { by: 'place', calls: places, other: calls }
}

/**
 * How to read all assignments: by principal where that saves more calls than it is worth to see those whose principal is gone.
 */
export async function wayToAll(context: ReadContext, accounts: readonly string[], ground: Directories): Promise<Way> {
  const { scope, facts } = context
  const people = everybody(ground).length
  const most = accounts.length * ground.sets.length
  const counted = Math.min(accounts.length, ground.sets.length)
  // There can be no more pairs than that, and counting them takes calls that are needed either way.
  if (scope.thorough || facts.caller?.delegated || people + forOrphans >= most)
    return { by: 'place', most: counted + most, other: people }
  const pairs =
    accounts.length > ground.sets.length ? await pairsOfSets(context, ground.sets) : await pairsIn(context, accounts)
  const places = counted + pairs
  if (people + forOrphans >= pairs) return { by: 'place', calls: places, other: people }
  const calls = await callsByPrincipal(context, ground, await rowsOfGroups(context, ground))
  return calls + forOrphans < pairs
    ? { by: 'principal', calls, other: places }
    : { by: 'place', calls: places, other: calls }
}

/** Calls to ask every principal; no more than the principals are counted where these alone are more than some others. */
async function callsWithin(most: number, context: ReadContext, ground: Directories, rows: Rows): Promise<number> {
  const people = everybody(ground).length
  return people > most ? people : callsByPrincipal(context, ground, rows)
}

async function pairsOfSets(context: ReadContext, sets: readonly LiveSet[]): Promise<number> {
  const lists = await Promise.all(sets.map(({ arn }) => accountsOfSet(context, arn)))
  return lists.flat().length
}

async function pairsIn(context: ReadContext, accounts: readonly string[]): Promise<number> {
  const lists = await Promise.all(accounts.map((account) => setsInAccount(context, account)))
  return lists.flat().length
}

/** Rows by the address of a group. */
type Rows = ReadonlyMap<Address, number>

/**
 * One call a principal, and one for each further page. Answers for a user mix in what the groups of the user hold, so that a group
 * with many assignments costs pages with each of its members.
 */
async function callsByPrincipal(context: ReadContext, ground: Directories, rows: Rows): Promise<number> {
  const furtherOf = (name: string) => Math.floor((rows.get(address('group', name)) ?? 0) / page)
  const large = [...ground.groups].filter(([, name]) => furtherOf(name) > 0)
  const members = await Promise.all(large.map(([id]) => membersOf(context, id)))
  const further = large.map(([, name], index) => furtherOf(name) * (1 + (members[index]?.length ?? 0)))
  return further.reduce((sum, calls) => sum + calls, everybody(ground).length)
}

async function rowsOfGroups(context: ReadContext, { groups }: Directories): Promise<Rows> {
  const counted = [...groups].map(async ([id, name]) => {
    const rows = await rowsOfPrincipal(context, { type: 'GROUP', id })
    return [address('group', name), rows.length] as const
  })
  return new Map(await Promise.all(counted))
}

function expectedRows({ desired }: ReadContext): Rows {
  const rows = new Map<Address, number>()
  for (const { spec } of desired.assignment.values()) {
    const at = principalAddress({ type: spec.principal_type, name: spec.principal })
    rows.set(at, (rows.get(at) ?? 0) + 1)
  }
  return rows
}

function expectedPairs({ desired }: ReadContext, scope: readonly LiveSet[]): number {
  const live = new Set(scope.map((set) => set.name))
  const pairs = [...desired.assignment.values()].map(({ spec }) => spec).filter((spec) => live.has(spec.permission_set))
  return new Set(pairs.map((spec) => `${spec.permission_set} ${spec.account}`)).size
}

function ids(type: Asked['type'], names: ReadonlyMap<string, string>): readonly Asked[] {
  return [...names.keys()].map((id) => ({ type, id }))
}
