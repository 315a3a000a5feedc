import fc from 'fast-check'
import type { Found } from '../../src/kinds/adoption.ts'
import { emptyState } from '../../src/kinds/states.ts'
import { address, assignmentAddress, membershipAddress } from '../../src/model/address.ts'
import type { Account } from '../../src/model/facts.ts'
import type { JsonObject } from '../../src/model/json.ts'
import type { KindName, PermissionSetSpec, SectionSpec } from '../../src/model/specs.ts'
import type { Entry } from '../../src/model/state.ts'

export const management = '111122223333'
const startUrl = 'https://d-1234567890.awsapps.com/start'

/** What was found, from plain lists; unnamed parts are empty. */
export interface World {
  readonly accounts?: readonly (Partial<Account> & { readonly id: string })[]
  readonly users?: Readonly<Record<string, Partial<Entry<'user'>>>>
  readonly groups?: Readonly<Record<string, Partial<Entry<'group'>> & { readonly members?: readonly string[] }>>
  readonly sets?: Readonly<Record<string, Partial<Entry<'permission-set'>>>>
  /** `[user or group name with its type in front, set, account]` */
  readonly grants?: readonly (readonly [principal: string, set: string, account: string])[]
  readonly sessions?: Readonly<Record<string, Partial<Entry<'sso-session'>>>>
  readonly profiles?: Readonly<Record<string, Partial<Entry<'profile'>>>>
  readonly delegated?: boolean
  /** Regions the instance is enabled in; unknown by default. */
  readonly regions?: readonly string[]
  readonly offline?: boolean
}

export function found(world: World): Found {
  const accounts = [{ id: management, name: 'Main' }, ...(world.accounts ?? [])].map((one) => ({
    name: one.id,
    label: one.name ?? one.id,
    active: true,
    ...one,
  }))
  const cloud = {
    instance: {
      arn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef',
      identity_store_id: 'd-1234567890',
      region: 'eu-west-1',
      account: management,
    },
    startUrl,
    management,
    caller: {
      account: world.delegated ? '999999999999' : management,
      arn: 'arn:aws:iam::111122223333:user/me',
      ...(world.delegated ? { delegated: true } : {}),
    },
  }
  return {
    file: 'sso.yaml',
    facts: {
      now: new Date('2026-11-22T12:00:00Z'),
      region: 'eu-west-1',
      owner: 'sso-reconcile',
      accounts,
      ...(world.offline ? {} : cloud),
      ...(world.regions ? { regions: world.regions } : {}),
    },
    live: {
      ...emptyState(),
      user: entries('user', world.users, person('Taro', 'taro@example.com')),
      group: entries('group', world.groups, {}),
      membership: new Map(
        Object.entries(world.groups ?? {}).flatMap(([group, { members = [] }]) =>
          members.map((user) => [membershipAddress(group, user), { spec: { group, user }, ref: 'm' }] as const),
        ),
      ),
      'permission-set': entries('permission-set', world.sets, { session_duration: '1h' }),
      assignment: new Map(
        (world.grants ?? []).map(([who, permission_set, account]) => {
          const [type, ...rest] = who.split(' ')
          const principal = { type: type === 'group' ? 'group' : 'user', name: rest.join(' ') } as const
          const spec = { permission_set, principal_type: principal.type, principal: principal.name, account }
          const inert = accounts.some(({ id, active }) => id === account && active) ? {} : { inert: true as const }
          return [assignmentAddress({ set: permission_set, principal, account }), { spec, ref: 'p', ...inert }] as const
        }),
      ),
      'sso-session': entries('sso-session', world.sessions, {}),
      profile: entries('profile', world.profiles, {}),
    },
  }
}

function entries<K extends KindName>(kind: K, rows: Readonly<Record<string, object>> | undefined, spec: object) {
  const all = Object.entries(rows ?? {}).map(
    ([name, row]) => [address(kind, name), { spec, ...row } as unknown as Entry<K>] as const,
  )
  return new Map(all)
}

export function person(given_name: string, email: string, rest: JsonObject = {}): JsonObject {
  return { given_name, family_name: 'Yamada', email, display_name: `${given_name} Yamada`, ...rest }
}

export const session: SectionSpec = {
  sso_start_url: startUrl,
  sso_region: 'eu-west-1',
  sso_registration_scopes: 'sso:account:access',
}

/** Worlds that AWS could hold, with everything that is awkward to write down. */
export const worlds: fc.Arbitrary<World> = fc
  .record({
    accounts: fc
      .uniqueArray(
        fc.record({
          id: fc.stringMatching(/^[0-9]{12}$/),
          name: fc.oneof(
            fc.constantFrom('dev', 'Dev', 'All', 'management', '開発', '12', 'a'.repeat(50)),
            fc.string({ minLength: 1, maxLength: 20 }),
          ),
          active: fc.boolean(),
        }),
        { maxLength: 6, selector: ({ id }) => id },
      )
      .map((all) => all.filter(({ id }) => id !== management)),
    users: fc.dictionary(userName(), user(), { maxKeys: 6, noNullPrototype: true }),
    sets: fc.dictionary(setName(), set(), { maxKeys: 6, noNullPrototype: true }),
    delegated: fc.boolean(),
  })
  .chain((base) => {
    const users = Object.keys(base.users)
    const sets = Object.keys(base.sets)
    const accounts = [management, ...base.accounts.map(({ id }) => id), '888888888888']
    const groups = fc.dictionary(groupName(), group(users), { maxKeys: 4, noNullPrototype: true })
    return groups.chain((teams) => {
      const principals = [
        ...users.map((one) => `user ${one}`),
        ...Object.keys(teams).map((one) => `group ${one}`),
        'user 9067-gone',
        'group 9067-gone',
      ]
      const grant = fc.tuple(
        fc.constantFrom(...principals),
        fc.constantFrom(...(sets.length > 0 ? sets : ['none'])),
        fc.constantFrom(...accounts),
      )
      return fc
        .record({
          groups: fc.constant(teams),
          grants: sets.length > 0 ? fc.array(grant, { maxLength: 24 }) : fc.constant([]),
          sessions: fc.dictionary(sectionName(), sessionEntry(), { maxKeys: 2, noNullPrototype: true }),
          profiles: fc.dictionary(sectionName(), profileEntry(accounts, sets), { maxKeys: 5, noNullPrototype: true }),
        })
        .map((rest) => ({ ...base, ...rest }))
    })
  })

function awkward() {
  return fc.constantFrom(
    'no',
    'null',
    '12',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what a variable looks like in a name or a policy
    '${HOME}',
    '$${x}',
    '- a',
    '# b',
    "it's",
    '"q"',
    'a: b',
    '*x',
    '&x',
    '{a}',
    '[b',
    '!t',
    '%d',
    '@e',
    '~',
    '山田',
    'constructor',
    '<<',
    '__proto__',
    'toString',
  )
}

function userName() {
  const odd = awkward().map((text) => text.replaceAll(' ', ''))
  return fc.oneof(
    fc.constantFrom('taro', 'Taro', 'hanako', 'a b', '*', 't*', 'x\u0007'),
    odd,
    fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }),
  )
}

function text() {
  return fc.oneof(
    awkward(),
    fc.string({ minLength: 1, maxLength: 30 }),
    fc.constantFrom('a\nb', ' lead', 'trail ', '', 'x\u0085y', 'a\u2028b'),
  )
}

function user() {
  const spec = fc.record(
    {
      given_name: text(),
      family_name: text(),
      email: fc.oneof(fc.constantFrom('a@b', 'A@B', 'odd'), fc.emailAddress()),
      display_name: text(),
      title: text(),
      phone: text(),
      birthdate: text(),
      address: fc.constant({ locality: 'Tokyo', country: 'no' }),
    },
    { noNullPrototype: true, requiredKeys: [] },
  )
  const usual = fc.nat(999).map((n) => person(`P${n}`, `p${n}@example.com`))
  return fc.record({ spec: fc.oneof(usual, spec), provisioned: fc.boolean(), disabled: fc.boolean() })
}

function groupName() {
  return fc.oneof(
    fc.constantFrom('admins', 'AWSControlTowerAdmins', 'Administrator', 'a b', 'x*'),
    awkward(),
    fc.string({ minLength: 1, maxLength: 12 }),
  )
}

function group(users: readonly string[]) {
  return fc.record({
    spec: fc.record({ description: text() }, { requiredKeys: [], noNullPrototype: true }),
    provisioned: fc.boolean(),
    members: users.length === 0 ? fc.constant([]) : fc.uniqueArray(fc.constantFrom(...users, '9067-gone')),
  })
}

function setName() {
  return fc.oneof(
    fc.constantFrom('Admin', 'AWSReadOnlyAccess', 'AWSServiceCatalogEndUserAccess', 'no', '12', '1e3'),
    fc.stringMatching(/^[\w+=,.@-]{1,32}$/),
  )
}

function set() {
  const optional = {
    description: text(),
    relay_state: fc.constantFrom('https://console.aws.amazon.com/', 'x y', '#'),
    managed_policies: fc
      .uniqueArray(fc.constantFrom('AdministratorAccess', 'job-function/Billing', 'ReadOnlyAccess'), { minLength: 1 })
      .map((all) => all.sort()),
    customer_managed_policies: fc.constantFrom(['/Boundary'], ['/team/x/A', '/team/x/B']),
    inline_policy: policy(),
    permissions_boundary: fc.constantFrom(
      { managed_policy: 'PowerUserAccess' },
      { customer_managed_policy: '/team/B' },
    ),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what a variable looks like in a name or a policy
    tags: fc.constantFrom({ team: 'x' }, { no: '${x}', y: '' }, { 'aws:x': 'y' }, { bad: '!' }),
    outdated_in: fc.constant([management]),
  }
  const spec = fc
    .tuple(
      fc.constantFrom('1h', '8h', '1h30m', '13h', '30m', 'PT1H1S'),
      fc.record(optional, { requiredKeys: [], noNullPrototype: true }),
    )
    .map(([session_duration, rest]) => ({ session_duration, ...rest }) as PermissionSetSpec)
  return fc
    .record({ spec, mark: fc.constantFrom(undefined, 'sso-reconcile', 'sso-reconcile/other') })
    .map(({ spec, mark }) => ({ spec, ...(mark ? { mark } : {}) }))
}

function policy() {
  const statement = fc.record(
    {
      Effect: fc.constantFrom('Allow', 'Deny', 'Maybe'),
      Action: fc.constantFrom('s3:Get*', ['s3:Get*', 's3:Put*'], '*'),
      Resource: fc.constantFrom(
        '*',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: what a variable looks like in a name or a policy
        'arn:aws:s3:::${aws:username}/*',
        ['arn:aws:s3:::a', 'arn:aws:s3:::b\u0085'],
        'arn:aws:s3:::é',
      ),
      Condition: fc.constantFrom(
        { Bool: { 'aws:SecureTransport': 'false' } },
        { NumericLessThan: { 'aws:MultiFactorAuthAge': 3600 } },
        { StringEquals: { 'aws:PrincipalAccount': '012345678901', 's3:prefix': [true, 'no'] } },
      ),
    },
    { requiredKeys: ['Effect', 'Action', 'Resource'], noNullPrototype: true },
  )
  return fc.oneof(
    fc.array(statement, { maxLength: 3 }).map((Statement) => ({ Version: '2012-10-17', Statement })),
    statement.map((Statement) => ({ Statement })),
    fc.constant({ Version: '2012-10-17', Statement: [], Extra: 'x' }),
  )
}

function sectionName() {
  return fc.constantFrom('personal', 'default', 'dev', 'a.b', 'with space', 'prod/admin', '12', 'no')
}

function sessionEntry() {
  const spec = fc.record(
    {
      sso_start_url: fc.constantFrom(
        startUrl,
        `${startUrl}/#/`,
        'https://corp.awsapps.com/start',
        'https://d-9999999999.awsapps.com/start',
        'http://x',
      ),
      sso_region: fc.constantFrom('eu-west-1', 'us-east-1'),
      sso_registration_scopes: fc.constantFrom('sso:account:access'),
    },
    { requiredKeys: ['sso_start_url'], noNullPrototype: true },
  )
  return fc
    .record({
      spec: fc.oneof({ weight: 2, arbitrary: fc.constant(session) }, { weight: 1, arbitrary: spec }),
      mark: mark(),
    })
    .map(marked)
}

function profileEntry(accounts: readonly string[], sets: readonly string[]) {
  const spec = fc.record(
    {
      sso_session: sectionName(),
      sso_account_id: fc.constantFrom(...accounts),
      sso_role_name: fc.constantFrom(...sets, 'Gone', 'odd role'),
      region: fc.constantFrom('eu-west-1', 'us-east-1', 'odd'),
      output: fc.constantFrom('json', 'yaml', 'odd'),
      sso_start_url: fc.constant(startUrl),
      cli_pager: fc.constant(''),
      aws_account: fc.constant('x'),
    },
    { requiredKeys: ['sso_session'], noNullPrototype: true },
  )
  const usual = fc.record({
    sso_session: fc.constantFrom('personal', 'dev'),
    sso_account_id: fc.constantFrom(...accounts),
    sso_role_name: fc.constantFrom(...sets, 'Gone'),
  })
  return fc.record({ spec: fc.oneof(usual, spec), mark: mark() }).map(marked)
}

function mark() {
  return fc.constantFrom(undefined, undefined, 'sso-reconcile', 'sso-reconcile/other')
}

function marked<S>({ spec, mark }: { spec: S; mark: string | undefined }) {
  return { spec, ...(mark ? { mark } : {}) }
}

/** Worlds in which everything can be said, and nothing belongs to anybody else. */
export const ordinary: fc.Arbitrary<World> = fc
  .record({
    people: fc.nat(5),
    sets: fc.array(
      fc.record(
        {
          description: fc.constantFrom('Full access', 'Größe: "x"', '# 1', 'a\nb'),
          relay_state: fc.constant('https://console.aws.amazon.com/'),
          managed_policies: fc.constantFrom(['AdministratorAccess'], ['ReadOnlyAccess', 'job-function/Billing']),
          customer_managed_policies: fc.constantFrom(['/Boundary'], ['/team/x/A', '/team/x/B']),
          inline_policy: fc.constantFrom(
            { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
            {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Deny', NotAction: ['a:B'], Resource: ['arn:aws:s3:::é'] }],
            },
          ),
          permissions_boundary: fc.constantFrom({ managed_policy: 'X' }, { customer_managed_policy: '/team/B' }),
          tags: fc.constantFrom({ team: 'x' }, { no: '12', y: '' }),
        },
        { requiredKeys: [], noNullPrototype: true },
      ),
      { maxLength: 4 },
    ),
    durations: fc.array(fc.constantFrom('1h', '8h', '1h30m', '12h'), { minLength: 4, maxLength: 4 }),
    picks: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { maxLength: 12 }),
  })
  .map(({ people, sets, durations, picks }) => {
    const users = Object.fromEntries(
      Array.from({ length: people }, (_, n) => [`user${n}`, { spec: person(`P${n}`, `p${n}@x.y`, { locale: 'no' }) }]),
    )
    const named = Object.fromEntries(
      sets.map((spec, n) => [
        `Set${n}`,
        { spec: { session_duration: durations[n] ?? '1h', ...spec } as PermissionSetSpec },
      ]),
    )
    const groups = { team: { spec: { description: 'a: b' }, members: Object.keys(users) } }
    const principals = [...Object.keys(users).map((one) => `user ${one}`), 'group team']
    const accounts = [
      { id: '444455556666', name: 'Dev' },
      { id: '012345678901', name: '開発' },
    ]
    const ids = [management, ...accounts.map(({ id }) => id)]
    const of = (all: readonly string[], n: number) => all[n % all.length] ?? ''
    const grants = picks.map(([a, b, c]) => [of(principals, a), of(Object.keys(named), b), of(ids, c)] as const)
    return {
      accounts,
      users,
      groups,
      sets: named,
      grants: sets.length === 0 ? [] : grants,
      sessions: { main: { spec: session } },
      profiles:
        sets.length === 0
          ? {}
          : {
              default: {
                spec: { sso_session: 'main', sso_account_id: management, sso_role_name: 'Set0', region: 'eu-west-1' },
              },
            },
    }
  })
