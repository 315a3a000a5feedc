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
