import fc from 'fast-check'
import { dev, management, type World } from './world.ts'

const people = ['anna', 'bert', 'carl', 'dora'] as const
const teams = ['ops', 'dev', 'audit'] as const
const setNames = ['Admin', 'Read', 'Bill', 'Temp'] as const
const policies = ['AdministratorAccess', 'ReadOnlyAccess', 'SecurityAudit'] as const
const accounts = [management, dev] as const

const some = <T extends string>(of: readonly T[]) => fc.subarray([...of])
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined })
const byName = <T>(names: readonly string[], row: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  some(names).chain((chosen) => fc.record(Object.fromEntries(chosen.map((name) => [name, row]))))

const title = fc.constantFrom('Chief', '課長')
const duration = fc.constantFrom('1h', '8h', '1h30m')
const policy = fc.constantFrom(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['s3:Get*', 's3:List*'], Resource: '*' }] },
  { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'iam:*', Resource: '*' }] },
)
const tags = fc.dictionary(fc.constantFrom('team', 'cost'), fc.constantFrom('a', 'b', ''), { maxKeys: 2 })
const boundary = fc.constant({ managed_policy: 'PowerUserAccess' })

/** A row of a manifest or a world without what was not chosen. */
function given<T extends object>(row: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as T
}

const wantedUser = fc.record({ title: maybe(fc.oneof(title, fc.constant(''))) }).map(given)
const wantedGroup = fc.record({ description: maybe(fc.constantFrom('A', '')), members: maybe(some(people)) }).map(given)
const wantedSet = fc
  .record({
    description: maybe(fc.constant('A set')),
    session_duration: maybe(fc.constantFrom('90m', '8h', 'PT1H')),
    managed_policies: maybe(some(policies)),
    inline_policy: maybe(policy),
    permissions_boundary: maybe(boundary),
    tags: maybe(tags),
  })
  .map(given)
const wantedProfile = fc.record({
  account: fc.constantFrom('management', dev),
  permission_set: fc.constantFrom(...setNames),
  region: fc.constantFrom('eu-west-1', ''),
})

/** What a manifest says, as data. Names are drawn from so few that most of them meet something live. */
interface Wish {
  readonly users: Record<string, object> | undefined
  readonly groups: Record<string, { members?: readonly string[]; description?: string }> | undefined
  readonly permission_sets: Record<string, object> | undefined
  readonly assignments: readonly (readonly [string, string, string])[] | undefined
  readonly local: { sso_session: string | undefined; profiles: Record<string, object> | undefined } | undefined
  readonly absent: readonly string[]
}

const wish: fc.Arbitrary<Wish> = fc.record({
  users: maybe(byName(people, wantedUser)),
  groups: maybe(byName(teams, wantedGroup)),
  permission_sets: maybe(byName(setNames, wantedSet)),
  assignments: maybe(
    fc.array(
      fc.tuple(fc.constantFrom(...people, ...teams), fc.constantFrom(...setNames), fc.constantFrom(...accounts)),
      {
        maxLength: 6,
      },
    ),
  ),
  local: maybe(
    fc.record({
      sso_session: maybe(fc.constantFrom('home', 'work')),
      profiles: maybe(byName(['a', 'b', 'default'], wantedProfile)),
    }),
  ),
  absent: some([...people, ...teams, ...setNames]),
})

/** Text of a valid manifest without its two fixed keys: what rules and lists name is declared, and nothing is both declared and absent. */
export const manifest: fc.Arbitrary<string> = wish.map((one) => {
  const users = one.users ?? {}
  const groups = one.groups ?? {}
  const sets = one.permission_sets ?? {}
  const names = (declared: object, all: readonly string[]) =>
    all.filter((name) => one.absent.includes(name) && !(name in declared))
  const rules = (one.assignments ?? []).filter(([who, set]) => (who in users || who in groups) && set in sets)
  const declaredSets = Object.keys(sets)
  const profiles = Object.entries(one.local?.profiles ?? {}).filter(
    ([, row]) =>
      one.permission_sets === undefined || declaredSets.includes((row as { permission_set: string }).permission_set),
  )
  const document = given({
    users:
      one.users &&
      mapRows(users, (name, row) => ({ given_name: name, family_name: 'X', email: `${name}@example.com`, ...row })),
    groups:
      one.groups &&
      mapRows(groups, (_name, row) =>
        row.members ? { ...row, members: row.members.filter((member) => member in users) } : row,
      ),
    permission_sets: one.permission_sets,
    assignments:
      one.assignments &&
      rules.map(([who, set, account]) => ({
        [who in users ? 'users' : 'groups']: [who],
        permission_sets: [set],
        accounts: [account],
      })),
    local:
      one.local &&
      given({
        sso_session: one.local.sso_session,
        profiles: one.local.profiles && one.local.sso_session && Object.fromEntries(profiles),
      }),
    absent: { users: names(users, people), groups: names(groups, teams), permission_sets: names(sets, setNames) },
  })
  // JSON is YAML: one section a line.
  return Object.entries(document)
    .map(([section, value]) => `${section}: ${JSON.stringify(value)}`)
    .join('\n')
})

const mark = maybe(fc.constantFrom('sso-reconcile', 'sso-reconcile/other', 'terraform'))
const liveSet = fc
  .record({
    session_duration: duration,
    description: maybe(fc.constant('Another')),
    managed_policies: maybe(some(policies).filter((list) => list.length > 0)),
    inline_policy: maybe(policy),
    permissions_boundary: maybe(boundary),
    outdated_in: maybe(fc.constant([dev])),
    mark,
  })
  .map(given)

/** A live world in which every principal and set that is named exists. */
export const world: fc.Arbitrary<World> = fc
  .record({
    users: byName(people, fc.record({ title: maybe(title), disabled: fc.boolean() }).map(given)),
    groups: byName(
      teams,
      fc.record({ description: maybe(fc.constantFrom('A', 'B')), members: maybe(some(people)) }).map(given),
    ),
    permission_sets: byName(setNames, liveSet),
    assignments: fc.uniqueArray(
      fc.tuple(fc.constantFrom(...setNames), fc.constantFrom(...people, ...teams), fc.constantFrom(...accounts)),
      { maxLength: 10, selector: String },
    ),
    profiles: byName(['a', 'b', 'c', 'default'], fc.record({ mark, session: maybe(fc.constantFrom('home', 'work')) })),
    sessions: byName(['home', 'work'], mark),
  })
  .map(({ users, groups, permission_sets, assignments, profiles, sessions }) => ({
    users: mapRows(users, (name, row) => ({ email: `${name}@example.com`, ...row })),
    groups: mapRows(groups, (_name, row) =>
      row.members ? { ...row, members: row.members.filter((member) => member in users) } : row,
    ),
    permission_sets,
    assignments: assignments
      .filter(([set, who]) => set in permission_sets && (who in users || who in groups))
      .map(([set, who, account]) => `${set}:${who in users ? 'user' : 'group'}:${who}@${account}`),
    aws_config: [
      ...Object.entries(sessions).flatMap(([name, by]) =>
        section(by, `sso-session ${name}`, ['sso_region = us-east-1']),
      ),
      ...Object.entries(profiles).flatMap(([name, { mark: by, session }]) =>
        section(
          by,
          name === 'default' ? name : `profile ${name}`,
          session && session in sessions ? [`sso_session = ${session}`, 'cli_pager ='] : ['sso_region = eu-west-1'],
        ),
      ),
    ],
  }))

function section(by: string | undefined, header: string, lines: readonly string[]): string[] {
  return [...(by ? [`# managed by ${by}`] : []), `[${header}]`, ...lines, '']
}

function mapRows<T, U>(rows: Record<string, T>, map: (name: string, row: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, map(name, row)]))
}
