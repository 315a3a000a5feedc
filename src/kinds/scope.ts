import type { LoadedManifest } from '../manifest/load.ts'
import { address } from '../model/address.ts'
import type { Facts } from '../model/facts.ts'
import type { State } from '../model/state.ts'
import { isRevoked } from './revocation.ts'
import { heirOf } from './was.ts'

/** How much of a permission set is read: its name and header, besides that what it allows, or all of it. */
export type Depth = 'header' | 'rights' | 'whole'

/** How much of what is live a look reads. */
export interface Scope {
  depthOf(set: { readonly name: string; readonly mark: string | undefined }): Depth
  /** False where nobody asks whose the permission sets are. */
  readonly marks: boolean
  /** True for a group whose members are read. */
  membersOf(group: string): boolean
  /** True for a user or a group whose memberships and assignments are read wherever they are. */
  everythingOf(type: 'user' | 'group', name: string): boolean
  /** Assignments: of the permission sets that are read in full, all there are, or all in some accounts by their ids. */
  readonly assignments: 'of sets' | 'all' | readonly string[]
  /** Read what the cheaper ways cannot see: assignments whose principal is gone. */
  readonly thorough: boolean
}

/** What a plan has to see: what the manifest names, what this manifest owns, and whatever goes along with what leaves. */
export function planScope(loaded: LoadedManifest, facts: Facts, desired: State, thorough: boolean): Scope {
  const { groups = {}, absent = {} } = loaded.manifest
  const leaves = { user: absent.users ?? [], group: absent.groups ?? [] }
  return {
    depthOf: ({ name, mark }) => (concerns(name, mark, loaded, facts, desired) ? 'whole' : 'header'),
    marks: true,
    membersOf: (name) => groups[name] !== undefined || leaves.group.includes(name),
    everythingOf: (type, name) => leaves[type].includes(name) || (type === 'user' && isRevoked(name, loaded)),
    assignments: 'of sets',
    thorough,
  }
}

function concerns(name: string, mark: string | undefined, loaded: LoadedManifest, facts: Facts, desired: State) {
  return (
    desired['permission-set'].has(address('permission-set', name)) ||
    mark === facts.owner ||
    heirOf('permission_sets', name, loaded) !== undefined ||
    Boolean(loaded.manifest.absent?.permission_sets?.includes(name))
  )
}

/** What is needed to know who may do everything in an account, and what revoked users hold; the rest is read when it turns out to matter. */
export function watchScope(loaded: LoadedManifest, account: string | undefined): Scope {
  return {
    depthOf: () => 'header',
    marks: false,
    membersOf: () => false,
    everythingOf: (type, name) => type === 'user' && isRevoked(name, loaded),
    assignments: account === undefined ? [] : [account],
    thorough: false,
  }
}

/** Everything there is. */
export function wholeScope(depth: 'rights' | 'whole', accounts?: readonly string[]): Scope {
  return {
    depthOf: () => depth,
    marks: depth === 'whole',
    membersOf: () => true,
    everythingOf: () => false,
    assignments: accounts ?? 'all',
    thorough: true,
  }
}
