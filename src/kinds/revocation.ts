import { groupsOf } from '../access/known.ts'
import { assignmentsByPrincipal } from '../access/lookup.ts'
import { pathsOf } from '../access/paths.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import type { Revocation } from '../manifest/types.ts'
import { type Address, address, membershipAddress, nameOf } from '../model/address.ts'
import { type Diagnostic, warning } from '../model/diagnostic.ts'
import type { Facts } from '../model/facts.ts'
import { ownValue } from '../model/json.ts'
import type { State } from '../model/state.ts'
import { type Denials, everything, sessionsBefore } from './denial.ts'
import { ignored } from './ignore.ts'
import type { Live } from './kind.ts'

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
export function denialsOf(set: Address, states: Live): Denials {
  const rows = Object.entries(states.manifest.manifest.revoked ?? {}).flatMap(([user, entry]) => {
    const scope = scopeOf(entry, states.facts)
    const needed =
      scope !== undefined && states.live.user.has(address('user', user)) && isNeeded(set, user, entry, states)
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

function isNeeded(set: Address, user: string, entry: Revocation, states: Live): boolean {
  const { facts, live } = states
  // A closed account may be reactivated, and what is held there is held again.
  const { paths, complete } = pathsOf(live, user)
  if (isAboutToHold(set, user, states)) return true
  if (paths.some((path) => path.permission_set === nameOf(set))) return true
  const found = live['permission-set'].get(set)
  if (!found || ownValue(found.spec.revoked, user) === undefined) return false
  // A path that could not be read may be there.
  if (!complete) return true
  const since = ownValue(found.deniedSince, user) ?? sinceOf(entry)
  return since === undefined || !isOver(since, facts.now)
}

// A group that the user stays in hands on what it is granted by the same plan.
function isAboutToHold(set: Address, user: string, { manifest, live, wanted }: Live): boolean {
  if (!wanted) return false
  const granted = assignmentsByPrincipal(wanted.assignment)
  return groupsOf(live, user)
    .groups.filter((group) => staysIn(group, user, { manifest, live }))
    .some((group) => granted.get(`group ${group}`)?.some((spec) => spec.permission_set === nameOf(set)))
}

function staysIn(group: string, user: string, { manifest, live }: Pick<Live, 'manifest' | 'live'>): boolean {
  const at = membershipAddress(group, user)
  const entry = live.membership.get(at)
  const isProvisioned = live.group.get(address('group', group))?.provisioned === true
  return isProvisioned || (entry !== undefined && ignored(at, entry, manifest))
}

function isOver(time: string, now: Date): boolean {
  return now.getTime() > Date.parse(time) + longestSession
}

/** Names under `revoked` that no user has: a misspelt one would revoke nobody, and nothing else would say so. Pure. */
export function revokedNobody({ manifest, live, desired }: Live & { readonly desired: State }): Diagnostic[] {
  const names = [...live.user.keys()].map(nameOf)
  const missing = Object.keys(manifest.manifest.revoked ?? {}).filter(
    (name) => !live.user.has(address('user', name)) && !desired.user.has(address('user', name)),
  )
  return missing.map((name) => {
    const twin = names.find((one) => one.toLowerCase() === name.toLowerCase())
    const at = manifest.position(['revoked', name], 'key')
    return warning(
      'revoked-unknown',
      `${name} is revoked, but Identity Center has no such user${twin ? `; ${twin} exists` : ''}`,
      {
        hint: twin
          ? `write ${twin}: names count letter by letter`
          : 'correct the name, or remove the entry when the user is gone for good',
        ...(at ? { at } : {}),
      },
    )
  })
}
