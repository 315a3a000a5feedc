import { describe } from 'vitest'
import { table } from '../support/planning/rows.ts'

const declared = `accounts: { dev: "444455556666" }
users: { taro: { external: true } }
groups: { admins: { external: true } }
permission_sets: { Admin: {}, Theirs: { external: true } }
`
const live = {
  users: { taro: {} },
  groups: { admins: {} },
  permission_sets: { Admin: {}, Theirs: { mark: 'terraform' }, Other: { partial: 'header' as const } },
}
const rule = (accounts: string, more = '') =>
  `${declared}assignments: [{ users: [taro], permission_sets: [Admin], accounts: ${accounts}${more} }]`
const create = (account: string) => `create assignment/Admin:user:taro@${account} after permission-set/Admin, user/taro`
const [management, dev] = ['111122223333', '444455556666']
const three = [
  { id: management, name: 'personal' },
  { id: dev, name: 'My Sandbox' },
  { id: '777788889999', name: 'Old', active: false },
]

describe('what a rule grants', () => {
  table([
    {
      name: 'every principal gets every set in every account of the rule, once',
      manifest: `${declared}assignments:
  - { users: [taro], groups: [admins], permission_sets: [Admin, Theirs], accounts: [dev, "444455556666"] }
  - { users: [taro], permission_sets: [Admin], accounts: [dev] }
`,
      live,
      plan: [
        'create assignment/Admin:group:admins@444455556666 after permission-set/Admin, group/admins',
        create(dev),
        'create assignment/Theirs:group:admins@444455556666 after permission-set/Theirs, group/admins',
        'create assignment/Theirs:user:taro@444455556666 after permission-set/Theirs, user/taro',
      ],
    },
    {
      name: 'one that is there is as wanted',
      manifest: rule('[management]'),
      live: { ...live, assignments: [`Admin:user:taro@${management}`] },
      plan: [],
    },
    { name: 'management is the management account', manifest: rule('[management]'), live, plan: [create(management)] },
    { name: 'a name is an account’s name', manifest: rule('[{ name: My Sandbox }]'), live, plan: [create(dev)] },
    { name: 'all leaves the management account out', manifest: rule('[all]'), live, plan: [create(dev)] },
    {
      name: 'unless it is named too',
      manifest: rule('[all, management]'),
      live,
      plan: [create(management), create(dev)],
    },
    {
      name: 'except takes accounts out again',
      manifest: rule('[all, management]', ', except: [{ name: My Sandbox }]'),
      live,
      plan: [create(management)],
    },
    {
      name: 'nothing is created and nothing deleted in an account that is not active',
      manifest: rule('[all, management]'),
      live: { ...live, accounts: three, assignments: ['Admin:group:admins@777788889999'] },
      plan: [create(management), create(dev)],
      leaves: ['permission-set/Other'],
      errors: ['account-inactive'],
    },
  ])
})

describe('until', () => {
  const granted = { ...live, assignments: [`Admin:user:taro@${dev}`] }
  const gone = [`delete assignment/Admin:user:taro@${dev}`]
  const day = rule('[dev]', ', until: 2026-11-22')
  const time = rule('[dev]', ', until: "2026-11-22T21:00:00+09:00"')
  table([
    {
      name: 'a date lasts to its last moment',
      manifest: day,
      live: granted,
      now: '2026-11-22T23:59:59.999Z',
      plan: [],
    },
    { name: 'and is over with the next day', manifest: day, live: granted, now: '2026-11-23T00:00:00Z', plan: gone },
    { name: 'a time counts itself', manifest: time, live: granted, now: '2026-11-22T12:00:00Z', plan: [] },
    { name: 'and is over after it', manifest: time, live: granted, now: '2026-11-22T12:00:00.001Z', plan: gone },
    {
      name: 'what another rule still grants stays',
      manifest: `${declared}assignments:
  - { users: [taro], permission_sets: [Admin], accounts: [dev] }
  - { users: [taro], permission_sets: [Admin], accounts: [dev], until: 2026-11-01 }`,
      live: granted,
      plan: [],
    },
    { name: 'nothing is created after it', manifest: day, live, now: '2026-11-23T00:00:00Z', plan: [] },
  ])
})

describe('from', () => {
  const granted = { ...live, assignments: [`Admin:user:taro@${dev}`] }
  const later = rule('[dev]', ', from: 2026-11-23')
  const time = rule('[dev]', ', from: "2026-11-22T21:00:00+09:00", until: 2026-11-24')
  table([
    {
      name: 'a day is not there yet, and is told',
      manifest: later,
      live,
      now: '2026-11-22T23:59:59.999Z',
      plan: [],
      errors: ['granted-later'],
    },
    {
      name: 'and begins with its first moment',
      manifest: later,
      live,
      now: '2026-11-23T00:00:00Z',
      plan: [create(dev)],
    },
    { name: 'a time counts itself', manifest: time, live, now: '2026-11-22T12:00:00Z', plan: [create(dev)] },
    {
      name: 'and not the moment before',
      manifest: time,
      live,
      now: '2026-11-22T11:59:59.999Z',
      plan: [],
      errors: ['granted-later'],
    },
    {
      name: 'until ends it',
      manifest: time,
      live: granted,
      now: '2026-11-25T00:00:00Z',
      plan: [`delete assignment/Admin:user:taro@${dev}`],
      because: ['until 2026-11-24 has passed'],
    },
    {
      name: 'what is there too early goes, and is told why',
      manifest: later,
      live: granted,
      now: '2026-11-22T12:00:00Z',
      plan: [`delete assignment/Admin:user:taro@${dev}`],
      because: ['granted from 2026-11-23 only'],
      errors: ['granted-later'],
    },
    {
      name: 'what a rule of before and one of later grant is over',
      manifest: `${declared}assignments:
  - { users: [taro], permission_sets: [Admin], accounts: [dev], from: 2026-12-01 }
  - { users: [taro], permission_sets: [Admin], accounts: [dev], until: 2026-11-01 }`,
      live: granted,
      plan: [`delete assignment/Admin:user:taro@${dev}`],
      because: ['until 2026-11-01 has passed'],
      errors: ['granted-later'],
    },
    {
      name: 'what ends before it begins again is told',
      manifest: `${declared}assignments:
  - { users: [taro], permission_sets: [Admin], accounts: [dev], until: 2026-12-01 }
  - { users: [taro], permission_sets: [Admin], accounts: [dev], from: 2026-12-05 }`,
      live: granted,
      plan: [],
      errors: ['granted-later'],
    },
    {
      name: 'what goes on is not',
      manifest: `${declared}assignments:
  - { users: [taro], permission_sets: [Admin], accounts: [dev], until: 2026-12-04 }
  - { users: [taro], permission_sets: [Admin], accounts: [dev], from: 2026-12-05 }`,
      live: granted,
      plan: [],
    },
  ])
})

describe('which assignments leave', () => {
  const others = {
    ...live,
    assignments: [
      `Admin:user:jiro@${dev}`,
      `Admin:user:90677c1d-orphan@${management}`,
      `Theirs:user:jiro@${dev}`,
      `Other:user:jiro@${dev}`,
    ],
  }
  const foreign = [`assignment/Other:user:jiro@${dev}`, `assignment/Theirs:user:jiro@${dev}`, 'permission-set/Other']
  table([
    {
      name: 'the list is the whole truth for declared sets, orphans included, and for no other',
      manifest: rule('[management]'),
      live: others,
      plan: [
        create(management),
        `delete assignment/Admin:user:90677c1d-orphan@${management}`,
        `delete assignment/Admin:user:jiro@${dev}`,
      ],
      because: ['not in sso.yaml', 'not in sso.yaml'],
      leaves: foreign,
    },
    {
      name: 'an empty list takes all of them away',
      manifest: `${declared}assignments: []`,
      live: others,
      plan: [`delete assignment/Admin:user:90677c1d-orphan@${management}`, `delete assignment/Admin:user:jiro@${dev}`],
    },
    { name: 'an absent list none', manifest: declared, live: others, plan: [] },
    {
      name: 'a set that is removed takes its own along, with or without a list',
      manifest: 'permission_sets: {}',
      live: { permission_sets: { Admin: { mark: 'sso-reconcile' } }, assignments: [`Admin:user:taro@${dev}`] },
      plan: [`delete assignment/Admin:user:taro@${dev}`, 'delete permission-set/Admin'],
      because: ['permission set Admin is removed', 'no longer in sso.yaml'],
    },
  ])
})
