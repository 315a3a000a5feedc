import { pathsOf } from '../access/paths.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import type { Revocation } from '../manifest/types.ts'
import { type Address, address, nameOf } from '../model/address.ts'
import type { Facts } from '../model/facts.ts'
import type { State } from '../model/state.ts'
import { type Denials, everything, sessionsBefore } from './denial.ts'

/** The longest a role session can last, in milliseconds: after that no session from before is left (UG/howtosessionduration). */
const longestSession = 12 * 3_600_000

/** When a user's grants were withdrawn; undefined for a user who has them, also one whose old sessions alone were ended. */
export function revokedSince(user: string, { manifest }: LoadedManifest): string | undefined {
  const entry = manifest.revoked?.[user]
  return entry === undefined ? undefined : sinceOf(entry)
}

/** True for a user of the manifest's `revoked`, whether all access is withdrawn or old sessions alone are ended. */
export function isRevoked(user: string, { manifest }: LoadedManifest): boolean {
  return Object.hasOwn(manifest.revoked ?? {}, user)
}

/** Users whose grants are withdrawn. */
export function revokedUsers(loaded: LoadedManifest): ReadonlySet<string> {
  return new Set(Object.keys(loaded.manifest.revoked ?? {}).filter((user) => revokedSince(user, loaded)))
}

function sinceOf(entry: Revocation): string | undefined {
  return typeof entry === 'string' ? entry : entry.since
}

/** What is live and what was asked for, when denials are worked out. */
export interface Revoking {
  readonly manifest: LoadedManifest
  readonly facts: Facts
  readonly live: State
}

/**
 * What a declared set has to deny: a revoked user who holds it, and one who held it, until the longest session from before the denial
 * has passed. A set that the user does not hold denies nothing. Pure.
 */
export function denialsOf(set: Address, { manifest, facts, live }: Revoking): Denials {
  const rows = Object.entries(manifest.manifest.revoked ?? {}).flatMap(([user, entry]) => {
    const scope = scopeOf(entry, facts)
    const needed =
      scope !== undefined && live.user.has(address('user', user)) && isNeeded(set, user, entry, { facts, live })
    return needed ? [[user, scope]] : []
  })
  return Object.fromEntries(rows)
}

// Sessions that began before a time are over when the longest has passed, whatever the user holds now.
function scopeOf(entry: Revocation, { now }: Facts): string | undefined {
  if (sinceOf(entry) !== undefined) return everything
  const time = typeof entry === 'object' ? entry.sessions : undefined
  return time === undefined || isOver(time, now) ? undefined : sessionsBefore(time)
}

function isNeeded(set: Address, user: string, entry: Revocation, { facts, live }: Omit<Revoking, 'manifest'>): boolean {
  // A closed account may be reactivated, and what is held there is held again.
  const { paths, complete } = pathsOf(live, user)
  if (paths.some((path) => path.permission_set === nameOf(set))) return true
  const found = live['permission-set'].get(set)
  if (found?.spec.revoked?.[user] === undefined) return false
  // A path that could not be read may be there.
  if (!complete) return true
  const since = found.deniedSince?.[user] ?? sinceOf(entry)
  return since === undefined || !isOver(since, facts.now)
}

function isOver(time: string, now: Date): boolean {
  return now.getTime() > Date.parse(time) + longestSession
}
