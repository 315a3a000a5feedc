import { describe, expect, it } from 'vitest'
import { planOf } from '../support/planning/planning.ts'
import { table } from '../support/planning/rows.ts'

const [management, dev, prod] = ['111122223333', '444455556666', '777788889999']
const taro = { given_name: 'Taro', family_name: 'Y', email: 'taro@example.com', display_name: 'Taro Y' }
const wanted = (name: string, email: string) =>
  `${name}: { given_name: Taro, family_name: Y, email: ${email}, display_name: Taro Y }`

describe('an email belongs to one user, so whoever holds it lets go first', () => {
  table([
    {
      name: 'a user under another name takes over, after all that hangs on the old one is gone',
      manifest: `users: { ${wanted('taro.y', 'taro@example.com')} }\nabsent: { users: [taro] }\ngroups: { ops: { members: [] } }`,
      live: {
        users: { taro },
        groups: { ops: { members: ['taro'] } },
        permission_sets: { Theirs: { mark: 'terraform' } },
        assignments: [`Theirs:user:taro@${dev}`],
      },
      plan: [
        `delete assignment/Theirs:user:taro@${dev}`,
        'delete membership/ops:taro',
        'delete user/taro',
        'create user/taro.y given_name=Taro; family_name=Y; email=taro@example.com; display_name=Taro Y',
      ],
    },
    {
      name: 'a user who is given another email lets go first too',
      manifest: `users: { ${wanted('anna', 'taro@example.com')}, ${wanted('taro', 'new@example.com')} }`,
      live: { users: { taro } },
      plan: [
        'update user/taro email: taro@example.com -> new@example.com',
        'create user/anna given_name=Taro; family_name=Y; email=taro@example.com; display_name=Taro Y',
      ],
    },
  ])

  it('so two who would swap are refused', async () => {
    const manifest = `users: { ${wanted('anna', 'taro@example.com')}, ${wanted('taro', 'anna@example.com')} }`
    const { refusals } = await planOf({
      manifest,
      live: { users: { taro, anna: { ...taro, email: 'anna@example.com' } } },
    })
    expect(refusals.map(({ code }) => code)).toEqual(['plan-circular', 'plan-circular'])
  })
})

describe('a renamed permission set', () => {
  const renamed = `users: { taro: { external: true } }
permission_sets: { Admin: { was: Old, session_duration: 8h } }
assignments: [{ users: [taro], permission_sets: [Admin], accounts: [management] }]`
  table([
    {
      name: 'is created, assigned and only then leaves under its old name, whoever made it',
      manifest: renamed,
      live: {
        users: { taro: {} },
        permission_sets: { Old: { session_duration: '8h' } },
        assignments: [`Old:user:taro@${management}`],
      },
      plan: [
        'create permission-set/Admin session_duration=8h',
        `create assignment/Admin:user:taro@${management} after permission-set/Admin, user/taro`,
        `delete assignment/Old:user:taro@${management}`,
        'delete permission-set/Old',
      ],
      because: ['permission set Old is removed', 'renamed to Admin'],
    },
    {
      name: 'needs nothing when that is done',
      manifest: renamed,
      live: {
        users: { taro: {} },
        permission_sets: { Admin: { session_duration: '8h', mark: 'sso-reconcile' } },
        assignments: [`Admin:user:taro@${management}`],
      },
      plan: [],
    },
  ])
})

describe('fields that a renamed set keeps', () => {
  const kept =
    'permission_sets: { New: { was: Old, session_duration: 8h, tags: { a: b }, keep: [session_duration, relay_state, tags] } }'
  const old = { session_duration: '4h', relay_state: 'https://example.com/', description: 'Old' } as const
  table([
    {
      name: 'come along from its earlier name, and what is not there starts as the manifest says',
      manifest: kept,
      live: { permission_sets: { Old: old } },
      plan: [
        'create permission-set/New session_duration=4h; tags.a=b; relay_state=https://example.com/',
        'delete permission-set/Old',
      ],
    },
    {
      name: 'are its own when it is there',
      manifest: kept,
      live: {
        permission_sets: {
          New: { session_duration: '2h', mark: 'sso-reconcile' },
          Old: { ...old, mark: 'sso-reconcile' },
        },
      },
      plan: ['delete permission-set/Old'],
    },
  ])
})

describe('a renamed group', () => {
  const renamed = 'groups: { new: { was: old, description: Ops, members: [] } }'
  table([
    {
      name: 'changes its name in place, and whatever else differs at the same time',
      manifest: renamed,
      live: { groups: { new: { name: 'old' } } },
      plan: ['update group/new name: old -> new; description: (none) -> Ops'],
    },
    { name: 'is created where there is none', manifest: renamed, plan: ['create group/new description=Ops'] },
    {
      name: 'needs nothing when that is done',
      manifest: renamed,
      live: { groups: { new: { description: 'Ops' } } },
      plan: [],
    },
    {
      name: 'may change in case alone',
      manifest: 'groups: { Ops: { was: ops } }',
      live: { groups: { Ops: { name: 'ops' } } },
      plan: ['update group/Ops name: ops -> Ops'],
    },
    {
      name: 'cannot take a name that another group has in another case',
      manifest: 'groups: { Ops: { was: old } }',
      live: { groups: { Ops: { name: 'old' }, ops: {} } },
      errors: ['group-case'],
    },
  ])

  it('that has a namesake stays, which is said with where and what to do', async () => {
    const { diagnostics, operations, unmanaged } = await planOf({
      manifest: 'groups: { new: { was: old } }',
      live: { groups: { new: {}, old: {} } },
    })
    expect([operations, unmanaged]).toEqual([[], ['group/old']])
    expect(diagnostics).toMatchObject([
      {
        severity: 'warning',
        code: 'rename-over',
        message: 'group old is kept with its members and assignments: new already exists',
        hint: 'remove was: old; to remove the group too, list it under absent.groups',
        at: { line: 3, column: 23 },
      },
    ])
  })
})

describe('a permission set that somebody else made', () => {
  it('stays when its heir is there already, which is said; one of ours goes', async () => {
    const of = (mark: string) =>
      planOf({
        manifest: 'permission_sets: { New: { was: Old } }',
        live: { permission_sets: { New: { mark: 'sso-reconcile' }, Old: { mark } } },
      })
    const [theirs, ours] = [await of('terraform'), await of('sso-reconcile')]
    expect(theirs.operations).toEqual([])
    expect(theirs.diagnostics).toMatchObject([
      {
        code: 'rename-over',
        message: 'permission set Old is kept: New already exists, and Old was not created by this manifest',
        hint: 'remove was: Old; to remove the permission set too, list it under absent.permission_sets',
      },
    ])
    expect([ours.operations.map(({ address }) => address), ours.diagnostics]).toEqual([['permission-set/Old'], []])
  })
})

describe('what is ignored', () => {
  const live = {
    users: { taro: {}, breakglass: {} },
    groups: { ops: { members: ['taro', 'breakglass'] }, hidden: {} },
    permission_sets: { Admin: { mark: 'sso-reconcile' }, AWSServiceCatalogX: { mark: 'sso-reconcile' }, Mine: {} },
    assignments: [`Admin:user:breakglass@${dev}`, `Admin:user:taro@${dev}`, `Admin:group:ops@${management}`],
  }
  const manifest = 'groups: { ops: { members: [] } }\npermission_sets: { Admin: {} }\nassignments: []\n'
  table([
    {
      name: 'is neither deleted nor told, by pattern, by principal and by account',
      manifest: `${manifest}ignore:
  users: [break*]
  groups: [hidden]
  permission_sets: [AWSServiceCatalog*]
  assignments: [{ group: ops, account: "${management}" }]`,
      live,
      plan: [`delete assignment/Admin:user:taro@${dev}`, 'delete membership/ops:taro'],
      leaves: ['permission-set/Mine', 'user/taro'],
    },
    {
      name: 'has to match in every key of an assignment',
      manifest: `${manifest}ignore: { permission_sets: [AWS*], assignments: [{ user: "*", permission_set: Mine }, { user: taro, account: "${prod}" }] }`,
      live,
      plan: [
        `delete assignment/Admin:group:ops@${management}`,
        `delete assignment/Admin:user:breakglass@${dev}`,
        `delete assignment/Admin:user:taro@${dev}`,
        'delete membership/ops:breakglass',
        'delete membership/ops:taro',
      ],
    },
  ])
})

describe('accounts by unit and by tag', () => {
  const accounts = [
    { id: management, name: 'personal', tags: { env: 'dev' } },
    { id: dev, name: 'Dev', tags: { env: 'dev', tier: '1' } },
    { id: prod, name: 'Prod', tags: { env: 'prod' } },
  ]
  const live = {
    users: { taro: {} },
    permission_sets: { Admin: {} },
    accounts,
    units: { Work: [management, dev, prod], 'Work/Prod': [prod] },
  }
  const rule = (selector: string) =>
    `users: { taro: { external: true } }\npermission_sets: { Admin: {} }\nassignments: [{ users: [taro], permission_sets: [Admin], accounts: ${selector} }]`
  const create = (...ids: string[]) =>
    ids.map((id) => `create assignment/Admin:user:taro@${id} after permission-set/Admin, user/taro`)
  table([
    {
      name: 'a unit leaves the management account out',
      manifest: rule('[{ ou: Work }]'),
      live,
      plan: create(dev, prod),
    },
    { name: 'a nested unit is named by its path', manifest: rule('[{ ou: Work/Prod }]'), live, plan: create(prod) },
    { name: 'a tag does so too', manifest: rule('[{ tag: { env: dev } }]'), live, plan: create(dev) },
    { name: 'all tags have to match', manifest: rule('[{ tag: { env: prod, tier: "1" } }]'), live, plan: [] },
    {
      name: 'a unit can be taken out of all',
      manifest: rule('[all], except: [{ ou: Work/Prod }]'),
      live,
      plan: create(dev),
    },
  ])
})
