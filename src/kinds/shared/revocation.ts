import { limitsOf } from '../../access/delegate.ts'
import { groupsOf } from '../../access/known.ts'
import { assignmentsByPrincipal } from '../../access/lookup.ts'
import { type Path, pathsOf } from '../../access/paths.ts'
import type { LoadedManifest } from '../../manifest/load.ts'
import type { Revocation } from '../../manifest/types.ts'
import {
  type Address,
  address,
  assignmentAddress,
  assignmentParts,
  membershipAddress,
  nameOf,
} from '../../model/address.ts'
import { ownValue } from '../../model/json.ts'
import { ignoreAssignments } from '../assignment/ignore.ts'
import type { LiveContext } from '../contexts.ts'
import { ignoreMemberships } from '../membership/ignore.ts'
import { type Denials, everything, isUserId, sessionsBefore, whileHeld } from '../permission-set/denial.ts'
import { listedAsAbsent } from './absent.ts'

/** The longest a role session can last, in milliseconds: after that no session from before is left (UG/howtosessionduration). */
const longestSession = 12 * 3_600_000

/** When a user's grants were withdrawn; undefined for a user who has them, also one whose old sessions alone were ended. */
export function revokedSince(user: string, { manifest }: LoadedManifest): string | undefined {
  const entry = ownValue(manifest.revoked, user)
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

/**
 * What a declared set has to deny: a revoked user who holds it or is about to, through a group that is granted it, and one who held it, until
 * the longest session from before the denial has passed. A set that the user does not hold denies nothing. Pure.
 */
export function denialsOf(set: Address, states: LiveContext): Denials {
  const rows = Object.entries(states.manifest.manifest.revoked ?? {}).flatMap(([user, entry]) => {
    if (!states.live.user.has(address('user', user))) return []
    const scope =
      sinceOf(entry) === undefined ? scopeOfSessions(set, user, entry, states) : scopeOf(set, user, entry, states)
    return scope === undefined ? [] : [[user, scope]]
  })
  return Object.fromEntries([...rows, ...ofUsersWhoAreGone(set, states)])
}

// Sessions outlive their user. Whoever is gone is known by the id alone.
function ofUsersWhoAreGone(set: Address, { live, facts }: LiveContext): (readonly [string, string])[] {
  const found = live['permission-set'].get(set)
  return Object.entries(found?.spec.revoked ?? {}).flatMap(([id, scope]) => {
    if (!isUserId(id) || live.user.has(address('user', id))) return []
    if (scope === whileHeld) return [[id, everything] as const]
    const since = ownValue(found?.deniedSince, id)
    return scope === everything && since !== undefined && !isOver(since, facts.now) ? [[id, scope] as const] : []
  })
}

// Sessions that began before a time are over when the longest has passed, whatever the user holds now.
function scopeOfSessions(set: Address, user: string, entry: Revocation, states: LiveContext): string | undefined {
  const time = typeof entry === 'object' ? entry.sessions : undefined
  if (time === undefined || isOver(time, states.facts.now)) return undefined
  const isHeld = waysTo(set, user, states).length > 0 || standingDenial(set, user, states) !== undefined
  return isHeld || isAboutToHold(set, user, states) ? sessionsBefore(time) : undefined
}

function scopeOf(set: Address, user: string, entry: Revocation, states: LiveContext): string | undefined {
  const ways = waysTo(set, user, states)
  if (isAboutToHold(set, user, states) || ways.some((path) => staysOpen(path, states))) return whileHeld
  if (ways.length > 0) return everything
  const standing = standingDenial(set, user, states)
  if (standing === undefined) return heldLately(set, entry, states) ? everything : undefined
  // A path that could not be read may be there.
  if (!pathsOf(states.live, user).complete) return standing
  // Sessions could begin until a moment ago, and what ends them has to outlast them.
  if (standing === whileHeld) return everything
  const since = ownValue(states.live['permission-set'].get(set)?.deniedSince, user) ?? sinceOf(entry)
  return since !== undefined && isOver(since, states.facts.now) ? undefined : everything
}

function waysTo(set: Address, user: string, { live }: LiveContext): readonly Path[] {
  return pathsOf(live, user).paths.filter(({ permission_set }) => permission_set === nameOf(set))
}

function standingDenial(set: Address, user: string, { live }: LiveContext): string | undefined {
  return ownValue(live['permission-set'].get(set)?.spec.revoked, user)
}

// A denial that failed should have ended what is recorded as removed. What a group holds today says nothing about whoever left it before.
function heldLately(set: Address, entry: Revocation, { facts }: LiveContext): boolean {
  if (typeof entry === 'string' || entry.since === undefined || isOver(entry.since, facts.now)) return false
  return (entry.taken ?? []).some((at) => assignmentParts(at)?.set === nameOf(set))
}

// A closed account may be reactivated, and what is held there is held again.
function staysOpen({ user, group, permission_set, account }: Path, states: LiveContext): boolean {
  const { manifest, live, facts } = states
  const principal =
    group === undefined ? ({ type: 'user', name: user } as const) : ({ type: 'group', name: group } as const)
  const at = assignmentAddress({ set: permission_set, principal, account })
  const entry = live.assignment.get(at)
  if (!entry || entry.inert || ignoreAssignments.names(at, entry, manifest.manifest))
    return group === undefined || staysIn(group, user, states)
  if (group !== undefined) return staysIn(group, user, states) && !isPruned(at, permission_set, states)
  return limitsOf(live, facts).bars(entry.spec)
}

// What the same plan removes, because the file is the whole truth for the sets it declares.
function isPruned(at: Address, set: string, { manifest, allDesired, isWhole }: LiveContext): boolean {
  const declared = allDesired?.['permission-set'].get(address('permission-set', set))
  if (!allDesired || !isWhole || !declared || declared.external || !manifest.manifest.assignments) return false
  return !allDesired.assignment.has(at)
}

// A group that the user stays in hands on what it is granted by the same plan.
function isAboutToHold(set: Address, user: string, { manifest, live, allDesired }: LiveContext): boolean {
  if (!allDesired) return false
  const granted = assignmentsByPrincipal(allDesired.assignment)
  return groupsOf(live, user)
    .groups.filter((group) => staysIn(group, user, { manifest, live }))
    .some((group) => granted.get(`group ${group}`)?.some((spec) => spec.permission_set === nameOf(set)))
}

function staysIn(group: string, user: string, { manifest, live }: Pick<LiveContext, 'manifest' | 'live'>): boolean {
  if (listedAsAbsent('groups', address('group', group), manifest)) return false
  const at = membershipAddress(group, user)
  const entry = live.membership.get(at)
  const isProvisioned = live.group.get(address('group', group))?.provisioned === true
  return isProvisioned || (entry !== undefined && ignoreMemberships.names(at, entry, manifest.manifest))
}

/** True when no role session from before a time can be left. */
export function isOver(time: string, now: Date): boolean {
  return now.getTime() > Date.parse(time) + longestSession
}
