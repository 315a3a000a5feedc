import { address } from '../model/address.ts'
import { ownValue } from '../model/json.ts'
import type { State } from '../model/state.ts'
import { reachOf } from '../policies/everything.ts'
import { assignmentsRead } from './known.ts'
import { assignmentsByAccount, inertAccounts } from './lookup.ts'
import { type Path, pathsThrough } from './paths.ts'
import { policiesIn } from './policies.ts'

/** That somebody may do everything in an account, through one permission set. */
export interface Claim {
  /** A user name, or words for people who were not read. */
  readonly who: string
  /** Name of the permission set; absent where it was not read which. */
  readonly set?: string
  /** True when nothing is known that could stand in the way: no boundary, no Deny, no older version still in place. */
  readonly sure: boolean
}

/** What is said of a permission set in an account. */
type Level = 'sure' | 'possible' | 'none'

/**
 * Everybody who may do everything in an account: what was not read may give it too. Disabled users and users whom a revocation denies
 * do not count, and nobody can sign in yet as a user that is only being created. Pure.
 */
export function claimsOn(state: State, account: string): readonly Claim[] {
  const known = remembered.get(state) ?? new Map<string, readonly Claim[]>()
  remembered.set(state, known)
  const claims = known.get(account) ?? workOut(state, account)
  known.set(account, claims)
  return claims
}

// A plan asks of each of its states twice: as what is before one change and after another.
const remembered = new WeakMap<State, Map<string, readonly Claim[]>>()

function workOut(state: State, account: string): readonly Claim[] {
  const assignments = assignmentsByAccount(state.assignment).get(account) ?? []
  const seen = assignments.flatMap((spec) => {
    const level = levelOf(state, spec.permission_set, account)
    if (level === 'none') return []
    const { paths, complete } = pathsThrough(state, spec)
    const known = paths
      .filter((path) => counts(state, path))
      .map(({ user, permission_set: set }) => ({ who: user, set, sure: level === 'sure' }))
    return complete ? known : [...known, { who: `others in ${spec.principal}`, set: spec.permission_set, sure: false }]
  })
  return [...seen, ...unread(state, account)]
}

// Whoever is in a group whose grants were not read may do anything.
function unread(state: State, account: string): Claim[] {
  if (assignmentsRead(state, { account })) return []
  const blank = (group: string) => !assignmentsRead(state, { principal: address('group', group), account })
  return [...state.membership.values()]
    .map(({ spec }) => spec)
    .filter(({ group, user }) => blank(group) && canSignIn(state, user))
    .map(({ group, user }) => ({ who: `${user} through ${group}`, sure: false }))
}

/** What a set allows in an account. Where an older version is in place, that one counts, and nobody knows it. */
function levelOf(state: State, name: string, account: string): Level {
  const set = state['permission-set'].get(address('permission-set', name))
  if (set?.spec.outdated_in?.includes(account)) return 'possible'
  const { everything, bounded, limited, unread } = reachOf(policiesIn(state, name))
  if (!everything) return unread ? 'possible' : 'none'
  return bounded || limited ? 'possible' : 'sure'
}

function counts(state: State, { user, permission_set, account }: Path): boolean {
  return canSignIn(state, user) && !isDenied(state, { user, permission_set, account })
}

/** True for a user who exists and is not disabled. */
function canSignIn(state: State, user: string): boolean {
  return state.user.get(address('user', user))?.disabled === false
}

/**
 * True when a revocation denies the user everything the set gives in the account. A denial that was written after an account was closed
 * never reached it.
 */
export function isDenied(state: State, { user, permission_set, account }: Omit<Path, 'group'>): boolean {
  const spec = state['permission-set'].get(address('permission-set', permission_set))?.spec
  const reaches = !spec?.outdated_in?.includes(account) && !inertAccounts(state.assignment).has(account)
  return ownValue(spec?.revoked, user)?.startsWith('everything') === true && reaches
}
