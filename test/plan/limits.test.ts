import { expect, it } from 'vitest'
import { beyondLimits } from '../../src/plan/limits.ts'
import { makePlan } from '../../src/plan/plan.ts'
import { knownNames } from '../../src/policies/known-names.ts'
import { sidesOf } from '../support/planning/planning.ts'
import type { World } from '../support/planning/world.ts'

const names = await knownNames()
const live: World = {
  users: { taro: { given_name: 'Taro', family_name: 'Y', email: 't@example.com' } },
  groups: { ops: { members: [] } },
  permission_sets: {
    Dev: { managed_policies: ['AmazonS3FullAccess'], mark: 'sso-reconcile' },
    Iam: { managed_policies: ['IAMFullAccess'], mark: 'sso-reconcile' },
  },
  assignments: ['Dev:user:taro@111122223333', 'Iam:group:ops@111122223333'],
}
const users = 'users: { taro: { given_name: Taro, family_name: Y, email: t@example.com } }\n'
const sets = (dev: string) => `permission_sets: { Dev: ${dev}, Iam: { managed_policies: [IAMFullAccess] } }\n`
const inline = (statement: string) =>
  `{ managed_policies: [AmazonS3FullAccess], inline_policy: { Version: "2012-10-17", Statement: [${statement}] } }`
const everything = '{ Effect: Allow, Action: "*", Resource: "*" }'
const rules =
  'assignments: [{ users: [taro], permission_sets: [Dev], accounts: [management] }, { groups: [ops], permission_sets: [Iam], accounts: [management] }]\n'

/** What a plan gives beyond limits, without the words around it. */
async function beyond(manifest: string, ...patterns: readonly string[]): Promise<readonly string[]> {
  const groups = manifest.startsWith('groups:') ? '' : 'groups: { ops: {} }\n'
  const sides = await sidesOf({ manifest: `${users}${groups}${manifest}`, live })
  const { plan, end } = makePlan(sides, {
    ...{ selection: {}, manifestDigest: '', allow: {}, diagnostics: [], thorough: true },
  })
  const limits = patterns.map((pattern) => ({ pattern }))
  return beyondLimits(plan.operations, { live: sides.live, end }, limits, names).map(({ message }) =>
    message.replace(/^(?:create|update) | would give new access to|, which --deny-new.*$/g, ''),
  )
}

it.each([
  ['nothing changes', sets('{ managed_policies: [AmazonS3FullAccess] }') + rules, ['iam:*', '*'], []],
  [
    'a set gets an action',
    sets(inline('{ Effect: Allow, Action: iam:PassRole, Resource: "*" }')) + rules,
    ['iam:*'],
    ['permission-set/Dev iam:PassRole'],
  ],
  [
    'under a condition too',
    sets(inline('{ Effect: Allow, Action: iam:PassRole, Resource: "arn:aws:iam::*:role/x" }')) + rules,
    ['iam:Pass*'],
    ['permission-set/Dev iam:PassRole'],
  ],
  [
    'not an action that it denies as well',
    sets(inline(`${everything}, { Effect: Deny, Action: "iam:*", Resource: "*" }`)) + rules,
    ['iam:*'],
    [],
  ],
  [
    'everything is more than its service',
    sets(inline(everything)) + rules,
    ['organizations:LeaveOrganization'],
    ['permission-set/Dev organizations:LeaveOrganization'],
  ],
  [
    'not an action of another service',
    sets(inline('{ Effect: Allow, Action: "ec2:*", Resource: "*" }')) + rules,
    ['iam:*'],
    [],
  ],
  [
    'a service that the lists do not know',
    sets(inline('{ Effect: Allow, Action: "newservice:*", Resource: "*" }')) + rules,
    ['newservice:Do*'],
    ['permission-set/Dev newservice:Do*'],
  ],
  [
    'a policy whose text is not known',
    sets('{ managed_policies: [AmazonS3FullAccess], customer_managed_policies: [{ name: Deploy }] }') + rules,
    ['iam:*'],
    ['permission-set/Dev what /Deploy may allow, whose text is not known'],
  ],
  [
    'somebody gets a set that has it',
    `${sets('{ managed_policies: [AmazonS3FullAccess] }')}${rules.replace('[Dev]', '[Dev, Iam]')}`,
    ['iam:CreateUser'],
    ['assignment/Iam:user:taro@111122223333 iam:CreateUser'],
  ],
  [
    'somebody joins a group that has it',
    `groups: { ops: { members: [taro] } }\n${sets('{ managed_policies: [AmazonS3FullAccess] }')}${rules}`,
    ['iam:CreateUser'],
    ['membership/ops:taro iam:CreateUser'],
  ],
  [
    'each limit by itself',
    sets(inline('{ Effect: Allow, Action: ["iam:PassRole", "kms:Decrypt"], Resource: "*" }')) + rules,
    ['iam:*', 'kms:*'],
    ['permission-set/Dev iam:PassRole', 'permission-set/Dev kms:Decrypt'],
  ],
  ['not what goes', sets('{}') + rules, ['*'], []],
] as const)('a plan gives beyond limits: %s', async (_name, manifest, patterns, expected) => {
  expect(await beyond(manifest, ...patterns)).toEqual(expected)
})

const on = (resource: string, more = '') =>
  `{ inline_policy: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: iam:PassRole, Resource: "${resource}"${more} }] } }`
const allowIam = '{ Effect: Allow, Action: "iam:*", Resource: "*" }'
const denyUsers = '{ Effect: Deny, Action: "iam:*User", Resource: "arn:aws:iam::*:user/boss" }'
const statements = (...all: readonly string[]) =>
  `{ inline_policy: { Version: "2012-10-17", Statement: [${all.join(', ')}] } }`
const extra = 'customer_managed_policies: [{ name: Extra }]'
const bound = (name: string) => `permissions_boundary: { managed_policy: ${name} }`

it.each([
  ['on more resources', on('arn:aws:iam::*:role/app-x'), on('arn:aws:iam::*:role/*'), 'more of iam:PassRole'],
  ['not on fewer', on('arn:aws:iam::*:role/*'), on('arn:aws:iam::*:role/app-x'), undefined],
  [
    'under another condition',
    on('*', ', Condition: { IpAddress: { "aws:SourceIp": 10.0.0.1/32 } }'),
    on('*', ', Condition: { Bool: { "aws:SecureTransport": true } }'),
    'more of iam:PassRole',
  ],
  [
    'with a Deny gone that held for a part',
    statements(allowIam, denyUsers),
    statements(allowIam),
    'iam:CreateUser, iam:DeleteUser and 5 more',
  ],
  [
    'with a boundary gone around a policy of unknown text',
    `{ ${extra}, ${bound('ReadOnlyAccess')} }`,
    `{ ${extra} }`,
    'what /Extra may allow, whose text is not known',
  ],
  [
    'with a Deny gone beside a policy of unknown text',
    `{ ${extra}, ${statements('{ Effect: Deny, Action: "iam:*", Resource: "*" }').slice(1)}`,
    `{ ${extra} }`,
    'what /Extra may allow, whose text is not known',
  ],
  ['not with a boundary that comes', `{ ${extra} }`, `{ ${extra}, ${bound('ReadOnlyAccess')} }`, undefined],
  ['not of another service', on('*'), `${on('*').slice(0, -2)}, managed_policies: [AmazonSQSFullAccess] }`, undefined],
])('a plan gives more of what somebody has: %s', async (_name, before, after, expected) => {
  const manifest = (set: string) => `permission_sets: { Team: ${set} }\n`
  const { desired } = await sidesOf({ manifest: manifest(before) })
  const sides = await sidesOf({ manifest: manifest(after) })
  const live = { ...sides.live, 'permission-set': desired['permission-set'] }
  const { plan, end } = makePlan(
    { ...sides, live },
    { selection: {}, manifestDigest: '', allow: {}, diagnostics: [], thorough: true },
  )
  const told = beyondLimits(plan.operations, { live, end }, [{ pattern: 'iam:*' }], names)
  const what = told.map(({ message }) => /would give (.*), which --deny-new/.exec(message)?.[1])
  expect(what[0]).toEqual(expected === undefined ? undefined : expect.stringContaining(expected))
})
