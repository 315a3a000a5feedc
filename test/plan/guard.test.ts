import { describe, expect, it } from 'vitest'
import type { Allowances } from '../../src/model/allowances.ts'
import { planOf } from '../support/planning/planning.ts'
import type { World } from '../support/planning/world.ts'

interface Row {
  readonly name: string
  readonly manifest: string
  readonly live: World
  readonly allow?: Allowances
  /** Codes of the refusals. */
  readonly refused: readonly string[]
}

function table(rows: readonly Row[]): void {
  for (const { name, allow, refused, ...one } of rows)
    it(name, async () => {
      const { refusals } = await planOf(one, allow)
      expect(refusals.map(({ code }) => code)).toEqual(refused)
    })
}

const people = 'users: { taro: { external: true }, hana: { external: true } }\n'
const full = { mark: 'sso-reconcile', managed_policies: ['AdministratorAccess'] }
const admin = 'permission_sets: { Admin: { managed_policies: [AdministratorAccess] } }\n'
const grantTo = (users: string) =>
  `${people}${admin}assignments: [{ users: ${users}, permission_sets: [Admin], accounts: [management] }]`
const live = {
  users: { taro: {}, hana: {} },
  permission_sets: { Admin: full },
  assignments: ['Admin:user:taro@111122223333'],
}

describe('somebody stays administrator of the management account', () => {
  const nobody = ['lockout-administrator']
  table([
    { name: 'removing the last grant is refused', manifest: `${people}${admin}assignments: []`, live, refused: nobody },
    {
      name: 'unless it is allowed',
      manifest: `${people}${admin}assignments: []`,
      live,
      allow: { allowLockout: true },
      refused: [],
    },
    { name: 'another user who exists may take over in the same plan', manifest: grantTo('[hana]'), live, refused: [] },
    {
      name: 'a user who is only being created may not: nobody can sign in as them yet',
      manifest: grantTo('[new]').replace(
        'hana:',
        'new: { given_name: N, family_name: W, email: n@example.com }, hana:',
      ),
      live,
      refused: nobody,
    },
    {
      name: 'a disabled user does not count',
      manifest: grantTo('[hana]'),
      live: { ...live, users: { taro: {}, hana: { disabled: true } } },
      refused: nobody,
    },
    {
      name: 'members of a group count',
      manifest: `${people}groups: { admins: { members: [hana] } }\n${admin}assignments: [{ groups: [admins], permission_sets: [Admin], accounts: [management] }]`,
      live: { ...live, groups: { admins: { members: ['hana'] } } },
      refused: [],
    },
    {
      name: 'taking the last member out of the group is refused',
      manifest: `${people}groups: { admins: { members: [] } }`,
      live: {
        ...live,
        groups: { admins: { members: ['hana'] } },
        assignments: ['Admin:group:admins@111122223333'],
      },
      refused: nobody,
    },
    {
      name: 'a grant on another account does not count',
      manifest: grantTo('[hana]').replace('[management]', '["444455556666"]'),
      live,
      refused: nobody,
    },
    {
      name: 'a set that was not read does not count',
      manifest: `${people}${admin}assignments: []`,
      live: {
        ...live,
        permission_sets: { Admin: full, Other: { ...full, mark: 'terraform', partial: 'header' } },
        assignments: [...live.assignments, 'Other:user:hana@111122223333'],
      },
      refused: nobody,
    },
    {
      name: 'taking AdministratorAccess out of the set is refused',
      manifest: 'permission_sets: { Admin: { managed_policies: [ReadOnlyAccess] } }',
      live,
      refused: nobody,
    },
    {
      name: 'an inline policy that allows everything replaces it',
      manifest:
        'permission_sets: { Admin: { inline_policy: { Statement: [{ Effect: Allow, Action: "*", Resource: "*" }] } } }',
      live,
      refused: [],
    },
    {
      name: 'a boundary on the set is refused',
      manifest: admin.replace(
        '[AdministratorAccess]',
        '[AdministratorAccess], permissions_boundary: { managed_policy: ReadOnlyAccess }',
      ),
      live,
      refused: nobody,
    },
    {
      name: 'so is a Deny',
      manifest: admin.replace(
        '[AdministratorAccess]',
        '[AdministratorAccess], inline_policy: { Statement: [{ Effect: Deny, Action: "s3:*", Resource: "*" }] }',
      ),
      live,
      refused: nobody,
    },
    { name: 'so is removing the user', manifest: 'absent: { users: [taro] }', live, refused: nobody },
    {
      name: 'where nobody was administrator there is nothing to keep',
      manifest: `${people}${admin}assignments: []`,
      live: { ...live, users: { taro: { disabled: true }, hana: {} } },
      refused: [],
    },
  ])
})

describe('the caller keeps the access that runs this', () => {
  const caller = 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/taro'
  const both = { ...live, caller, assignments: ['Admin:user:taro@111122223333', 'Admin:user:hana@111122223333'] }
  table([
    {
      name: 'removing it is refused though others stay',
      manifest: grantTo('[hana]'),
      live: both,
      refused: ['lockout-caller'],
    },
    {
      name: 'unless it is allowed',
      manifest: grantTo('[hana]'),
      live: both,
      allow: { allowLockout: true },
      refused: [],
    },
    { name: 'what others lose is none of it', manifest: grantTo('[taro]'), live: both, refused: [] },
    {
      name: 'a second way through a group is enough',
      manifest: `${people}groups: { admins: { members: [taro] } }\n${admin}assignments: [{ groups: [admins], permission_sets: [Admin], accounts: [management] }]`,
      live: {
        ...both,
        groups: { admins: { members: ['taro'] } },
        assignments: ['Admin:user:taro@111122223333', 'Admin:group:admins@111122223333'],
      },
      refused: [],
    },
    {
      name: 'weakening its set is refused, a replacement in the same plan or not',
      manifest: `${people}permission_sets: { Admin: { managed_policies: [ReadOnlyAccess] }, Boss: { managed_policies: [AdministratorAccess] } }
assignments:
  - { users: [taro, hana], permission_sets: [Admin, Boss], accounts: [management] }`,
      live: both,
      refused: ['lockout-caller'],
    },
    {
      name: 'a role that is none of Identity Center is not looked after',
      manifest: grantTo('[hana]'),
      live: { ...both, caller: 'arn:aws:iam::111122223333:user/taro' },
      refused: [],
    },
  ])
})

describe('deletes are counted', () => {
  const sets = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`S${n}`, { mark: 'sso-reconcile' }]))
  const keep = (count: number) =>
    `permission_sets: { ${Array.from({ length: count }, (_, n) => `S${n}: {}`).join(', ')} }`
  const many = ['too-many-deletes']
  table([
    { name: '2 of 5 are too many', manifest: keep(3), live: { permission_sets: sets(5) }, refused: many },
    { name: '1 of 5 is not', manifest: keep(4), live: { permission_sets: sets(5) }, refused: [] },
    { name: '3 of 10 are exactly 30 %', manifest: keep(7), live: { permission_sets: sets(10) }, refused: [] },
    { name: '4 of 10 are more', manifest: keep(6), live: { permission_sets: sets(10) }, refused: many },
    {
      name: 'below five things nothing is counted',
      manifest: keep(0),
      live: { permission_sets: sets(4) },
      refused: [],
    },
    {
      name: 'a foreign set is not among what is there',
      manifest: keep(3),
      live: { permission_sets: { ...sets(4), Foreign: { mark: 'terraform', partial: 'header' } } },
      refused: [],
    },
    {
      name: 'naming the total is consent',
      manifest: keep(3),
      live: { permission_sets: sets(5) },
      allow: { maxDeletes: 2 },
      refused: [],
    },
    {
      name: 'naming less is not',
      manifest: keep(3),
      live: { permission_sets: sets(5) },
      allow: { maxDeletes: 1 },
      refused: many,
    },
  ])
})

describe('what an adopted permission set loses is always counted', () => {
  const set = (spec: World['permission_sets']) => ({ permission_sets: spec ?? {} })
  const loses = ['adopted-loses']
  const declared = (row = '{}') => `${people}permission_sets: { Theirs: ${row} }\n`
  const assigned = { ...set({ Theirs: {} }), users: { taro: {} }, assignments: ['Theirs:user:taro@444455556666'] }
  table([
    { name: 'an assignment', manifest: `${declared()}assignments: []`, live: assigned, refused: loses },
    {
      name: 'with consent',
      manifest: `${declared()}assignments: []`,
      live: assigned,
      allow: { maxDeletes: 1 },
      refused: [],
    },
    {
      name: 'not of a set of ours',
      manifest: `${declared()}assignments: []`,
      live: { ...assigned, ...set({ Theirs: { mark: 'sso-reconcile' } }) },
      refused: [],
    },
    {
      name: 'the inline policy',
      manifest: declared(),
      live: set({ Theirs: { inline_policy: { Statement: [] } } }),
      refused: loses,
    },
    {
      name: 'the boundary',
      manifest: declared(),
      live: set({ Theirs: { permissions_boundary: { managed_policy: 'ReadOnlyAccess' } } }),
      refused: loses,
    },
    {
      name: 'all managed policies',
      manifest: declared(),
      live: set({ Theirs: { managed_policies: ['ReadOnlyAccess'] } }),
      refused: loses,
    },
    {
      name: 'one managed policy of two',
      manifest: declared('{ managed_policies: [ReadOnlyAccess] }'),
      live: set({ Theirs: { managed_policies: ['ReadOnlyAccess', 'job-function/Billing'] } }),
      refused: loses,
    },
    {
      name: 'a customer-managed policy',
      manifest: declared(),
      live: set({ Theirs: { customer_managed_policies: ['/team/Boundary'] } }),
      refused: loses,
    },
    {
      name: 'not a description, and not what it gains',
      manifest: declared('{ managed_policies: [ReadOnlyAccess] }'),
      live: set({ Theirs: { description: 'Old' } }),
      refused: [],
    },
  ])
})
