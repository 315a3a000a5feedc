import { expect, it } from 'vitest'
import { sha256 } from '../../src/plan/digest.ts'
import { makePlan } from '../../src/plan/plan.ts'
import { policyUseOf, requiredPolicies } from '../../src/plan/policy-use.ts'
import { type Case, sidesOf } from '../support/planning/planning.ts'
import { dev, management } from '../support/planning/world.ts'

/** What a case needs of IAM, on a line each. */
async function needs(one: Case): Promise<readonly string[]> {
  const input = await sidesOf(one)
  const options = { selection: {}, manifestDigest: sha256(one.manifest), allow: {}, diagnostics: [], thorough: true }
  const { plan, end } = makePlan(input, options)
  const { managed, customer, inline } = policyUseOf(plan.operations, input, end)
  const required = requiredPolicies(customer, input.facts, (_policy, account) => account === management)
  return [
    ...managed.map(({ name, permissionSet, path }) => `AWS ${name} by ${permissionSet} at ${path.slice(2).join('.')}`),
    ...customer.map(
      ({ name, permissionSet, accounts, path }) =>
        `${name} by ${permissionSet} in ${accounts.join(' ') || 'none'} at ${path.slice(2).join('.')}`,
    ),
    ...inline.map(({ permissionSet }) => `inline of ${permissionSet}`),
    ...required.map(
      ({ name, permissionSets, accounts }) =>
        `required ${name} for ${permissionSets.join(' ')} in ${accounts.map(({ label }) => label).join(', ')}`,
    ),
  ]
}

const set = (content: string, accounts = '[management, "444455556666"]') =>
  `groups: { g: {} }
permission_sets: { A: { ${content} } }
assignments: ${accounts === '' ? '[]' : `[{ groups: [g], permission_sets: [A], accounts: ${accounts} }]`}
`
const both = '[{ name: One }, { name: Two, path: /team/ }]'
const allow = '{ Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "s3:*", Resource: "*" }] }'
const held = (content: object, ...accounts: readonly string[]) => ({
  groups: { g: {} },
  permission_sets: { A: { mark: 'sso-reconcile', ...content } },
  assignments: accounts.map((account) => `A:group:g@${account}`),
})

it.each<[string, Case, readonly string[]]>([
  [
    'a new set needs its policies wherever it is assigned, and those of AWS',
    {
      manifest: set(`managed_policies: [ReadOnlyAccess], customer_managed_policies: ${both}, inline_policy: ${allow}`),
    },
    [
      'AWS ReadOnlyAccess by A at managed_policies.0',
      `/One by A in ${management} ${dev} at customer_managed_policies.0`,
      `/team/Two by A in ${management} ${dev} at customer_managed_policies.1`,
      'inline of A',
      'required /One for A in My Sandbox',
      'required /team/Two for A in My Sandbox',
    ],
  ],
  [
    'a boundary is one of them, of AWS or of the account',
    { manifest: set('permissions_boundary: { customer_managed_policy: { name: Limit } }', '[management]') },
    [`/Limit by A in ${management} at permissions_boundary.customer_managed_policy`],
  ],
  [
    'a boundary of AWS is looked for in AWS',
    { manifest: set('permissions_boundary: { managed_policy: PowerUserAccess }', '') },
    ['AWS PowerUserAccess by A at permissions_boundary.managed_policy'],
  ],
  [
    'what a set had before is not asked about again',
    {
      manifest: set(
        `managed_policies: [ReadOnlyAccess, SecurityAudit], customer_managed_policies: ${both}`,
        `["${dev}"]`,
      ),
      live: held({ managed_policies: ['ReadOnlyAccess'], customer_managed_policies: ['/One'] }, dev),
    },
    [
      'AWS SecurityAudit by A at managed_policies.1',
      `/team/Two by A in ${dev} at customer_managed_policies.1`,
      'required /team/Two for A in My Sandbox',
    ],
  ],
  [
    'where a set comes to another account, that account needs all of it',
    {
      manifest: set(`customer_managed_policies: ${both}`),
      live: held({ customer_managed_policies: ['/One', '/team/Two'] }, management),
    },
    [
      `/One by A in ${dev} at customer_managed_policies.0`,
      `/team/Two by A in ${dev} at customer_managed_policies.1`,
      'required /One for A in My Sandbox',
      'required /team/Two for A in My Sandbox',
    ],
  ],
  [
    'somebody else in an account that has the set is nothing new',
    {
      manifest: set(`customer_managed_policies: ${both}`, `["${dev}"]`)
        .replace('groups: [g]', 'groups: [g, h]')
        .replace('{ g: {} }', '{ g: {}, h: {} }'),
      live: held({ customer_managed_policies: ['/One', '/team/Two'] }, dev),
    },
    [],
  ],
  [
    'a set that says the same in other words writes nothing',
    {
      manifest: set(`description: new, inline_policy: ${allow}`, ''),
      live: held({
        inline_policy: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: ['s3:*'], Resource: '*' } },
      }),
    },
    [],
  ],
  [
    'a set that goes needs nothing',
    { manifest: 'permission_sets: {}', live: held({ customer_managed_policies: ['/One'] }) },
    [],
  ],
  [
    'accounts that are not active get nothing',
    {
      manifest: set(`customer_managed_policies: ${both}`, `["${dev}"]`),
      live: {
        accounts: [
          { id: management, name: 'personal' },
          { id: dev, name: 'My Sandbox', active: false },
        ],
      },
    },
    ['/One by A in none at customer_managed_policies.0', '/team/Two by A in none at customer_managed_policies.1'],
  ],
  [
    'no change, no question',
    {
      manifest: set(`customer_managed_policies: ${both}`, ''),
      live: held({ customer_managed_policies: ['/One', '/team/Two'] }),
    },
    [],
  ],
])('%s', async (_what, one, expected) => {
  expect(await needs(one)).toEqual(expected)
})
