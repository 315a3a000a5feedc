import type { LoadedManifest } from '../manifest/load.ts'
import { type Address, kindOf } from '../model/address.ts'
import type { KindName } from '../model/specs.ts'
import { kindNames } from './index.ts'

/** What a plan for some addresses is made from. */
export interface Targeted {
  readonly manifest: LoadedManifest
  readonly kinds: ReadonlySet<KindName>
  /** False for what is live and may well be declared, in the part that was left out. */
  isCompared(at: Address): boolean
}

const inDirectory = /^(?:user|group|membership)\/./

/** Kinds that a change of users, groups and memberships never waits for, and that never come along with one. */
const apart: readonly KindName[] = ['permission-set', 'sso-session', 'profile', 'shell']

/**
 * The manifest without what a plan for addresses does not depend on, so that it need not be read; undefined where it may depend on all of
 * it. Users, groups and their members are planned alike whether or not the manifest says who holds which permission set: what somebody gains
 * or loses is asked for when a change turns out to concern it, and a user who leaves is asked about in any case. Pure.
 */
export function targetedAt(
  targets: readonly string[],
  loaded: LoadedManifest,
  selected: ReadonlySet<KindName>,
): Targeted | undefined {
  const { permission_sets: sets, assignments = [], local: _local, ...manifest } = loaded.manifest
  const isAbout = targets.length > 0 && targets.every((one) => inDirectory.test(one))
  // What is protected, revoked or limited is told from all of it.
  if (!isAbout || !(sets || assignments.length > 0) || loaded.bounds || manifest.revoked || isProtecting(loaded))
    return undefined
  const kinds = kindNames.filter((name) => selected.has(name) && !apart.includes(name))
  return { manifest: { ...loaded, manifest }, kinds: new Set(kinds), isCompared: (at) => kindOf(at) !== 'assignment' }
}

function isProtecting({ manifest }: LoadedManifest): boolean {
  const { users = {}, groups = {}, permission_sets = {}, assignments = [], applications = {} } = manifest
  return [users, groups, permission_sets, assignments, applications].some((section) =>
    Object.values<{ readonly protect?: boolean }>(section).some(({ protect }) => protect),
  )
}
