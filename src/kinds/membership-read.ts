import type { Item } from '../aws/operations.ts'
import { type Address, address, membershipAddress } from '../model/address.ts'
import type { Entry } from '../model/state.ts'
import { directory, type Names, storeOf } from './directory.ts'
import type { Look, Observation } from './kind.ts'

type Row = Item<'ListGroupMemberships'>

/** Members of the groups in scope, and the groups of everybody who leaves or is revoked. */
export async function observeMemberships(look: Look): Promise<Observation<'membership'>> {
  const { users, groups } = await directory(look)
  const concerned = [...groups].filter(([, name]) => look.scope.membersOf(name))
  const leavers = [...users].filter(([, name]) => look.scope.everythingOf('user', name))
  const [byGroup, byUser] = await Promise.all([
    Promise.all(concerned.map(([id]) => membersOf(look, id))),
    Promise.all(leavers.map(([id]) => groupsOf(look, id))),
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
export function membersOf(look: Look, GroupId: string): Promise<readonly Row[]> {
  return look.reader.list('ListGroupMemberships', { ...storeOf(look), GroupId })
}

/** Groups of one user by id: one call. */
export function groupsOf(look: Look, UserId: string): Promise<readonly Row[]> {
  return look.reader.list('ListGroupMembershipsForMember', { ...storeOf(look), MemberId: { UserId } })
}

/** A row as an entry of a state; a user who no longer exists is known by id. */
export function membershipOf(row: Row, users: Names, groups: Names): [Address, Entry<'membership'>] {
  const id = row.MemberId?.UserId ?? ''
  const spec = { group: groups.get(row.GroupId ?? '') ?? row.GroupId ?? '', user: users.get(id) ?? id }
  return [membershipAddress(spec.group, spec.user), { spec, ref: row.MembershipId ?? '' }]
}
