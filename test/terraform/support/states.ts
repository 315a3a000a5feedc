import fc from 'fast-check'
import type { Contents } from '../../../src/sandbox/content-types.ts'
import { type Cloud, management, members, newCloud } from '../../scenarios/cloud/support/cloud.ts'
import type { Sections } from '../../scenarios/cloud/support/office.ts'

const dollar = '$'

/** What others manage: an identity provider, and another tool. */
const others: Contents = {
  users: [{ userName: 'idp+user', externalIds: [{ Issuer: 'https://idp.example.com', Id: '1' }] }],
  groups: [{ displayName: 'idp "group"', externalIds: [{ Issuer: 'https://idp.example.com', Id: '2' }] }],
  permissionSets: [{ name: 'Theirs', tags: { 'managed-by': 'terraform' } }],
}

const policies = [{ name: 'Team' }, { name: 'Team', path: '/team/' }, { name: 'B', path: '/b/' }]

/** An Identity Center with what others manage, in accounts that have the policies which permission sets name. */
export async function newCenter(): Promise<Cloud> {
  const cloud = await newCloud({ contents: others, accounts: members.map((one) => ({ ...one, policies })) })
  await cloud.put([{ id: management, name: 'Home', policies }])
  return cloud
}

const nobody = { 'idp+user': { external: true } }
const people = ['taro', 'hanako@example.com', 'hanako_example.com', '山田', '1st'] as const
const teams = ['admins', '管理者 (a)', '管理者 [a]', 'x $y %{z}'] as const
const setNames = ['Admin', 'Read.Only', 'Read-Only', '9to5'] as const
const accounts = ['management', '222233334444', '333344445555'] as const
const odd = [`a "b" ${dollar}${dollar}{c} %{d} \\e`, 'x', 'Full access', 'é & <ü>'] as const

const some = <T>(of: readonly T[]) => fc.subarray([...of])
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined })
const word = fc.constantFrom(...odd)
const textOfAPerson = fc.constantFrom(...odd, '課長')
const byName = <T>(names: readonly string[], row: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  some(names).chain((chosen) => fc.record(Object.fromEntries(chosen.map((name) => [name, row]))))

const user = fc.record({
  given_name: textOfAPerson,
  family_name: textOfAPerson,
  display_name: maybe(textOfAPerson),
  middle_name: maybe(textOfAPerson),
  formatted: maybe(textOfAPerson),
  nick_name: maybe(textOfAPerson),
  title: maybe(textOfAPerson),
  locale: maybe(fc.constant('ja-JP')),
  timezone: maybe(fc.constant('Asia/Tokyo')),
  website: maybe(fc.constant('https://example.com')),
  phone: maybe(fc.constant('+81 3 1234 5678')),
  address: maybe(fc.record({ street: textOfAPerson, country: fc.constant('JP') })),
})

const statement = fc.record({
  Sid: fc.constant('One'),
  Effect: fc.constantFrom('Allow', 'Deny'),
  Action: fc.constantFrom<unknown>('s3:*', ['s3:Get*', 's3:List*']),
  Resource: fc.constantFrom<unknown>('*', [`arn:aws:s3:::${dollar}{aws:username}/*`, 'arn:aws:s3:::x/%{y}']),
  Condition: fc.constantFrom<unknown>(
    {},
    { NumericLessThan: { 'aws:MultiFactorAuthAge': 3600 } },
    { StringLike: { 'aws:PrincipalTag/team': ['a b', `${dollar}*`] }, Bool: { 'aws:MultiFactorAuthPresent': true } },
  ),
})
const policy = fc
  .array(statement, { minLength: 1, maxLength: 2 })
  .map((all) => ({ Version: '2012-10-17', Statement: all.map((one, index) => ({ ...one, Sid: `S${index}` })) }))

const set = fc.record({
  description: maybe(word),
  session_duration: maybe(fc.constantFrom('90m', '8h', '12h')),
  relay_state: maybe(fc.constant('https://console.aws.amazon.com/s3/?a=b&c=d')),
  managed_policies: maybe(some(['AdministratorAccess', 'ReadOnlyAccess', 'job-function/Billing'])),
  customer_managed_policies: maybe(some([{ name: 'Team' }, { name: 'Team', path: '/team/' }])),
  inline_policy: maybe(policy),
  permissions_boundary: maybe(
    fc.constantFrom({ managed_policy: 'PowerUserAccess' }, { customer_managed_policy: { name: 'B', path: '/b/' } }),
  ),
  tags: maybe(fc.dictionary(fc.constantFrom('team', 'cost center', 'チーム'), fc.constantFrom('a', '', 'é +='))),
  keep: maybe(some(['tags', 'description', 'inline_policy', 'managed_policies'] as const)),
})

const attributes = fc.constant({
  Team: `${dollar}{path:userName}`,
  'cost center': `${dollar}{path:enterprise.costCenter}`,
})

/** Manifests whose things are all made by an apply, or belong to others. */
export const states: fc.Arbitrary<Sections> = fc
  .record({
    users: byName(people, user),
    groups: byName(teams, fc.record({ description: maybe(word), members: maybe(some([...people, 'idp+user'])) })),
    sets: byName(setNames, set),
    attributes: maybe(attributes),
    grants: fc.uniqueArray(
      fc.tuple(
        fc.constantFrom(...people, ...teams, 'idp+user', 'idp "group"'),
        fc.constantFrom(...setNames, 'Theirs'),
        fc.constantFrom(...accounts),
      ),
      { minLength: 4, maxLength: 10, selector: String },
    ),
    until: maybe(fc.constant('2099-12-31')),
  })
  .map(({ users, groups, sets, attributes: access_control_attributes, grants, until }) => {
    const persons: Sections = {
      ...mapped(users, (row, name) => ({ ...row, email: `${mailOf(name)}@example.com` })),
      ...nobody,
    }
    const all: Sections = {
      ...mapped(groups, (row) => ({ ...row, members: row.members?.filter((one) => one in persons) })),
      'idp "group"': { external: true },
    }
    const declared: Sections = { ...sets, Theirs: { external: true } }
    const usable = grants.filter(([who, what]) => (who in persons || who in all) && what in declared)
    const assignments = usable.map(([who, what, where], index) => ({
      [who in persons ? 'users' : 'groups']: [who],
      ...{ permission_sets: [what], accounts: [where] },
      ...(index === 0 && until ? { until } : {}),
    }))
    return {
      users: persons,
      groups: all,
      permission_sets: declared,
      assignments,
      ...(access_control_attributes ? { access_control_attributes } : {}),
    }
  })

function mailOf(name: string): string {
  return `u${Buffer.from(name).toString('hex')}`
}

function mapped<T, U>(rows: Readonly<Record<string, T>>, map: (row: T, name: string) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, map(row, name)]))
}
