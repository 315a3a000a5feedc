import type { Item } from '../../aws/operations.ts'
import type { ReadContext } from '../contexts.ts'
import { renamedTo } from './renamed.ts'
import { usersOf } from './users.ts'

/** Names by id. */
export type Names = ReadonlyMap<string, string>

/** Users and groups by id, as the manifest calls them. */
export interface Directory {
  readonly users: Names
  readonly groups: Names
}

/** Who is in the directory. A group that is about to be renamed already has its new name here: its id tells what it is. */
export async function directory(context: ReadContext): Promise<Directory> {
  const [{ rows: users }, groups] = await Promise.all([
    usersOf(context),
    context.reader.list('ListGroups', storeOf(context)),
  ])
  return {
    users: new Map(users.map(({ UserId = '', UserName = '' }) => [UserId, UserName])),
    groups: new Map(groups.map((one) => [one.GroupId ?? '', groupName(one, groups, context)])),
  }
}

/** What a live group is called in the manifest: the new name where `was` renames it, unless a group has that name already. */
export function groupName(
  { DisplayName = '' }: Item<'ListGroups'>,
  all: readonly Item<'ListGroups'>[],
  { manifest }: Pick<ReadContext, 'manifest'>,
): string {
  const successor = renamedTo('groups', DisplayName, manifest)
  return successor === undefined || all.some((one) => one.DisplayName === successor) ? DisplayName : successor
}

/** The identity store as requests name it. */
export function storeOf({ facts }: Pick<ReadContext, 'facts'>): { readonly IdentityStoreId: string } {
  return { IdentityStoreId: facts.instance.identity_store_id }
}
