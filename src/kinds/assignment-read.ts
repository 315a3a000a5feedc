import type { Item } from '../aws/operations.ts'
import type { Address } from '../model/address.ts'
import { address } from '../model/address.ts'
import type { Entry } from '../model/state.ts'
import { addressOf } from './assignment.ts'
import type { Look } from './kind.ts'
import { revokedSince } from './revocation.ts'
import { inScope, type LiveSet, liveSets } from './sets.ts'

/** Names by id. */
type Names = ReadonlyMap<string, string>

interface Principals {
  readonly users: Names
  readonly groups: Names
}

type Row = Pick<Item<'ListAccountAssignments'>, 'AccountId' | 'PermissionSetArn' | 'PrincipalType' | 'PrincipalId'>

/**
 * Live assignments of the sets in scope. No API lists them all, so the cheaper of two ways is taken: by principal (one call each) or
 * by set (one call a set and one a provisioned account). Only the second sees assignments whose principal is gone, so a set
 * that leaves is always read that way.
 */
export async function readAssignments(look: Look): Promise<Map<Address, Entry<'assignment'>>> {
  const [users, groups, sets] = await Promise.all([principals(look, 'USER'), principals(look, 'GROUP'), liveSets(look)])
  const scope = sets.filter((set) => inScope(look, set))
  const bySet = readsBySet(look, users.size + groups.size, scope)
  const leaving = scope.filter((set) => !look.desired['permission-set'].has(address('permission-set', set.name)))
  const asked = bySet || scope.length === 0 ? leavers(look, users, groups) : { users, groups }
  const rows = await Promise.all([
    rowsByPrincipal(look, asked),
    ...(bySet ? scope : leaving).map((set) => rowsBySet(look, set)),
  ])
  const names = new Map(sets.map((set) => [set.arn, set.name]))
  return new Map(rows.flat().map((row) => named(row, names, row.PrincipalType === 'GROUP' ? groups : users)))
}

// Whoever leaves or is revoked takes assignments along, also those of sets that the manifest does not name.
function leavers({ manifest: loaded, facts }: Look, users: Names, groups: Names): Principals {
  if (facts.caller?.delegated) return { users: new Map(), groups: new Map() }
  const { users: gone = [], groups: disbanded = [] } = loaded.manifest.absent ?? {}
  return {
    users: new Map([...users].filter(([, name]) => gone.includes(name) || revokedSince(name, loaded))),
    groups: new Map([...groups].filter(([, name]) => disbanded.includes(name))),
  }
}

// Only the management account may ask by principal.
function readsBySet(look: Look, principals: number, scope: readonly LiveSet[]): boolean {
  const byPrincipal = principals <= scope.length + expectedPairs(look, scope)
  return look.thorough || look.facts.caller?.delegated === true || !byPrincipal
}

function named(
  row: Row,
  sets: ReadonlyMap<string, string>,
  principals: ReadonlyMap<string, string>,
): [Address, Entry<'assignment'>] {
  const id = row.PrincipalId ?? ''
  const arn = row.PermissionSetArn ?? ''
  const spec = {
    permission_set: sets.get(arn) ?? arn,
    principal_type: row.PrincipalType === 'GROUP' ? ('group' as const) : ('user' as const),
    // An orphan has no name any more.
    principal: principals.get(id) ?? id,
    account: row.AccountId ?? '',
  }
  return [addressOf(spec), { spec, ref: id }]
}

// Answers for a user mix in what the user's groups hold; only the rows of the one who was asked about count.
async function rowsByPrincipal({ reader, facts }: Look, { users, groups }: Principals): Promise<Row[]> {
  const asked = [...ids(users, 'USER'), ...ids(groups, 'GROUP')]
  const answers = await Promise.all(
    asked.map(async ({ PrincipalId, PrincipalType }) => {
      const rows = await reader.list('ListAccountAssignmentsForPrincipal', {
        InstanceArn: facts.instance.arn,
        PrincipalId,
        PrincipalType,
      })
      return rows.filter((row) => row.PrincipalId === PrincipalId && row.PrincipalType === PrincipalType)
    }),
  )
  return answers.flat()
}

async function rowsBySet({ reader, facts }: Look, { arn }: LiveSet): Promise<Row[]> {
  const of = { InstanceArn: facts.instance.arn, PermissionSetArn: arn }
  const accounts = await reader.list('ListAccountsForProvisionedPermissionSet', of)
  const answers = await Promise.all(
    accounts.map((AccountId) => reader.list('ListAccountAssignments', { ...of, AccountId })),
  )
  return answers.flat()
}

// Where sets are provisioned is only known by asking; what the manifest wants is the best guess that costs nothing.
function expectedPairs({ desired }: Look, scope: readonly LiveSet[]): number {
  const live = new Set(scope.map((set) => set.name))
  const pairs = [...desired.assignment.values()].map(({ spec }) => spec).filter((spec) => live.has(spec.permission_set))
  return new Set(pairs.map((spec) => `${spec.permission_set} ${spec.account}`)).size
}

async function principals({ reader, facts }: Look, type: 'USER' | 'GROUP'): Promise<Map<string, string>> {
  const store = { IdentityStoreId: facts.instance.identity_store_id }
  if (type === 'USER')
    return new Map((await reader.list('ListUsers', store)).map((one) => [one.UserId ?? '', one.UserName ?? '']))
  return new Map((await reader.list('ListGroups', store)).map((one) => [one.GroupId ?? '', one.DisplayName ?? '']))
}

function ids<T extends 'USER' | 'GROUP'>(principals: ReadonlyMap<string, string>, PrincipalType: T) {
  return [...principals.keys()].map((PrincipalId) => ({ PrincipalId, PrincipalType }))
}
