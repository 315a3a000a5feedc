import type { Item } from '../../aws/operations.ts'
import { type Address, address, membershipAddress } from '../../model/address.ts'
import type { Entry } from '../../model/state.ts'
import type { Observation, ReadContext } from '../contexts.ts'
import { directory, type Names, storeOf } from '../shared/directory.ts'

type Row = Item<'ListGroupMemberships'>

/** Members of the groups in scope, and the groups of everybody who leaves or is revoked. */
export async function observeMemberships(context: ReadContext): Promise<Observation<'membership'>> {
  const { users, groups } = await directory(context)
  const concerned = [...groups].filter(([, name]) => context.scope.membersOf(name))
  const leavers = [...users].filter(([, name]) => context.scope.everythingOf('user', name))
  const [byGroup, byUser] = await Promise.all([
    Promise.all(concerned.map(([id]) => membersOf(context, id))),
    Promise.all(leavers.map(([id]) => groupsOf(context, id))),
  ])
  const rows = [...byGroup.flat(), ...byUser.flat()]
  const named = (kind: 'group' | 'user', list: readonly (readonly [string, string])[]) =>
    new Set(list.map(([, name]) => address(kind, name)))
  return {
    entries: new Map(rows.map((row) => membershipOf(row, users, groups))),
    covers: {
      members: concerned.length === groups.size ? 'all' : named('group', concerned),
      memberships: named('user', leavers),
    },
  }
}

/** Members of one group by its id: one call. */
export function membersOf(context: ReadContext, GroupId: string): Promise<readonly Row[]> {
  return context.reader.list('ListGroupMemberships', { ...storeOf(context), GroupId })
}

/** Groups of one user by id: one call. */
export function groupsOf(context: ReadContext, UserId: string): Promise<readonly Row[]> {
  return context.reader.list('ListGroupMembershipsForMember', { ...storeOf(context), MemberId: { UserId } })
}

/** A row as an entry of a state; a user who no longer exists is known by id. */
export function membershipOf(row: Row, users: Names, groups: Names): [Address, Entry<'membership'>] {
  const id = row.MemberId?.UserId ?? ''
  const spec = { group: groups.get(row.GroupId ?? '') ?? row.GroupId ?? '', user: users.get(id) ?? id }
  return [membershipAddress(spec.group, spec.user), { spec, ref: row.MembershipId ?? '' }]
}
