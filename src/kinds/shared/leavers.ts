import { type Address, address } from '../../model/address.ts'
import type { Principal } from '../../model/specs.ts'
import type { ReadContext } from '../contexts.ts'
import { groupsOf } from '../membership/read.ts'
import type { Directory } from './directory.ts'

/** A user or a group as requests name one. */
export interface Asked {
  readonly type: 'USER' | 'GROUP'
  readonly id: string
}

/**
 * Whoever leaves or is revoked takes along also what the manifest does not name, and a revoked user may hold more through groups, which are among
 * these.
 */
export async function leaversOf(context: ReadContext, { users, groups }: Directory): Promise<readonly Asked[]> {
  const { scope } = context
  const gone = (type: Principal['type'], names: ReadonlyMap<string, string>) =>
    [...names].filter(([, name]) => scope.everythingOf(type, name)).map(([id]) => id)
  const people = gone('user', users)
  const memberships = await Promise.all(people.map((id) => groupsOf(context, id)))
  const through = memberships.flat().map(({ GroupId = '' }) => GroupId)
  return [
    ...people.map((id): Asked => ({ type: 'USER', id })),
    ...[...new Set([...gone('group', groups), ...through])].map((id): Asked => ({ type: 'GROUP', id })),
  ]
}

/** The address of a user or a group; whoever is gone has the id for a name. Pure. */
export function askedAddress({ type, id }: Asked, { users, groups }: Directory): Address {
  return type === 'USER' ? address('user', users.get(id) ?? id) : address('group', groups.get(id) ?? id)
}
