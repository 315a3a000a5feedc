import type { Found, Handover, Verdict } from '../../kinds/adoption.ts'
import { type Address, address, nameOf } from '../../model/address.ts'
import type { AssignmentSpec } from '../../model/specs.ts'
import type { Entries, State } from '../../model/state.ts'
import type { Match } from './match.ts'

/** What is to be written: the part of what was found that Terraform manages, and what has to come along. */
export interface Narrowed {
  readonly found: Found
  readonly verdicts: ReadonlyMap<string, Verdict>
  /** Permission sets that the file is to say in full. */
  readonly owned: ReadonlySet<Address>
}

/**
 * Narrows what was found to what states manage. A permission set that the file says in full needs all of its assignments, and a group with
 * members all of them, for a plan would remove what is left out. Whoever is only referred to is looked up. `spared` are sets that cannot be
 * said in full, and how they are treated. Pure.
 */
export function narrowed(
  found: Found,
  matches: readonly Match[],
  spared: ReadonlyMap<Address, Verdict> = new Map(),
): Narrowed {
  const parts = partsOf(found, matches, spared)
  const { full, assignments, memberships, claimed } = parts
  const { users, groups, sets } = namedBy(parts)
  const { live } = found
  const narrow: State = {
    ...{ ...live, profile: new Map(), 'sso-session': new Map(), shell: new Map() },
    user: only(live.user, new Set([...full.user, ...users])),
    group: only(live.group, new Set([...full.group, ...groups])),
    'permission-set': only(live['permission-set'], new Set([...full.set, ...sets])),
    assignment: assignments,
    membership: memberships,
    'trusted-token-issuer': only(live['trusted-token-issuer'], parts.issuers),
    application: only(live.application, parts.applications),
    'application-assignment': parts.admissions,
    'delegated-administrator': only(live['delegated-administrator'], parts.delegates),
    'additional-region': new Map(),
    'instance-name': new Map(),
    'access-control-attributes': claimed.attributes ? live['access-control-attributes'] : new Map(),
    covers: claimed.attributes ? live.covers : { ...live.covers, refused: new Map() },
  }
  const outside = [
    ...assignments.keys(),
    ...memberships.keys(),
    ...parts.admissions.keys(),
    ...full.set,
    ...parts.issuers,
  ].filter((at) => !claimed.at.has(at))
  const handover: Handover = {
    from: 'Terraform',
    taken: new Set([...claimed.at, ...sets, ...groups]),
    referred: new Set(
      [...users, ...groups].filter((at) => !full.user.has(at) && !full.group.has(at) && !parts.teams.has(at)),
    ),
    outside: new Set(outside),
  }
  const { machine: _machine, ...rest } = found
  return {
    found: { ...rest, live: narrow, handover },
    verdicts: new Map([...verdictsOf(parts, sets), ...spared]),
    owned: full.set,
  }
}

interface Parts {
  /** What is said in full. */
  readonly full: {
    readonly user: ReadonlySet<Address>
    readonly group: ReadonlySet<Address>
    readonly set: ReadonlySet<Address>
  }
  /** Groups whose members Terraform manages. */
  readonly teams: ReadonlySet<Address>
  readonly assignments: Entries<'assignment'>
  readonly memberships: Entries<'membership'>
  /** Applications that Terraform manages in part. */
  readonly applications: ReadonlySet<Address>
  readonly delegates: ReadonlySet<Address>
  /** Everybody who is assigned to applications whose assignments Terraform manages. */
  readonly admissions: Entries<'application-assignment'>
  /** Trusted token issuers that Terraform manages, and with them those that carry the mark of this manifest. */
  readonly issuers: ReadonlySet<Address>
  readonly claimed: { readonly at: ReadonlySet<Address>; readonly attributes: boolean }
}

function partsOf({ live, facts }: Found, matches: readonly Match[], spared: ReadonlyMap<Address, Verdict>): Parts {
  const there = matches.filter(({ apart, gone }) => apart === undefined && gone === undefined)
  const of = (kind: string) => new Set(there.flatMap(({ subject, at }) => (subject?.kind === kind && at ? [at] : [])))
  const granted = of('assignment')
  const joined = of('membership')
  const teams = new Set([...joined].flatMap((at) => groupOf(live, at)))
  const admitted = new Set([...of('application-assignment')].flatMap((at) => applicationOf(live, at)))
  // What carries the mark of this manifest would be removed if the section is there and leaves it out.
  const declares = of('set').size + granted.size > 0
  const ours = [...live['permission-set']].flatMap(([at, { mark }]) => (declares && mark === facts.owner ? [at] : []))
  const issuers = of('issuer')
  const marked = [...live['trusted-token-issuer']].flatMap(([at, { mark }]) => (mark === facts.owner ? [at] : []))
  const set = new Set([...of('set'), ...ours].filter((at) => !spared.has(at)))
  return {
    full: { user: of('user'), group: of('group'), set },
    teams,
    // Without an assignment in the state the file says nothing about assignments.
    assignments:
      granted.size === 0 ? new Map() : kept(live.assignment, (at, spec) => granted.has(at) || set.has(setOf(spec))),
    applications: new Set([...of('application'), ...admitted]),
    delegates: of('delegate'),
    admissions: kept(live['application-assignment'], (_at, spec) =>
      admitted.has(address('application', spec.application)),
    ),
    issuers: new Set(issuers.size > 0 ? [...issuers, ...marked] : []),
    memberships: kept(live.membership, (_at, { group }) => teams.has(address('group', group))),
    claimed: {
      at: new Set(there.flatMap(({ at }) => at ?? [])),
      attributes: matches.some(({ subject, apart }) => subject?.kind === 'attributes' && apart === undefined),
    },
  }
}

/** Who and what the assignments and members name, but for those who no longer exist. */
function namedBy({ assignments, memberships, admissions, teams, full }: Parts) {
  const holders = [...assignments.values(), ...admissions.values()].map(({ spec }) =>
    address(spec.principal_type, spec.principal),
  )
  const members = [...memberships.values()].map(({ spec }) => address('user', spec.user))
  const sets = [...assignments.values()].map(({ spec }) => setOf(spec))
  return {
    users: new Set([...members, ...holders.filter((at) => at.startsWith('user/'))]),
    groups: new Set([...teams, ...holders.filter((at) => at.startsWith('group/'))]),
    sets: new Set(sets.filter((at) => !full.set.has(at))),
  }
}

function verdictsOf({ full, teams }: Parts, sets: ReadonlySet<Address>): ReadonlyMap<string, Verdict> {
  return new Map<string, Verdict>([
    ...[...sets].map((at) => [at, { treatment: 'external', why: 'not managed by Terraform here' }] as const),
    ...[...teams]
      .filter((at) => !full.group.has(at))
      .map((at) => [`${at}#description`, { treatment: 'without', why: 'Terraform manages only the members' }] as const),
    ...[...full.group]
      .filter((at) => !teams.has(at))
      .map((at) => [`${at}#members`, { treatment: 'without', why: 'Terraform manages none' }] as const),
  ])
}

function groupOf(live: State, at: Address): readonly Address[] {
  const spec = live.membership.get(at)?.spec
  return spec ? [address('group', spec.group)] : []
}

function applicationOf(live: State, at: Address): readonly Address[] {
  const spec = live['application-assignment'].get(at)?.spec
  return spec ? [address('application', spec.application)] : []
}

function setOf({ permission_set }: AssignmentSpec): Address {
  return address('permission-set', permission_set)
}

function only<T>(entries: ReadonlyMap<Address, T>, wanted: ReadonlySet<Address>): ReadonlyMap<Address, T> {
  return new Map([...entries].filter(([at]) => wanted.has(at)))
}

function kept<T extends { readonly spec: unknown }>(
  entries: ReadonlyMap<Address, T>,
  test: (at: Address, spec: T['spec']) => boolean,
): ReadonlyMap<Address, T> {
  return new Map([...entries].filter(([at, { spec }]) => test(at, spec)))
}

/** Permission sets that were to be said in full and cannot be. Pure. */
export function notInFull({ owned }: Narrowed, written: Readonly<Record<string, unknown>>): ReadonlySet<Address> {
  const isFull = (one: unknown) => typeof one === 'object' && one !== null && !('external' in one)
  return new Set([...owned].filter((at) => !isFull(written[nameOf(at)])))
}
