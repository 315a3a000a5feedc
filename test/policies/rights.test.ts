import { expect, it } from 'vitest'
import { reachOf } from '../../src/policies/rights.ts'

const allow = (more: object = {}) => ({ Effect: 'Allow', Action: '*', Resource: '*', ...more })
const inline = (...Statement: object[]) => ({ inline_policy: { Statement: Statement as never } })
const full = { managed_policies: ['AdministratorAccess'] }
const deny = { Effect: 'Deny', Action: 's3:*', Resource: '*' }

/** What a set reaches in three words. */
function told(set: Parameters<typeof reachOf>[0]): string {
  const { everything, bounded, limited } = reachOf(set)
  if (!everything) return 'less'
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
])('how far a set goes: %s', (_name, set, reach) => {
  expect(told(set)).toBe(reach)
})
