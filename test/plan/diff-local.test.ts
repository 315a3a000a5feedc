import { describe } from 'vitest'
import { table } from '../support/planning/rows.ts'

const session = [
  '# managed by sso-reconcile',
  '[sso-session personal]',
  'sso_start_url = https://d-1234567890.awsapps.com/start',
  'sso_region = eu-west-1',
  'sso_registration_scopes = sso:account:access',
]
const profile = (name: string, ...rest: string[]) => [
  '# managed by sso-reconcile',
  `[${name}]`,
  'sso_session = personal',
  'sso_account_id = 111122223333',
  'sso_role_name = Admin',
  ...rest,
]
const local = (profiles: string, more = '') => `local: { sso_session: personal, ${more}profiles: { ${profiles} } }`
const admin = '{ account: management, permission_set: Admin }'

describe('sso-session', () => {
  table([
    {
      name: 'a new session gets the derived start URL and the scope that allows refreshing',
      manifest: 'local: { sso_session: personal }',
      plan: [
        'create sso-session/personal sso_region=eu-west-1; sso_start_url=https://d-1234567890.awsapps.com/start; sso_registration_scopes=sso:account:access',
      ],
    },
    {
      name: 'one that is there is as wanted',
      manifest: 'local: { sso_session: personal }',
      live: { aws_config: session },
      plan: [],
    },
    {
      name: 'a derived start URL does not overwrite one, other scopes neither',
      manifest: 'local: { sso_session: personal }',
      live: {
        aws_config: [
          '[sso-session personal]',
          'sso_start_url = https://mine.awsapps.com/start',
          'sso_region = us-east-1',
          'sso_registration_scopes = sso:account:access,codewhisperer:completions',
        ],
      },
      plan: ['update sso-session/personal sso_region: us-east-1 -> eu-west-1'],
    },
    {
      name: 'a start URL of the manifest does',
      manifest:
        'version: 1\nidentity_center: { region: eu-west-1, start_url: "https://d-1234567890.awsapps.com/start" }\nlocal: { sso_session: personal }',
      live: { aws_config: session.map((line) => line.replace('d-1234567890', 'd-0000000000')) },
      plan: [
        'update sso-session/personal sso_start_url: https://d-0000000000.awsapps.com/start -> https://d-1234567890.awsapps.com/start',
      ],
    },
    {
      name: 'a start URL that names an additional Region is kept together with it',
      manifest: 'local: { sso_session: personal }',
      live: {
        aws_config: [
          '[sso-session personal]',
          'sso_start_url = https://ssoins-1234567890abcdef.us-west-2.portal.amazonaws.com',
          'sso_region = us-west-2',
          'sso_registration_scopes = sso:account:access',
        ],
      },
      plan: [],
    },
    {
      name: 'one of the manifest decides through which Region to sign in',
      manifest:
        'version: 1\nidentity_center: { region: eu-west-1, start_url: "https://ssoins-1234567890abcdef.us-west-2.portal.amazonaws.com" }\nlocal: { sso_session: personal }',
      plan: [
        'create sso-session/personal sso_start_url=https://ssoins-1234567890abcdef.us-west-2.portal.amazonaws.com; sso_region=us-west-2; sso_registration_scopes=sso:account:access',
      ],
    },
    {
      name: 'a renamed session leaves under its old name when it is ours',
      manifest: 'local: { sso_session: work }',
      live: { aws_config: session },
      plan: [
        'create sso-session/work sso_region=eu-west-1; sso_start_url=https://d-1234567890.awsapps.com/start; sso_registration_scopes=sso:account:access',
        'delete sso-session/personal',
      ],
      because: ['no longer in sso.yaml'],
    },
    {
      name: 'and by name when it is not',
      manifest: 'absent: { sso_sessions: [old, personal] }',
      live: { aws_config: ['[sso-session old]', 'sso_region = eu-west-1'] },
      plan: ['delete sso-session/old'],
      because: ['listed under absent.sso_sessions'],
    },
    { name: 'an absent section removes nothing', manifest: 'users: {}', live: { aws_config: session }, plan: [] },
  ])
})

describe('profiles', () => {
  table([
    {
      name: 'a new profile has the defaults of local and its own',
      manifest: local(
        `personal: ${admin}, default: { account: dev, permission_set: Read, region: us-east-1, settings: { cli_pager: less } }`,
        'region: eu-west-1, output: json, ',
      ).concat('\naccounts: { dev: "444455556666" }'),
      live: { aws_config: session },
      plan: [
        'create profile/default sso_session=personal; sso_account_id=444455556666; sso_role_name=Read; region=us-east-1; output=json; cli_pager=less after sso-session/personal',
        'create profile/personal sso_session=personal; sso_account_id=111122223333; sso_role_name=Admin; region=eu-west-1; output=json after sso-session/personal',
      ],
    },
    {
      name: 'the default profile is the section [default]',
      manifest: local(`default: ${admin}`),
      live: { aws_config: [...session, '', ...profile('default')] },
      plan: [],
    },
    {
      name: 'one key that differs is one change, keys left out stay',
      manifest: local('personal: { account: management, permission_set: Read }'),
      live: { aws_config: [...session, '', ...profile('profile personal', 'region = eu-west-1', 'cli_pager =')] },
      plan: ['update profile/personal sso_role_name: Admin -> Read after sso-session/personal'],
    },
    {
      name: 'an empty text clears a key, a default of local too',
      manifest: local(
        'personal: { account: management, permission_set: Admin, region: "", settings: { cli_pager: "" } }',
        'region: eu-west-1, ',
      ),
      live: { aws_config: [...session, '', ...profile('profile personal', 'region = x', 'cli_pager = less')] },
      plan: ['update profile/personal region: x -> (none); cli_pager: less -> (none) after sso-session/personal'],
    },
    {
      name: 'a profile of the older form moves to the session',
      manifest: local(`personal: ${admin}`),
      live: {
        aws_config: [
          ...session,
          '[profile personal]',
          'sso_start_url = https://d-1234567890.awsapps.com/start',
          'sso_region = eu-west-1',
          'sso_account_id = 111122223333',
          'sso_role_name = Admin',
        ],
      },
      plan: [
        // What repeats the session stays for tools that know no sessions.
        'update profile/personal sso_session: (none) -> personal after sso-session/personal',
      ],
    },
    {
      name: 'what a profile of the older form says otherwise than its session goes',
      manifest: local(`personal: ${admin}`),
      live: {
        aws_config: [
          ...session,
          '[profile personal]',
          'sso_start_url = https://d-1234567890.awsapps.com/start/',
          'sso_region = eu-west-2',
          'sso_account_id = 111122223333',
          'sso_role_name = Admin',
        ],
      },
      plan: [
        'update profile/personal sso_session: (none) -> personal; sso_start_url: https://d-1234567890.awsapps.com/start/ -> (none); sso_region: eu-west-2 -> (none) after sso-session/personal',
      ],
    },
    {
      name: 'only marked profiles leave with the section, and a session waits for its profiles; none is made for no profile',
      manifest: 'local: { sso_session: work, profiles: {} }',
      live: {
        aws_config: [...session, '', ...profile('profile gone'), '', '[profile own]', 'region = eu-west-1', ''],
      },
      plan: ['delete profile/gone', 'delete sso-session/personal'],
      leaves: ['profile/own'],
    },
    {
      name: 'a mark of another name is foreign',
      manifest: 'name: home\nlocal: { profiles: {} }',
      live: { aws_config: profile('profile personal') },
      plan: [],
      leaves: ['profile/personal'],
    },
    {
      name: 'profiles stay when local does not speak of them',
      manifest: 'local: { sso_session: personal }',
      live: { aws_config: [...session, '', ...profile('profile personal')] },
      plan: [],
    },
    {
      name: 'keys of a person’s own never enter a plan when they are secret',
      manifest: 'absent: { profiles: [old] }',
      live: {
        aws_config: [
          '[profile old]',
          'aws_access_key_id = AKIAIOSFODNN7EXAMPLE',
          'aws_secret_access_key = wJalrXUtnFEMI',
          'region = eu-west-1',
        ],
      },
      plan: ['delete profile/old'],
    },
  ])
})
