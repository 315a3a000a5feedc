import { describe, expect, it } from 'vitest'
import { type Answer, type Can, canOf, type Finding } from '../../src/access/can.ts'
import { groundsOf } from '../../src/access/grounds.ts'
import { policyNamesOf } from '../../src/access/policy-names.ts'
import type { JsonObject } from '../../src/model/json.ts'
import type { PermissionSetSpec } from '../../src/model/specs.ts'
import type { Request } from '../../src/policies/decide.ts'
import { rulesOf } from '../../src/policies/rules.ts'
import { throughWords } from '../../src/report/access/can/words.ts'
import { accessIn, type SmallWorld, stateOf } from './support/world.ts'

const home = '111122223333'
const dev = '444455556666'

const policy = (...Statement: readonly JsonObject[]): JsonObject => ({ Version: '2012-10-17', Statement })
const allow = (more: JsonObject): JsonObject => ({ Effect: 'Allow', Resource: '*', ...more })
const deny = (more: JsonObject): JsonObject => ({ Effect: 'Deny', Resource: '*', ...more })

/** Texts as they are in every account, and the one of a customer-managed policy that is known at home alone. */
const texts = {
  ReadOnly: policy(allow({ Action: 's3:Get*' })),
  PowerUser: policy({ Effect: 'Allow', NotAction: ['iam:*'], Resource: '*' }),
  DenyAll: policy(deny({ Sid: 'DenyAll', Action: '*' })),
}
const known = {
  textsIn: (account: string) =>
    new Map(Object.entries(account === home ? { ...texts, '/team/Deploy': policy(allow({ Action: 's3:*' })) } : texts)),
  reason: (name: string, account: string) => `nobody told ${name} in ${account}`,
}

function canIn(world: SmallWorld, request: Request): Can {
  return canOf(accessIn(world), stateOf(world), request, known)
}

const deleteBucket = { action: 's3:DeleteBucket' }

/** The answer for one user with one set. */
function answerOf(spec: Partial<PermissionSetSpec>, request: Request = deleteBucket, account = home) {
  const world = {
    users: ['taro'],
    sets: { Set: '1h' },
    policies: { Set: spec },
    assignments: [`Set user taro ${account}`],
  }
  const { rows, others } = canIn(world, request)
  const [row] = rows
  if (row === undefined) return { verdict: 'no', others }
  const { verdict, through, within, denied_by, unknown, resource_account } = row
  const lists = { through, within, denied_by, unknown }
  const told = Object.entries(lists).filter(([, list]) => list.length > 0)
  return { verdict, ...Object.fromEntries(told), ...(resource_account ? { resource_account } : {}) }
}

const logs = 'arn:aws:s3:::logs/*'

type Row = readonly [
  title: string,
  spec: Partial<PermissionSetSpec>,
  request: Request,
  expected: { readonly verdict: Answer | 'no' } & Partial<Omit<Finding, 'verdict'> & { readonly others: number }>,
]

const rows: readonly Row[] = [
  [
    'everything is allowed',
    { managed_policies: ['AdministratorAccess'] },
    deleteBucket,
    { verdict: 'yes', through: [{ policy: 'AdministratorAccess' }] },
  ],
  ['nothing is', { managed_policies: [] }, deleteBucket, { verdict: 'no', others: 1 }],
  ['another action is', { managed_policies: ['ReadOnly'] }, deleteBucket, { verdict: 'no', others: 1 }],
  [
    'a NotAction leaves it in',
    { managed_policies: ['PowerUser'] },
    deleteBucket,
    { verdict: 'yes', through: [{ policy: 'PowerUser' }] },
  ],
  [
    'a NotAction leaves it out',
    { managed_policies: ['PowerUser'] },
    { action: 'iam:CreateUser' },
    { verdict: 'no', others: 1 },
  ],
  [
    'a NotAction leaves out a part of what the wildcard asks',
    { managed_policies: ['PowerUser'] },
    { action: '*:*' },
    { verdict: 'limited', through: [{ policy: 'PowerUser', actions: ['all but iam:*'] }] },
  ],
  [
    'a statement with a Sid is about it',
    { inline_policy: policy(allow({ Sid: 'S3Write', Action: 's3:Delete*' })) },
    deleteBucket,
    { verdict: 'yes', through: [{ policy: 'inline policy', statement: 'S3Write' }] },
  ],
  [
    'a condition decides',
    { inline_policy: policy(allow({ Action: 's3:*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })) },
    deleteBucket,
    { verdict: 'limited', through: [{ policy: 'inline policy', conditions: ['aws:MultiFactorAuthPresent'] }] },
  ],
  [
    'some resources are, and none was named',
    { inline_policy: policy(allow({ Action: 's3:*', Resource: [logs, 'arn:aws:s3:::logs'] })) },
    deleteBucket,
    { verdict: 'limited', through: [{ policy: 'inline policy', resources: [logs, 'arn:aws:s3:::logs'] }] },
  ],
  [
    'the resource that was named is',
    { inline_policy: policy(allow({ Action: 's3:*', Resource: [logs, 'arn:aws:s3:::logs'] })) },
    { ...deleteBucket, resource: 'arn:aws:s3:::logs' },
    { verdict: 'yes', through: [{ policy: 'inline policy' }] },
  ],
  [
    'another resource than the one that was named is',
    { inline_policy: policy(allow({ Action: 's3:*', Resource: logs })) },
    { ...deleteBucket, resource: 'arn:aws:s3:::photos' },
    { verdict: 'no', others: 1 },
  ],
  [
    'all resources but some are',
    { inline_policy: policy({ Effect: 'Allow', Action: 's3:*', NotResource: logs }) },
    deleteBucket,
    { verdict: 'limited', through: [{ policy: 'inline policy', resources: [`all but ${logs}`] }] },
  ],
  [
    'a statement without limits makes one with limits irrelevant',
    {
      inline_policy: policy(
        allow({ Sid: 'Some', Action: 's3:*', Resource: logs }),
        allow({ Sid: 'All', Action: 's3:*' }),
      ),
    },
    deleteBucket,
    { verdict: 'yes', through: [{ policy: 'inline policy', statement: 'All' }] },
  ],
  [
    'a Deny of all of it wins',
    { managed_policies: ['AdministratorAccess', 'DenyAll'] },
    deleteBucket,
    { verdict: 'denied', denied_by: [{ policy: 'DenyAll', statement: 'DenyAll' }] },
  ],
  [
    'a Deny takes a part',
    {
      managed_policies: ['AdministratorAccess'],
      inline_policy: policy(deny({ Sid: 'Prod', Action: 's3:DeleteBucket', Resource: 'arn:aws:s3:::prod-*' })),
    },
    deleteBucket,
    {
      verdict: 'limited',
      through: [{ policy: 'AdministratorAccess' }],
      denied_by: [{ policy: 'inline policy', statement: 'Prod', resources: ['arn:aws:s3:::prod-*'] }],
    },
  ],
  [
    'a boundary lets it through',
    { managed_policies: ['AdministratorAccess'], permissions_boundary: { managed_policy: 'PowerUser' } },
    deleteBucket,
    { verdict: 'yes', through: [{ policy: 'AdministratorAccess' }], within: [{ policy: 'PowerUser' }] },
  ],
  [
    'a boundary does not',
    { managed_policies: ['AdministratorAccess'], permissions_boundary: { managed_policy: 'ReadOnly' } },
    deleteBucket,
    { verdict: 'no', others: 1 },
  ],
  [
    'a boundary lets a part through',
    { managed_policies: ['AdministratorAccess'], permissions_boundary: { managed_policy: 'ReadOnly' } },
    { action: 's3:*' },
    {
      verdict: 'limited',
      through: [{ policy: 'AdministratorAccess' }],
      within: [{ policy: 'ReadOnly', actions: ['s3:get*'] }],
    },
  ],
  [
    'a policy that is not known may',
    { managed_policies: ['NewPolicy'] },
    deleteBucket,
    { verdict: 'unknown', unknown: [{ policy: 'NewPolicy', reason: `nobody told NewPolicy in ${home}` }] },
  ],
  [
    'a policy that is not known may deny what another allows',
    { managed_policies: ['AdministratorAccess', 'NewPolicy'] },
    deleteBucket,
    {
      verdict: 'unknown',
      through: [{ policy: 'AdministratorAccess' }],
      unknown: [{ policy: 'NewPolicy', reason: `nobody told NewPolicy in ${home}` }],
    },
  ],
  [
    'a statement is none that IAM knows',
    { inline_policy: policy(allow({ Action: 's3:*' }), { Effect: 'Perhaps', Action: '*' }) },
    deleteBucket,
    {
      verdict: 'unknown',
      through: [{ policy: 'inline policy' }],
      unknown: [{ policy: 'inline policy', reason: `nobody told inline policy in ${home}` }],
    },
  ],
  [
    'an older version of the set is in place, whatever the newer one denies',
    { managed_policies: ['DenyAll'], outdated_in: [home] },
    deleteBucket,
    {
      verdict: 'unknown',
      unknown: [{ reason: 'an older version of the permission set is still in place there' }],
    },
  ],
  [
    'the resource is in the same account',
    { managed_policies: ['AdministratorAccess'] },
    { action: 'sqs:DeleteQueue', resource: `arn:aws:sqs:eu-west-1:${home}:jobs` },
    { verdict: 'yes', through: [{ policy: 'AdministratorAccess' }] },
  ],
  [
    'the resource is in another account',
    { managed_policies: ['AdministratorAccess'] },
    { action: 'sqs:DeleteQueue', resource: `arn:aws:sqs:eu-west-1:${dev}:jobs` },
    { verdict: 'limited', through: [{ policy: 'AdministratorAccess' }], resource_account: dev },
  ],
]

describe('what one permission set answers, where', () => {
  it.each(rows)('%s', (_title, spec, request, expected) => {
    expect(answerOf(spec, request)).toEqual(expected)
  })

  it('a customer-managed policy is known in one account and not in another', () => {
    const spec = { customer_managed_policies: ['/team/Deploy'] }
    expect(answerOf(spec).verdict).toBe('yes')
    expect(answerOf(spec, deleteBucket, dev)).toEqual({
      verdict: 'unknown',
      unknown: [{ policy: '/team/Deploy', reason: `nobody told /team/Deploy in ${dev}` }],
    })
  })

  it('a set was not read in full, nobody knows what it allows', () => {
    const world: SmallWorld = { users: ['taro'], sets: { Admin: '1h' }, assignments: ['Admin user taro'] }
    const state = stateOf(world)
    const sets = new Map(
      [...state['permission-set']].map(([at, entry]) => [at, { ...entry, partial: 'rights' as const }] as const),
    )
    const { rows: found } = canOf(accessIn(world), { ...state, 'permission-set': sets }, deleteBucket, known)
    expect(found.map(({ verdict, unknown }) => [verdict, unknown])).toEqual([
      ['unknown', [{ reason: 'the permission set was not read in full' }]],
    ])
  })
})

it('what needs no permission goes through nothing, whatever denies it', () => {
  const rule = rulesOf(texts.DenyAll).rules[0]
  if (!rule) throw new Error('no statement')
  const denies = [{ policy: 'DenyAll', rule, extent: 'all' as const }]
  const grounds = groundsOf({ verdict: 'yes', allows: [], denies, unread: [] }, { action: 'sts:GetCallerIdentity' })
  expect(grounds).toEqual({ through: [], within: [], denied_by: [] })
  expect(throughWords({ verdict: 'yes', ...grounds, unknown: [] })).toBe('needs no permission')
})

describe('the words of an answer', () => {
  const ground = { policy: 'inline policy', statement: 'S3', resources: ['a', 'b', 'c', 'd'], conditions: ['aws:X'] }
  const nothing = { through: [], within: [], denied_by: [], unknown: [] }

  it.each<readonly [string, Finding]>([
    [
      'inline policy (statement S3) on a, b, c and 1 more depending on aws:X',
      { verdict: 'limited', ...nothing, through: [ground] },
    ],
    [
      'A or B or C or 2 more',
      { verdict: 'yes', ...nothing, through: ['A', 'B', 'C', 'D', 'E'].map((policy) => ({ policy })) },
    ],
    [
      'A; within the boundary B for s3:get*; denied in part by C',
      {
        verdict: 'limited',
        ...nothing,
        through: [{ policy: 'A' }],
        within: [{ policy: 'B', actions: ['s3:get*'] }],
        denied_by: [{ policy: 'C' }],
      },
    ],
    [
      'A; only where a policy of the resource in 444455556666 allows it too',
      { verdict: 'limited', ...nothing, through: [{ policy: 'A' }], resource_account: dev },
    ],
    [
      'A; the text of /team/Deploy is not known',
      {
        verdict: 'unknown',
        ...nothing,
        through: [{ policy: 'A' }],
        unknown: [{ policy: '/team/Deploy', reason: 'x' }],
      },
    ],
    ['an older version', { verdict: 'unknown', ...nothing, unknown: [{ reason: 'an older version' }] }],
    ['C (statement No)', { verdict: 'denied', ...nothing, denied_by: [{ policy: 'C', statement: 'No' }] }],
    ['revoked', { verdict: 'denied', ...nothing }],
  ])('%s', (words, found) => {
    expect(throughWords(found)).toBe(words)
  })
})

describe('who may', () => {
  const office: SmallWorld = {
    users: ['taro', 'jiro', 'saburo', 'shiro', 'goro'],
    disabled: ['goro'],
    groups: { staff: ['jiro', 'taro'], empty: [] },
    sets: { Admin: '8h', Read: '1h', Never: '1h', Some: '1h' },
    policies: {
      Read: { managed_policies: ['ReadOnly'] },
      Never: { managed_policies: ['DenyAll'] },
      Some: { inline_policy: policy(allow({ Action: 's3:*', Resource: logs })) },
    },
    assignments: [
      'Admin user taro',
      'Never user taro',
      'Some group staff',
      'Read user jiro',
      'Read user saburo',
      'Never user shiro',
      'Admin user goro',
      'Admin user 9067-gone',
      'Read group empty',
      'Some group empty',
      'Never group empty',
    ],
  }

  it('is a row for each way, without those that allow nothing', () => {
    expect(
      canIn(office, deleteBucket).rows.map(
        ({ user, permission_set, verdict }) => `${user} ${permission_set} ${verdict}`,
      ),
    ).toEqual([
      'goro Admin yes',
      'jiro Some limited',
      'shiro Never denied',
      'taro Admin yes',
      'taro Never denied',
      'taro Some limited',
      '9067-gone Admin yes',
    ])
  })

  it('is for a person the best of the roles to choose from; a Deny in one takes nothing from another', () => {
    const { people, counts, others } = canIn(office, deleteBucket)
    // Who is disabled or gone may nothing; saburo reaches the account and may not.
    expect(people.map(({ user, verdict }) => `${user} ${verdict}`)).toEqual([
      'jiro limited',
      'shiro denied',
      'taro yes',
    ])
    expect({ ...counts, others }).toEqual({ yes: 1, limited: 1, unknown: 0, denied: 1, others: 1 })
  })

  it('names groups without members that would allow it', () => {
    const { idle } = canIn(office, deleteBucket)
    expect(idle.map(({ group, permission_set, verdict }) => `${group} ${permission_set} ${verdict}`)).toEqual([
      'empty Some limited',
    ])
  })

  it('is nobody whom a revocation denies everything', () => {
    const { rows: found, people } = canIn(
      {
        users: ['taro', 'jiro'],
        sets: { Admin: '1h' },
        policies: { Admin: { revoked: { taro: 'everything', jiro: 'sessions before 2026-11-22T10:00:00Z' } } },
        assignments: ['Admin user taro', 'Admin user jiro'],
      },
      deleteBucket,
    )
    expect(found.map(({ user, verdict, denied_by }) => [user, verdict, denied_by])).toEqual([
      ['jiro', 'yes', []],
      ['taro', 'denied', []],
    ])
    expect(people.map(({ verdict }) => verdict)).toEqual(['yes', 'denied'])
  })

  it('is asked of each person in each account', () => {
    const { people } = canIn(
      {
        users: ['taro'],
        sets: { Admin: '1h', Never: '1h' },
        policies: { Never: { managed_policies: ['DenyAll'] } },
        accounts: { [home]: 'home', [dev]: 'dev' },
        assignments: [`Never user taro ${dev}`, `Admin user taro ${home}`],
      },
      deleteBucket,
    )
    expect(people).toEqual([
      { user: 'taro', account: dev, account_label: 'dev', verdict: 'denied' },
      { user: 'taro', account: home, account_label: 'home', verdict: 'yes' },
    ])
  })
})

it('asks about policies of the sets that give access alone, and about those of an account where it is reached', () => {
  const world: SmallWorld = {
    users: ['taro'],
    groups: { empty: [] },
    sets: { A: '1h', B: '1h', C: '1h', D: '1h' },
    policies: {
      A: { managed_policies: ['ReadOnly', 'PowerUser'], customer_managed_policies: ['/a'] },
      B: { customer_managed_policies: ['/b'], permissions_boundary: { customer_managed_policy: '/team/Bound' } },
      C: { managed_policies: ['NobodyHasIt'] },
      D: { permissions_boundary: { managed_policy: 'DenyAll' } },
    },
    accounts: { [home]: 'home', [dev]: 'dev' },
    assignments: [`A user taro ${dev}`, `B user taro ${home}`, `D group empty ${dev}`],
  }
  expect(policyNamesOf(accessIn(world), stateOf(world), home)).toEqual({
    managed: ['DenyAll', 'PowerUser', 'ReadOnly'],
    own: ['/b', '/team/Bound'],
  })
})
