import { expect, it } from 'vitest'
import { managedPolicyTexts } from '../../src/local/policy-texts.ts'
import { isUnread } from '../../src/policies/decide.ts'
import { policiesOf, type SetPolicies } from '../../src/policies/effective.ts'
import { reachOf } from '../../src/policies/everything.ts'
import { knownNames } from '../../src/policies/known-names.ts'

const allow = (more: object = {}) => ({ Effect: 'Allow', Action: '*', Resource: '*', ...more })
const inline = (...Statement: object[]) => ({ inline_policy: { Statement: Statement as never } })
const full = { managed_policies: ['AdministratorAccess'] }
const texts = await managedPolicyTexts()
const not = (NotAction: string) => ({ Effect: 'Allow', NotAction, Resource: '*' })
const deny = { Effect: 'Deny', Action: 's3:*', Resource: '*' }

/** How far a set goes, in a few words. */
function told(set: SetPolicies): string {
  const { everything, bounded, limited, unread } = reachOf(policiesOf(set, texts))
  if (!everything) return unread ? 'unknown' : 'less'
  return ['everything', ...(bounded ? ['bounded'] : []), ...(limited ? ['limited'] : [])].join(' ')
}

it.each([
  ['AdministratorAccess', full, 'everything'],
  ['an inline Allow of everything', inline(allow()), 'everything'],
  ['*:* on *', inline(allow({ Action: '*:*' })), 'everything'],
  ['one of several actions is everything', inline(allow({ Action: ['s3:*', '*'], Resource: ['*'] })), 'everything'],
  ['a single statement without a list', { inline_policy: { Statement: allow() as never } }, 'everything'],
  [
    'everything under a condition',
    inline(allow({ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })),
    'everything limited',
  ],
  ['a Deny beside it', { ...full, ...inline(deny) }, 'everything limited'],
  ['a policy that denies beside it', { managed_policies: ['AdministratorAccess', 'AWSDenyAll'] }, 'everything limited'],
  [
    'a boundary that narrows',
    { ...full, permissions_boundary: { managed_policy: 'ViewOnlyAccess' } },
    'everything bounded',
  ],
  [
    "a boundary of one's own",
    { ...full, permissions_boundary: { customer_managed_policy: '/B' } },
    'everything bounded',
  ],
  [
    'a boundary that allows everything',
    { ...full, permissions_boundary: { managed_policy: 'AdministratorAccess' } },
    'everything',
  ],
  ['all of one service', inline(allow({ Action: 'iam:*' })), 'less'],
  ['everything on one resource', inline(allow({ Resource: 'arn:aws:s3:::x' })), 'less'],
  ['everything but', inline({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }), 'less'],
  ['PowerUserAccess', { managed_policies: ['PowerUserAccess'] }, 'less'],
  ['nothing', {}, 'less'],
  ['all but billing', inline({ Effect: 'Allow', NotAction: 'aws-portal:*', Resource: '*' }), 'everything limited'],
  [
    'all resources but one',
    inline(allow({ Resource: undefined, NotResource: 'arn:aws:s3:::x' })),
    'everything limited',
  ],
  ['all that has an ARN', inline(allow({ Resource: 'arn:aws:*' })), 'everything limited'],
  ['PowerUserAccess with IAM', { managed_policies: ['IAMFullAccess', 'PowerUserAccess'] }, 'everything limited'],
  ['two exceptions that leave nothing out', inline(not('iam:*'), not('s3:*')), 'everything'],
  ['a policy of an account', { customer_managed_policies: ['/team/Deploy'] }, 'unknown'],
  [
    'AdministratorAccess and a policy of an account',
    { ...full, customer_managed_policies: ['/D'] },
    'everything limited',
  ],
  ['a policy that is newer than the list', { managed_policies: ['BrandNewAccess'] }, 'unknown'],
  ['a statement that IAM would not take', inline({ Effect: 'allow', Action: '*', Resource: '*' }), 'unknown'],
])('how far a set goes: %s', (_name, set, reach) => {
  expect(told(set)).toBe(reach)
})

/** All managed policies by name, from the list that comes with this version. */
const managed = [...(await knownNames()).policies]

it('of all managed policies, those that allow everything are the two that say so', () => {
  const everything = managed.filter((name) => told({ managed_policies: [name] }) !== 'less')
  // AWSMcpServiceActionsFullAccess: Action * on Resource *, where aws:IsMcpServiceAction is true.
  expect(everything).toEqual(['AWSMcpServiceActionsFullAccess', 'AdministratorAccess'])
  expect(told({ managed_policies: ['AWSMcpServiceActionsFullAccess'] })).toBe('everything limited')
  expect(managed.length).toBeGreaterThan(1500)
})

it('each managed policy is understood: none has a statement of which the meaning is not known', () => {
  expect(managed.filter((name) => isUnread({ name, document: texts.get(name) as never }))).toEqual([])
})
