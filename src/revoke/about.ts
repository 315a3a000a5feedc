import { type Limits, limitsOf } from '../access/delegate.ts'
import { emptyState } from '../kinds/states.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import type { Revocation } from '../manifest/types.ts'
import type { ApplicationAssignmentSpec, AssignmentSpec, KindName } from '../model/specs.ts'
import type { Entries, Entry, State } from '../model/state.ts'
import type { PlanInput } from '../plan/diff.ts'

/** Kinds that a revocation changes. */
export const kindsOfAccess: ReadonlySet<KindName> = new Set([
  'membership',
  'permission-set',
  'assignment',
  'application-assignment',
])

/** What one user is to be granted. */
export type Grants = Pick<State, 'membership' | 'assignment' | 'application-assignment'>

/** The manifest with a user revoked, or, without an entry, no longer revoked. Pure. */
export function withRevoked(loaded: LoadedManifest, user: string, entry?: Revocation): LoadedManifest {
  const { [user]: _standing, ...others } = loaded.manifest.revoked ?? {}
  const revoked = { ...others, ...(entry === undefined ? {} : { [user]: entry }) }
  const { revoked: _before, ...manifest } = loaded.manifest
  return { ...loaded, manifest: { ...manifest, ...(Object.keys(revoked).length > 0 ? { revoked } : {}) } }
}

/** Both sides narrowed to what one user may do: everything else is desired as it is, so that nothing else stands in the way. Pure. */
export function aboutUser(input: PlanInput, user: string, grants: Grants): PlanInput {
  const { desired, live, facts } = input
  const limits = limitsOf(live, facts)
  const others = grantsOfOthers(live, user)
  return {
    ...input,
    desired: {
      ...emptyState(),
      'permission-set': setsDenying({ desired, live, limits }, user),
      membership: new Map([...others.membership, ...grants.membership]),
      assignment: withinLimits(live.assignment, new Map([...others.assignment, ...grants.assignment]), limits),
      'application-assignment': new Map([...others['application-assignment'], ...grants['application-assignment']]),
    },
    selected: kindsOfAccess,
  }
}

/** What of a state one user is granted: memberships, and assignments to the user. Pure. */
export function grantsOf(grants: Grants, user: string): Grants {
  return filteredGrants(grants, (is) => is(user))
}

function grantsOfOthers(grants: Grants, user: string): Grants {
  return filteredGrants(grants, (is) => !is(user))
}

type Is = (user: string) => boolean

function filteredGrants(grants: Grants, keeps: (is: Is) => boolean): Grants {
  const { membership, assignment, 'application-assignment': applications } = grants
  return {
    membership: new Map([...membership].filter(([, { spec }]) => keeps((user) => spec.user === user))),
    assignment: new Map([...assignment].filter(([, { spec }]) => keeps((user) => isDirect(spec, user)))),
    'application-assignment': new Map(
      [...applications].filter(([, { spec }]) => keeps((user) => isDirect(spec, user))),
    ),
  }
}

function isDirect({ principal_type, principal }: AssignmentSpec | ApplicationAssignmentSpec, user: string): boolean {
  return principal_type === 'user' && principal === user
}

// What the caller may not change stays as it is, and the rest is done: what can be taken away is.
function withinLimits(
  live: Grants['assignment'],
  desired: Grants['assignment'],
  { bars }: Limits,
): Grants['assignment'] {
  const barred = (entries: Grants['assignment'], is: boolean) =>
    [...entries].filter(([, { spec }]) => bars(spec) === is)
  return new Map([...barred(desired, false), ...barred(live, true)])
}

interface Denying {
  readonly desired: State
  readonly live: State
  readonly limits: Limits
}

function setsDenying({ desired, live, limits }: Denying, user: string): Entries<'permission-set'> {
  return new Map(
    [...live['permission-set']].map(([at, entry]) => {
      const declared = desired['permission-set'].get(at)
      // What the manifest does not write into, this does not write into either.
      if (!declared || declared.external || limits.sets.has(at)) return [at, { ...entry, external: true }]
      return [at, { spec: denying(entry, declared, user), ...(declared.at ? { at: declared.at } : {}) }]
    }),
  )
}

// A set that is to deny the user has to do so in every account, also where an older version is still in place.
function denying(
  { spec }: Entry<'permission-set'>,
  declared: Entry<'permission-set'>,
  user: string,
): Entry<'permission-set'>['spec'] {
  const { revoked: standing = {}, outdated_in, ...rest } = spec
  const { [user]: _mine, ...others } = standing
  const scope = declared.spec.revoked?.[user]
  const revoked = { ...others, ...(scope === undefined ? {} : { [user]: scope }) }
  return {
    ...rest,
    ...(Object.keys(revoked).length > 0 ? { revoked } : {}),
    ...(scope === undefined && outdated_in ? { outdated_in } : {}),
  }
}
