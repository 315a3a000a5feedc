import { describe } from 'vitest'
import { table } from '../support/planning/rows.ts'
import { dev, management } from '../support/planning/world.ts'

const session = (name = 'personal', mark = 'sso-reconcile') => [
  `# managed by ${mark}`,
  `[sso-session ${name}]`,
  'sso_start_url = https://d-1234567890.awsapps.com/start',
  'sso_region = eu-west-1',
  'sso_registration_scopes = sso:account:access',
]
const profile = (name: string, account: string, set: string, mark = 'sso-reconcile') => [
  `# managed by ${mark}`,
  `[profile ${name}]`,
  'sso_session = personal',
  `sso_account_id = ${account}`,
  `sso_role_name = ${set}`,
]
const local = (rest: string) => `local: { sso_session: personal, ${rest} }`
const made = (name: string, account: string, set: string) =>
  `create profile/${name} sso_session=personal; sso_account_id=${account}; sso_role_name=${set} after sso-session/personal`

const people = `
users:
  taro: { given_name: T, family_name: Y, email: t@example.com }
  jiro: { given_name: J, family_name: Y, email: j@example.com }
groups: { ops: { members: [taro] }, audit: { members: [jiro] }, idp: {} }
permission_sets: { Admin: {}, Read: {} }`
const only = ['sso-session', 'profile'] as const
const live = { aws_config: session() }

describe('generated profiles', () => {
  table([
    {
      name: 'one for each account and set, directly and through groups, each once',
      only,
      manifest: `${people}
assignments:
  - { users: [taro], permission_sets: [Admin], accounts: [management] }
  - { groups: [ops], permission_sets: [Admin, Read], accounts: [management, all] }
  - { users: [jiro], groups: [audit], permission_sets: [Read], accounts: [management] }
${local('generate: { user: taro }')}`,
      live,
      plan: [
        made('My-Sandbox-Admin', dev, 'Admin'),
        made('My-Sandbox-Read', dev, 'Read'),
        made('personal-Admin', management, 'Admin'),
        made('personal-Read', management, 'Read'),
      ],
    },
    {
      name: 'template, lower case, separator and defaults; a nickname goes before the account’s name',
      only,
      manifest: `${people}
accounts: { box: "${dev}" }
assignments: [{ users: [taro], permission_sets: [Admin], accounts: [management, box] }]
${local('region: eu-west-1, generate: { user: taro, name: "x.{permission_set}/{account}_{account_id}", lower_case: true, separator: "" }')}`,
      live: {
        ...live,
        accounts: [
          { id: management, name: 'My  Größe' },
          { id: dev, name: 'Dev' },
        ],
      },
      plan: [
        `create profile/x.admin/box_${dev} sso_session=personal; sso_account_id=${dev}; sso_role_name=Admin; region=eu-west-1 after sso-session/personal`,
        `create profile/x.admin/mygre_${management} sso_session=personal; sso_account_id=${management}; sso_role_name=Admin; region=eu-west-1 after sso-session/personal`,
      ],
    },
    {
      name: 'one leaves with its grant; what is not ours stays',
      only,
      manifest: `${people}
assignments: [{ users: [taro], permission_sets: [Admin], accounts: [management] }]
${local('generate: { user: taro }')}`,
      live: {
        aws_config: [
          ...session(),
          ...profile('personal-Admin', management, 'Admin'),
          ...profile('personal-Read', management, 'Read'),
          ...profile('theirs', management, 'Read', 'sso-reconcile/work'),
          '[profile own]',
          'region = x',
        ],
      },
      plan: ['delete profile/personal-Read'],
      because: ['neither in sso.yaml nor in the access of taro'],
      leaves: ['profile/own', 'profile/theirs'],
    },
    {
      name: 'a grant whose time is over generates nothing',
      only,
      manifest: `${people}
assignments: [{ users: [taro], permission_sets: [Admin], accounts: [management], until: 2026-01-01 }]
${local('generate: { user: taro }')}`,
      live,
      plan: [],
    },
    {
      name: 'a declared profile for the same access goes first, with its own settings',
      only,
      manifest: `${people}
assignments: [{ users: [taro], permission_sets: [Admin], accounts: [management] }]
${local('generate: { user: taro }, profiles: { personal-Admin: { account: management, permission_set: Admin, region: us-east-1 } }')}`,
      live,
      plan: [made('personal-Admin', management, 'Admin').replace(' after', '; region=us-east-1 after')],
    },
    {
      name: 'a declared profile of that name for other access stands in the way',
      only,
      manifest: `${people}
assignments: [{ users: [taro], permission_sets: [Admin], accounts: [management] }]
${local('generate: { user: taro }, profiles: { personal-Admin: { account: management, permission_set: Read } }')}`,
      live,
      errors: ['generate-collision'],
    },
    {
      name: 'two accounts of one name stand in each other’s way',
      only,
      manifest: `${people}
assignments: [{ users: [taro], permission_sets: [Admin], accounts: [all, management] }]
${local('generate: { user: taro }')}`,
      live: {
        ...live,
        accounts: [
          { id: management, name: 'a b' },
          { id: dev, name: 'a-b' },
        ],
      },
      errors: ['generate-collision'],
    },
    {
      name: 'a name of which nothing is left is none',
      only,
      manifest: `${people}
assignments: [{ users: [taro], permission_sets: [Admin], accounts: [management] }]
${local('generate: { user: taro, name: "{account}", separator: "" }')}`,
      live: { ...live, accounts: [{ id: management, name: '本番' }] },
      plan: [],
      errors: ['generate-no-name'],
    },
    {
      name: 'a group without members in the manifest is told about',
      only,
      manifest: `${people}
assignments: [{ groups: [idp], permission_sets: [Admin], accounts: [management] }]
${local('generate: { user: taro }')}`,
      live,
      plan: [],
      errors: ['generate-unknown-members'],
    },
    {
      name: 'without assignments nothing can be told, and nothing leaves',
      only,
      manifest: local('generate: { user: taro }, profiles: {}'),
      live: { aws_config: [...session(), ...profile('personal-Read', management, 'Read')] },
      plan: [],
      leaves: ['profile/personal-Read'],
      errors: ['generate-no-assignments'],
    },
  ])
})

describe('blocks of nested settings', () => {
  const mine = (settings: string) =>
    local(`profiles: { a: { account: management, permission_set: Admin, settings: { ${settings} } } }`)
  const there = (...lines: string[]) => ({ aws_config: [...session(), ...profile('a', management, 'Admin'), ...lines] })
  table([
    {
      name: 'are wanted property by property',
      manifest: mine('s3: { max_queue_size: 10, region: x }, cli_pager: less'),
      live: there('s3 =', '  max_queue_size = 20', '  payload_signing_enabled = true'),
      plan: [
        'update profile/a s3.max_queue_size: 20 -> 10; s3.region: (none) -> x; cli_pager: (none) -> less after sso-session/personal',
      ],
    },
    {
      name: 'are as wanted',
      manifest: mine('s3: { max_queue_size: "20" }'),
      live: there('s3 =', '  max_queue_size=20', '  other = x'),
      plan: [],
    },
    {
      name: 'lose a property to an empty text',
      manifest: mine('s3: { max_queue_size: "", region: "" }'),
      live: there('s3 =', '  max_queue_size = 20', '  other = x'),
      plan: ['update profile/a s3.max_queue_size: 20 -> (none) after sso-session/personal'],
    },
    {
      name: 'go as a whole by an empty text',
      manifest: mine('s3: ""'),
      live: there('s3 =', '  max_queue_size = 20', '  other = x'),
      plan: ['update profile/a s3.max_queue_size: 20 -> (none); s3.other: x -> (none) after sso-session/personal'],
    },
  ])
})

describe('several manifests and other people’s sections', () => {
  const declared = 'profiles: { a: { account: management, permission_set: Admin } }'
  table([
    {
      name: 'a section that carries another’s mark is not changed',
      manifest: `name: home\n${local(declared)}`,
      live: {
        aws_config: [...session('personal', 'sso-reconcile/home'), ...profile('a', dev, 'Admin', 'sso-reconcile/work')],
      },
      errors: ['section-foreign'],
    },
    {
      name: 'a session that carries another’s mark neither',
      manifest: `name: home\n${local('')}`,
      live: { aws_config: session('personal', 'sso-reconcile').map((line) => line.replace('eu-west-1', 'x')) },
      errors: ['section-foreign'],
    },
    {
      name: 'one that is as wanted is shared',
      manifest: `name: home\n${local(declared)}`,
      live: { aws_config: [...session(), ...profile('a', management, 'Admin')] },
      plan: [],
    },
    {
      name: 'a session of ours that others’ profiles use stays, whether the manifest names it or not',
      manifest: 'local: { sso_session: personal, profiles: {} }',
      live: { aws_config: [...session('personal'), ...session('work'), '[profile own]', 'sso_session = personal'] },
      plan: ['delete sso-session/work'],
      leaves: ['profile/own', 'sso-session/personal'],
    },
    {
      name: 'it goes when only profiles of ours use it, which go too',
      manifest: 'local: { sso_session: work, profiles: {} }',
      live: { aws_config: [...session('personal'), ...session('work'), ...profile('a', management, 'Admin')] },
      plan: ['delete profile/a', 'delete sso-session/personal', 'delete sso-session/work'],
    },
  ])
})
