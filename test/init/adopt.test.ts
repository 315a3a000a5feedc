import { describe, expect, it } from 'vitest'
import { adopt } from '../../src/init/adopt.ts'
import { foundHere } from '../../src/init/findings.ts'
import type { Json } from '../../src/model/json.ts'
import { found, management, person, session, type World } from './found.ts'

const dev = '444455556666'
const prod = '777788889999'
const accounts = [
  { id: dev, name: 'Dev' },
  { id: prod, name: 'Prod Payments' },
  { id: '012345678901', name: '開発環境' },
]
const admin = { spec: { session_duration: '8h', managed_policies: ['AdministratorAccess'] } }

async function section(world: World, name: string): Promise<Json | undefined> {
  return (await adopt(found(world))).draft.value[name]
}

async function left(world: World): Promise<readonly string[]> {
  return (await adopt(found(world))).draft.left
}

describe('an adopted manifest', () => {
  it('reads like this', async () => {
    const { text } = await adopt(found(organization))
    await expect(text).toMatchFileSnapshot('adopted.yaml')
  })

  it.each<[string, Partial<World['accounts']>, Json]>([
    ['in lower case with hyphens', [{ id: dev, name: ' My  Dev! ' }], { management, 'my-dev': dev }],
    [
      'with the id behind it where two accounts share one',
      [
        { id: dev, name: 'X' },
        { id: prod, name: 'x' },
      ],
      { management, [`x-${dev}`]: dev, [`x-${prod}`]: prod },
    ],
    ['not at all where nothing is left of the name', [{ id: dev, name: '開発' }], { management }],
    [
      'not where the word is taken',
      [
        { id: dev, name: 'All' },
        { id: prod, name: 'Management' },
      ],
      { management },
    ],
  ])('gives accounts a nickname %s', async (_name, others, expected) => {
    const grants = (others as { id: string }[]).map(({ id }) => ['user taro', 'Admin', id] as const)
    expect(
      await section({ accounts: others as never, users: { taro: {} }, sets: { Admin: admin }, grants }, 'accounts'),
    ).toEqual(expected)
  })

  it.each(['users', 'groups', 'sets'] as const)(
    'leaves out of %s what no key can be called, and says so',
    async (kind) => {
      const rows = JSON.parse('{"__proto__":{"spec":{"session_duration":"1h"}}}')
      const { text } = await adopt(found({ [kind]: rows }))
      expect(text).toMatch(/__proto__.*that name cannot be a key in this file/)
    },
  )

  it('leaves out what holds a name that no key of the file can have, and says so', async () => {
    const sets = JSON.parse('{"Odd":{"spec":{"session_duration":"1h","tags":{"__proto__":"x"}}}}')
    const { text } = await adopt(found({ sets }))
    expect(text).toMatch(/permission set Odd: one of its tags has a name that cannot be a key in this file/)
  })

  it('leaves out nicknames that nothing uses', async () => {
    expect(await section({ accounts }, 'accounts')).toEqual({ management })
  })

  it.each<[string, World, string, Json]>([
    ['an identity provider owns them', { users: { a: { provisioned: true } } }, 'users', { a: { external: true } }],
    ['they lack a name', { users: { a: { spec: { email: 'a@b' } } } }, 'users', { a: { external: true } }],
    [
      'two share an email',
      { users: { a: { spec: person('A', 'x@y') }, b: { spec: person('B', 'X@y') } } },
      'users',
      { a: { external: true }, b: { external: true } },
    ],
    [
      'an identity provider owns the group',
      { groups: { g: { provisioned: true } } },
      'groups',
      { g: { external: true } },
    ],
    [
      'the session of a set is too long',
      { sets: { Admin: { spec: { session_duration: '13h' } } } },
      'permission_sets',
      { Admin: { external: true } },
    ],
    [
      'accounts hold an older version',
      { sets: { Admin: { spec: { session_duration: '1h', outdated_in: [dev] } } } },
      'permission_sets',
      { Admin: { external: true } },
    ],
  ])('declares things external where %s', async (_name, world, name, expected) => {
    expect(await section(world, name)).toEqual(expected)
  })

  it('keeps the other attributes of a user where one cannot be said', async () => {
    const world = { users: { a: { spec: person('A', 'a@b.c', { birthdate: 'May', title: 'X' }) } } }
    expect(await section(world, 'users')).toEqual({
      a: { given_name: 'A', family_name: 'Yamada', email: 'a@b.c', title: 'X' },
    })
    expect(await left(world)).toEqual([expect.stringMatching(/^user a, birthdate: /)])
  })

  it('leaves the members of a group alone when one of them has no place in the file', async () => {
    const world: World = {
      users: { a: {}, 'x\u0007': { spec: person('X', 'x@y.z') } },
      groups: { g: { members: ['a', 'x\u0007'] } },
    }
    expect(await section(world, 'groups')).toEqual({ g: {} })
  })

  it.each<[string, World, Json]>([
    [
      'sets of AWS services, by family',
      { sets: { AWSServiceCatalogEndUserAccess: {}, AWSReadOnlyAccess: {}, Admin: admin } },
      { permission_sets: ['AWSReadOnlyAccess', 'AWSServiceCatalog*'] },
    ],
    [
      'their groups',
      { groups: { AWSAuditAccountAdmins: {}, AWSControlTowerAdmins: {}, AWSPeople: {} } },
      { groups: ['AWSAuditAccountAdmins', 'AWSControlTower*'] },
    ],
    [
      'sets of other manifests',
      { sets: { Admin: { ...admin, mark: 'sso-reconcile/other' } } },
      { permission_sets: ['Admin'] },
    ],
    [
      'what a delegated administrator cannot touch',
      {
        delegated: true,
        accounts,
        users: { taro: {} },
        sets: { Admin: admin, Dev: admin },
        grants: [
          ['user taro', 'Admin', management],
          ['user taro', 'Dev', dev],
        ],
      },
      { permission_sets: ['Admin'] },
    ],
    [
      'assignments whose user is gone',
      { sets: { Admin: admin }, grants: [['user 9067-x', 'Admin', management]] },
      { assignments: [{ user: '9067-x' }] },
    ],
  ])('ignores %s', async (_name, world, expected) => {
    expect(await section(world, 'ignore')).toEqual(expected)
  })

  it('writes a set of a service that a profile needs, and ignores the rest of its family by name', async () => {
    const world: World = {
      sets: { AWSServiceCatalogAdminFullAccess: {}, AWSServiceCatalogEndUserAccess: {} },
      sessions: { s: { spec: session } },
      profiles: {
        p: {
          spec: { sso_session: 's', sso_account_id: management, sso_role_name: 'AWSServiceCatalogAdminFullAccess' },
        },
      },
    }
    expect(await section(world, 'permission_sets')).toEqual({ AWSServiceCatalogAdminFullAccess: { external: true } })
    expect(await section(world, 'ignore')).toEqual({ permission_sets: ['AWSServiceCatalogEndUserAccess'] })
  })

  it('leaves assignments in accounts that are not active alone', async () => {
    const world: World = {
      accounts: [{ id: dev, name: 'Dev', active: false }],
      users: { taro: {} },
      sets: { Admin: admin },
      grants: [['user taro', 'Admin', dev]],
    }
    expect(await section(world, 'assignments')).toBeUndefined()
    expect(await left(world)).toEqual(['1 assignment in account dev, which is not active'])
  })
})

const awayUrl = 'https://ssoins-1234567890abcdef.us-west-2.portal.amazonaws.com'
const profile = { sso_session: 's', sso_account_id: management, sso_role_name: 'Admin' }

describe('the local section', () => {
  it.each<[string, World, Json | undefined]>([
    [
      'shares what all profiles have',
      {
        sessions: { s: { spec: session } },
        profiles: {
          a: { spec: { ...profile, region: 'eu-west-1', output: 'json' } },
          b: { spec: { ...profile, region: 'eu-west-1' } },
        },
      },
      {
        sso_session: 's',
        region: 'eu-west-1',
        profiles: {
          a: { account: 'management', permission_set: 'Admin', output: 'json' },
          b: { account: 'management', permission_set: 'Admin' },
        },
      },
    ],
    [
      'finds a session by a customised URL through its accounts',
      {
        sessions: { s: { spec: { ...session, sso_start_url: 'https://corp.awsapps.com/start' } } },
        profiles: { a: { spec: profile } },
      },
      { sso_session: 's', profiles: { a: { account: 'management', permission_set: 'Admin' } } },
    ],
    [
      'finds a session by the portal of an additional Region',
      {
        regions: ['eu-west-1', 'us-west-2'],
        sessions: { s: { spec: { ...session, sso_start_url: awayUrl, sso_region: 'us-west-2' } } },
        profiles: { a: { spec: profile } },
      },
      { sso_session: 's', profiles: { a: { account: 'management', permission_set: 'Admin' } } },
    ],
    [
      'leaves out a session that only its Region tells to be in an additional one',
      {
        regions: ['eu-west-1', 'us-west-2'],
        sessions: { s: { spec: { ...session, sso_region: 'us-west-2' } } },
        profiles: { a: { spec: profile } },
      },
      undefined,
    ],
    [
      'leaves out one of a Region that is none of the instance',
      { sessions: { s: { spec: { ...session, sso_start_url: awayUrl, sso_region: 'us-west-2' } } } },
      undefined,
    ],
    [
      'is not made of the session of another organization',
      {
        sessions: { s: { spec: { ...session, sso_start_url: 'https://corp.awsapps.com/start' } } },
        profiles: { a: { spec: { ...profile, sso_account_id: '999999999999' } } },
      },
      undefined,
    ],
    [
      'takes a session without registration scopes as it is',
      { sessions: { s: { spec: { sso_start_url: session.sso_start_url ?? '', sso_region: 'eu-west-1' } } } },
      { sso_session: 's' },
    ],
    [
      'leaves out what it would change',
      {
        sessions: { s: { spec: session } },
        profiles: {
          a: { spec: { ...profile, sso_region: 'us-east-1' } },
          b: { spec: { ...profile, sso_role_name: 'Gone' } },
          'c d': { spec: profile },
        },
      },
      { sso_session: 's' },
    ],
    [
      'leaves out sections of other manifests',
      { sessions: { s: { spec: session } }, profiles: { a: { spec: profile, mark: 'sso-reconcile/other' } } },
      { sso_session: 's' },
    ],
    [
      'is left out when sections of ours could not be said again',
      {
        sessions: { s: { spec: session } },
        profiles: { a: { spec: { ...profile, sso_role_name: 'Gone' }, mark: 'sso-reconcile' }, b: { spec: profile } },
      },
      undefined,
    ],
  ])('%s', async (_name, world, expected) => {
    expect(await section({ sets: { Admin: admin }, ...world }, 'local')).toEqual(expected)
  })

  it('takes the home Region before an additional one', async () => {
    const away = { ...session, sso_start_url: awayUrl, sso_region: 'us-west-2' }
    const world: World = { regions: ['eu-west-1', 'us-west-2'], sessions: { a: { spec: away }, b: { spec: session } } }
    expect(await section(world, 'local')).toEqual({ sso_session: 'b' })
    expect(await left(world)).toEqual(['sso-session a: a manifest has one session, here b'])
  })

  it.each([
    ['eu-west-1', session.sso_start_url],
    ['us-east-1', undefined],
  ])('tells the start URL of a session in the same region only (%s)', async (region, start_url) => {
    const { live, facts } = found({ sessions: { s: { spec: session } } })
    const here = { 'sso-session': live['sso-session'], profile: live.profile }
    const { draft } = await adopt(foundHere({ file: 'sso.yaml', region, now: facts.now }, here, undefined))
    expect(draft.value.identity_center).toEqual({ region, ...(start_url ? { start_url } : {}) })
  })

  it('names every profile that it leaves out', async () => {
    const spec = {
      ...{ sso_start_url: `${session.sso_start_url}/#/`, sso_region: 'eu-west-1' },
      ...{ sso_account_id: management, sso_role_name: 'Admin' },
    }
    const world: World = {
      sessions: { s: { spec: session } },
      profiles: { old: { spec }, gone: { spec: { ...profile, sso_role_name: 'Gone' } } },
    }
    expect(await left(world)).toEqual([
      'profile gone: there is no permission set Gone',
      'profile old: it has the old form, without an sso-session. Declare it under local.profiles (account "111122223333", permission_set Admin) and apply moves it to the session: it adds sso_session, and leaves sso_start_url and sso_region only where they equal those of the session; then log in once more',
    ])
  })
})

const organization: World = {
  accounts: [...accounts, { id: '222233334444', name: 'Old', active: false }],
  users: {
    aiko: { spec: person('Aiko', 'aiko@example.com') },
    ben: {
      spec: person('Ben', 'ben@example.com', {
        title: 'Engineer',
        phone: '+81 3 1234 5678',
        address: { locality: 'Chiyoda-ku', country: 'JP' },
      }),
      disabled: true,
    },
    hanako: { provisioned: true },
    robot: { spec: { given_name: 'Robot', family_name: 'Yamada', display_name: 'Robot Yamada' } },
  },
  groups: {
    admins: { spec: { description: 'Runs the accounts' }, members: ['aiko'] },
    developers: { spec: { description: 'Builds: everything' }, members: ['hanako', 'ben'] },
    AWSControlTowerAdmins: {},
  },
  sets: {
    Admin: {
      spec: { ...admin.spec, description: 'Full access', relay_state: 'https://eu-west-1.console.aws.amazon.com/' },
    },
    Developer: {
      spec: {
        session_duration: '1h',
        managed_policies: ['PowerUserAccess', 'job-function/Billing'],
        customer_managed_policies: ['/Boundary', '/data/Lake'],
        permissions_boundary: { customer_managed_policy: '/team/Boundary' },
        tags: { 'cost-center': '1234', on: 'no' },
        inline_policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'Own',
              Effect: 'Allow',
              Action: ['s3:Get*', 's3:Put*'],
              // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
              Resource: 'arn:aws:s3:::home/${aws:username}/*',
              Condition: { StringEquals: { 'aws:PrincipalAccount': '012345678901' } },
            },
          ],
        },
      },
    },
    Long: { spec: { session_duration: '13h' } },
    AWSServiceCatalogEndUserAccess: {},
  },
  grants: [
    ...[management, dev, prod, '012345678901'].map((id) => ['group admins', 'Admin', id] as const),
    ['group developers', 'Developer', dev],
    ['group developers', 'Developer', prod],
    ['user aiko', 'Developer', dev],
    ['user aiko', 'Developer', prod],
    ['user robot', 'Long', dev],
    ['user 9067-gone', 'Admin', dev],
    ['user aiko', 'Admin', '222233334444'],
  ],
  sessions: { personal: { spec: session } },
  profiles: {
    default: { spec: { ...profile, sso_session: 'personal', region: 'eu-west-1', output: 'json' } },
    dev: { spec: { ...profile, sso_session: 'personal', sso_account_id: dev, region: 'us-east-1', output: 'json' } },
  },
}
