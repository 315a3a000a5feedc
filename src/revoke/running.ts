import { limitsOf } from '../access/delegate.ts'
import { type Path, pathsOf } from '../access/paths.ts'
import { denialsOf, isOver, revokedSince } from '../kinds/shared/revocation.ts'
import { parseDuration } from '../manifest/duration.ts'
import { address } from '../model/address.ts'
import { accountLabel, inactiveWords, isActive } from '../model/facts.ts'
import { ownValue } from '../model/json.ts'
import type { CarriedOut } from './carried-out.ts'
import { earlierPaths } from './earlier.ts'

/** Role sessions of one permission set in one account that nothing denies. */
export interface RunningSessions {
  readonly permission_set: string
  /** 12-digit id. */
  readonly account: string
  readonly account_label: string
  /** Longest session of the role, as `8h`. */
  readonly session_duration: string
  /** When the last of them ends at the latest; absent where an earlier run took the grant away, nobody knows when. */
  readonly until?: Date
  /** "sso.yaml does not declare it". */
  readonly because: string
}

/** The longest a role session can last (UG/howtosessionduration). */
const longest = '12h'

/**
 * Role sessions that the user may have begun before, and that go on. Where a path is still open, new ones can begin as well, which is
 * told of the path. Source: UG/authconcept.
 */
export function runningSessions(done: CarriedOut): readonly RunningSessions[] {
  const { user, before, after, sessionsOnly } = done
  const open = new Set(sessionsOnly ? [] : pathsOf(after, user).paths.map(key))
  const held = new Map(pathsOf(before, user).paths.map((path) => [key(path), path]))
  const earlier = new Map(closedBefore(done).map((path) => [key(path), path]))
  return [...new Map([...earlier, ...held])]
    .filter(([at, path]) => !open.has(at) && !deniesSessions(path, done))
    .map(([at, path]) => running(path, done, held.has(at)))
}

function closedBefore({ user, sessionsOnly, isStanding, manifest, facts, after }: CarriedOut): readonly Path[] {
  const since = revokedSince(user, manifest)
  // Whoever removed the grants did so soon after the revocation was recorded.
  if (!isStanding || sessionsOnly || since === undefined || isOver(since, facts.now)) return []
  return earlierPaths({ user, manifest, facts, live: after })
}

function key({ permission_set, account }: Path): string {
  return `${permission_set} ${account}`
}

/** True when a set denies sessions of the user that began before, in an account that has the denial. */
function deniesSessions({ user, permission_set, account }: Path, { after, facts }: CarriedOut): boolean {
  const spec = after['permission-set'].get(address('permission-set', permission_set))?.spec
  return (
    ownValue(spec?.revoked, user) !== undefined && !spec?.outdated_in?.includes(account) && isActive(account, facts)
  )
}

function running(path: Path, done: CarriedOut, wasOpen: boolean): RunningSessions {
  const { permission_set, account } = path
  const { facts, after, before } = done
  const at = address('permission-set', permission_set)
  const found = after['permission-set'].get(at) ?? before['permission-set'].get(at)
  const session_duration = found?.spec.session_duration ?? longest
  return {
    permission_set,
    account,
    account_label: accountLabel(account, facts),
    session_duration,
    ...(wasOpen
      ? { until: new Date(facts.now.getTime() + (parseDuration(session_duration) ?? 12 * 3600) * 1000) }
      : {}),
    because: whyNotDenied(path, done),
  }
}

// What the set would deny if there were room for it.
function deniedOf({ user, permission_set }: Path, { manifest, facts, before }: CarriedOut): boolean {
  const denials = denialsOf(address('permission-set', permission_set), { manifest, facts, live: before })
  return ownValue(denials, user) !== undefined
}

function whyNotDenied(path: Path, done: CarriedOut): string {
  const { user, permission_set, account } = path
  const { manifest, outcomes, after, desired, facts } = done
  const at = address('permission-set', permission_set)
  const label = accountLabel(account, facts)
  if (!isActive(account, facts))
    return `account ${label} ${inactiveWords(account, facts)}, so nothing can be changed in it`
  const declared = manifest.manifest.permission_sets?.[permission_set]
  if (!declared) return `${manifest.file} does not declare it`
  if (limitsOf(after, facts).sets.has(at)) return 'a delegated administrator cannot change it'
  if (declared.external) return `it is external in ${manifest.file}`
  const outcome = outcomes.get(at)
  const why = outcome && outcome.result !== 'done' ? `: ${outcome.message.replace(/\.$/, '')}` : ''
  if (after['permission-set'].get(at)?.spec.outdated_in?.includes(account))
    return `the denial has not reached ${label}${why}`
  if (why) return `the denial was not written${why}`
  const denial = desired['permission-set'].get(at)?.spec.revoked?.[user]
  if (denial) return 'the denial is missing'
  return deniedOf(path, done) ? 'its inline policy has no room for the denial' : 'nothing denies those sessions'
}
