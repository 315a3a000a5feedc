import fc from 'fast-check'
import type { ContentPermissionSet, Contents } from '../../../../src/sandbox/content-types.ts'
import { management } from './cloud.ts'

/** A member account, and one that a test closes. */
export const [dev, closing] = ['222233334444', '555566667777'] as const

export const people = ['anna', 'bert', 'carl', 'dora'] as const
const teams = ['ops', 'dev', 'idp'] as const
const setNames = ['Admin', 'Root', 'Read', 'Bill'] as const

const arn = (policy: string) => `arn:aws:iam::aws:policy/${policy}`
const allowed = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements }) as never
const everything = { Effect: 'Allow', Action: '*', Resource: '*' }
const some = <T>(of: readonly T[], least = 0) => fc.subarray([...of], { minLength: least })
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined })

/** What permission sets hold: everything in several ways, with and without something in the way, and less. */
const content: fc.Arbitrary<Omit<ContentPermissionSet, 'name'>> = fc.constantFrom(
  { managedPolicies: [arn('AdministratorAccess')] },
  { managedPolicies: [arn('AdministratorAccess'), arn('ReadOnlyAccess')] },
  { inlinePolicy: allowed(everything) },
  { inlinePolicy: allowed(everything, { Effect: 'Deny', Action: 'iam:*', Resource: '*' }) },
  { managedPolicies: [arn('AdministratorAccess')], permissionsBoundary: { ManagedPolicyArn: arn('PowerUserAccess') } },
  { managedPolicies: [arn('ReadOnlyAccess')] },
  { inlinePolicy: allowed({ Effect: 'Allow', Action: 's3:*', Resource: '*' }) },
)

const mark = maybe(fc.constantFrom('sso-reconcile', 'terraform'))
const tagged = fc
  .tuple(content, mark)
  .map(([one, owner]) => ({ ...one, ...(owner ? { tags: { 'managed-by': owner } } : {}) }))

/** What is live, with at least one administrator somewhere in most of them, and who runs the tool. */
export interface Living {
  readonly contents: Contents
  /** One of the accounts gets closed. */
  readonly closes: boolean
  /** Names of sets that changed after the accounts got them. */
  readonly outdated: readonly string[]
  /** Who runs the tool: a user with a set on the management account, or an IAM user. */
  readonly caller: readonly [user: string, set: string] | undefined
}

const external = [{ Issuer: 'https://idp.example.com', Id: '1' }]

/** Live worlds: everybody and every set exists; who is where and holds what is drawn. */
export const living: fc.Arbitrary<Living> = fc
  .record({
    disabled: some(people),
    members: fc.tuple(...teams.map(() => some(people))),
    sets: fc.tuple(...setNames.map(() => tagged)),
    grants: fc.uniqueArray(
      fc.tuple(
        fc.constantFrom(...setNames),
        fc.constantFrom(...people, ...teams, 'idp'),
        fc.constantFrom(management, management, dev, closing),
      ),
      { minLength: 1, maxLength: 8, selector: String },
    ),
    boss: maybe(fc.constantFrom(...people, ...teams, 'idp')),
    outdated: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: some(setNames) }),
    closes: fc.boolean(),
    caller: fc.nat(9),
  })
  .map(({ disabled, members, sets, grants, boss, outdated, closes, caller }) => {
    const all =
      boss === undefined
        ? grants
        : [
            ...grants.filter(([set, , account]) => set !== 'Admin' || account !== management),
            ['Admin', boss, management] as const,
          ]
    const contents: Contents = {
      users: people.map((userName) => ({
        userName,
        email: `${userName}@example.com`,
        disabled: disabled.includes(userName),
      })),
      groups: teams.map((displayName, index) => ({
        displayName,
        members: members[index] ?? [],
        ...(displayName === 'idp' ? { externalIds: external } : {}),
      })),
      permissionSets: setNames.map((name, index) => ({
        name,
        ...(name === 'Admin' && boss !== undefined
          ? { tags: sets[index]?.tags ?? {}, managedPolicies: [arn('AdministratorAccess')] }
          : sets[index]),
      })),
      assignments: all.map(([permissionSet, who, account]) => ({
        permissionSet,
        account,
        ...(isTeam(who) ? { group: who } : { user: who }),
      })),
    }
    const roles = heldOn(management, contents)
    return { contents, closes, outdated, caller: roles[caller % (roles.length + 1)] }
  })

/** Users and sets that they hold in an account. */
function heldOn(account: string, { assignments = [], groups = [] }: Contents): (readonly [string, string])[] {
  return assignments
    .filter((one) => one.account === account)
    .flatMap(({ permissionSet, user, group }) => {
      const members = user === undefined ? groups.find(({ displayName }) => displayName === group)?.members : [user]
      return (members ?? []).map((name) => [name, permissionSet] as const)
    })
}

function isTeam(name: string): boolean {
  return (teams as readonly string[]).includes(name)
}

const policies = fc.constantFrom(['AdministratorAccess'], ['ReadOnlyAccess'], [])
const wantedSet = fc.oneof(
  fc.constant({ external: true }),
  policies.map((managed_policies) => ({ managed_policies })),
  fc.record({ managed_policies: policies, permissions_boundary: fc.constant({ managed_policy: 'PowerUserAccess' }) }),
)
const byName = <T>(names: readonly string[], row: fc.Arbitrary<T>) =>
  some(names).chain((chosen) => fc.record(Object.fromEntries(chosen.map((name) => [name, row]))))

/** Manifests with any of their sections, groups and sets left out. What a rule names is declared. */
export const wishes: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc
  .record({
    users: maybe(some(people)),
    groups: maybe(byName(['ops', 'dev'], maybe(some(people)))),
    sets: maybe(byName(setNames, wantedSet)),
    rules: maybe(
      fc.array(
        fc.tuple(
          fc.constantFrom(...people, 'ops', 'dev'),
          fc.constantFrom(...setNames),
          fc.constantFrom('management', dev),
        ),
        { maxLength: 6 },
      ),
    ),
    absent: some([...people, 'ops', 'dev', ...setNames]),
    revoked: some(people),
    ignored: maybe(fc.constantFrom('ops', 'dev')),
  })
  .map(({ users, groups, sets, rules, absent, revoked, ignored }) => {
    const named = [...(users ?? []), ...(rules ?? []).map(([who]) => who).filter((who) => !isTeam(who)), ...revoked]
    const members = Object.values(groups ?? {}).flatMap((one) => one ?? [])
    const declared =
      users === undefined && named.length === 0 && members.length === 0 ? undefined : [...named, ...members]
    const usable = (rules ?? []).filter(
      ([who, set]) => (!isTeam(who) || (groups && who in groups)) && sets && set in sets,
    )
    const gone = (names: readonly string[], those: object | undefined) =>
      absent.filter((one) => names.includes(one) && !(those && one in those))
    const ignores = ignored !== undefined && !(groups && ignored in groups) && !absent.includes(ignored)
    const document = {
      users: declared && Object.fromEntries(declared.map((name) => [name, { external: true }])),
      groups:
        groups && Object.fromEntries(Object.entries(groups).map(([name, all]) => [name, all ? { members: all } : {}])),
      permission_sets: sets,
      assignments:
        rules &&
        usable.map(([who, set, account]) => ({
          [isTeam(who) ? 'groups' : 'users']: [who],
          permission_sets: [set],
          accounts: [account],
        })),
      absent: {
        users: gone(people, Object.fromEntries((declared ?? []).map((name) => [name, 1]))),
        groups: gone(['ops', 'dev'], groups),
        permission_sets: gone(setNames, sets),
      },
      revoked:
        revoked.length > 0 ? Object.fromEntries(revoked.map((name) => [name, '2026-11-22T10:00:00Z'])) : undefined,
      ignore: ignores ? { groups: [ignored] } : undefined,
    }
    return Object.fromEntries(Object.entries(document).filter(([, value]) => value !== undefined))
  })
