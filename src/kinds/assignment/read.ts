import { type Address, address } from '../../model/address.ts'
import type { Coverage } from '../../model/coverage.ts'
import { isActive } from '../../model/facts.ts'
import type { Entry } from '../../model/state.ts'
import type { Observation, ReadContext } from '../contexts.ts'
import { type LiveSet, liveSets } from '../permission-set/live-sets.ts'
import { type Directory, directory, type Names } from '../shared/directory.ts'
import { type Asked, askedAddress, leaversOf } from '../shared/leavers.ts'
import { principalName } from '../shared/orphans.ts'
import { addressOf } from './address.ts'
import { type Directories, everybody, wayToAll, wayToSets } from './calls.ts'
import { type Row, rowsInAccount, rowsOfPrincipal, rowsOfSet } from './rows.ts'
import { type Way, wayWords } from './way.ts'

/** Rows as they were read, and what of the world they cover. */
interface Reading {
  readonly rows: readonly Row[]
  readonly covers: Partial<Coverage>
}

/** Assignments as far as the scope of a look goes. No API lists them all, so the cheapest way to them is taken. */
export async function observeAssignments(context: ReadContext): Promise<Observation<'assignment'>> {
  const ground = await directoriesOf(context)
  const { assignments } = context.scope
  const { rows, covers } =
    assignments === 'of sets' ? await readScoped(context, ground) : await readAll(context, ground)
  return { entries: assignmentsFrom(rows, ground), covers }
}

/** Assignments from rows, by the names of what they tie together. */
export function assignmentsFrom(rows: readonly Row[], ground: Directories): Map<Address, Entry<'assignment'>> {
  const sets = new Map(ground.sets.map(({ arn, name }) => [arn, name]))
  return new Map(rows.map((row) => named(row, sets, ground)))
}

/** Permission sets, users and groups of a look. */
export async function directoriesOf(context: ReadContext): Promise<Directories> {
  const [names, sets] = await Promise.all([directory(context), liveSets(context)])
  return { ...names, sets, facts: context.facts }
}

/**
 * Assignments of the sets in scope, and of whoever leaves or is revoked: by principal, or by set, whichever is cheaper. Only the
 * second sees assignments whose principal is gone, so a set that leaves is always read that way. By principal only the management
 * account may ask.
 */
async function readScoped(context: ReadContext, ground: Directories): Promise<Reading> {
  const inScope = ground.sets.filter((set) => context.scope.depthOf(set) === 'whole')
  const leaving = inScope.filter(({ name }) => !context.desired['permission-set'].has(address('permission-set', name)))
  const leavers = await leaversOf(context, ground)
  if (context.facts.caller?.delegated)
    return readBySet(context, leavers.length > 0 ? ground.sets : inScope, leavers.length > 0)
  const way = await wayToSets(context, inScope, ground)
  tell(context, way)
  if (way.by === 'place') {
    const [sets, people] = await Promise.all([
      readBySet(context, inScope, false),
      readByPrincipal(context, leavers, ground),
    ])
    return { rows: [...sets.rows, ...people.rows], covers: { ...sets.covers, ...people.covers } }
  }
  const [people, sets] = await Promise.all([
    readByPrincipal(context, everybody(ground), ground),
    readBySet(context, leaving, false),
  ])
  return { rows: [...people.rows, ...sets.rows], covers: { ...sets.covers, principals: 'all' } }
}

/** All assignments, or all in some accounts; those whose principal is gone are among them unless that takes many more calls. */
async function readAll(context: ReadContext, ground: Directories): Promise<Reading> {
  const { sets } = ground
  const { assignments: desired } = context.scope
  const some = typeof desired === 'string' ? undefined : desired
  const accounts = some ?? context.facts.accounts.map(({ id }) => id)
  if (some === undefined) {
    const way = await wayToAll(context, accounts, ground)
    tell(context, way)
    if (way.by === 'principal') {
      const { rows } = await readByPrincipal(context, everybody(ground), ground)
      return { rows, covers: { principals: 'all' } }
    }
  }
  if (accounts.length > sets.length) {
    const { rows, covers } = await readBySet(context, sets, true, some)
    return { rows, covers: some ? { accounts: new Set(some) } : covers }
  }
  const rows = await Promise.all(accounts.map((account) => rowsInAccount(context, account)))
  // Nobody can enter an account that has left the organization, and is on no list of it any more.
  return { rows: rows.flat(), covers: { accounts: some ? new Set(some) : 'all' } }
}

// Where there is nothing to read, no way to it is of interest.
function tell({ remark }: ReadContext, way: Way): void {
  if (!('calls' in way) || way.calls > 0) remark?.(wayWords(way))
}

async function readBySet(
  context: ReadContext,
  sets: readonly LiveSet[],
  all: boolean,
  accounts?: readonly string[],
): Promise<Reading> {
  const rows = await Promise.all(sets.map(({ arn }) => rowsOfSet(context, arn, accounts)))
  const known = new Set(sets.map(({ name }) => address('permission-set', name)))
  return { rows: rows.flat(), covers: { sets: all ? 'all' : known } }
}

async function readByPrincipal(
  context: ReadContext,
  principals: readonly Asked[],
  ground: Directory,
): Promise<Reading> {
  const rows = await Promise.all(principals.map((one) => rowsOfPrincipal(context, one)))
  return { rows: rows.flat(), covers: { principals: new Set(principals.map((one) => askedAddress(one, ground))) } }
}

function named(row: Row, sets: Names, { users, groups, facts }: Directories): [Address, Entry<'assignment'>] {
  const principals = row.PrincipalType === 'GROUP' ? groups : users
  const { PrincipalId: id = '', PermissionSetArn: arn = '', AccountId: account = '' } = row
  const spec = {
    permission_set: sets.get(arn) ?? arn,
    principal_type: row.PrincipalType === 'GROUP' ? ('group' as const) : ('user' as const),
    principal: principalName(id, principals),
    account,
  }
  return [addressOf(spec), { spec, ref: id, ...(isActive(account, facts) ? {} : { inert: true as const }) }]
}
