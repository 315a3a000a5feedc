import { describe } from 'vitest'
import { table } from '../support/planning/rows.ts'

const ours = { mark: 'sso-reconcile' }
const policy = (statement: string) =>
  `permission_sets: { Admin: { inline_policy: { Version: "2012-10-17", Statement: ${statement} } } }`
const live = (Statement: never[] | object) => ({
  permission_sets: { Admin: { inline_policy: { Version: '2012-10-17', Statement } as never } },
})

describe('permission sets', () => {
  table([
    {
      name: 'a new set, with everything it can hold in its normal form',
      manifest: `permission_sets:
  Admin:
    description: Full access
    session_duration: 90m
    relay_state: https://console.aws.amazon.com/
    managed_policies: [ReadOnlyAccess, "arn:aws:iam::aws:policy/job-function/Billing"]
    customer_managed_policies: [{ name: Extra }, { name: Boundary, path: /team/ }]
    permissions_boundary: { customer_managed_policy: { name: Limit } }
    tags: { team: platform }
`,
      plan: [
        'create permission-set/Admin description=Full access; session_duration=1h30m; relay_state=https://console.aws.amazon.com/; managed_policies=["ReadOnlyAccess","job-function/Billing"]; customer_managed_policies=["/Extra","/team/Boundary"]; permissions_boundary={"customer_managed_policy":"/Limit"}; tags.team=platform',
      ],
    },
    {
      name: 'a set that says nothing gets the session of one hour that AWS gives',
      manifest: 'permission_sets: { Admin: {} }',
      plan: ['create permission-set/Admin session_duration=1h'],
    },
    {
      name: 'one field that differs is one change',
      manifest: 'permission_sets: { Admin: { description: Full, session_duration: 8h } }',
      live: { permission_sets: { Admin: { ...ours, description: 'Full' } } },
      plan: ['update permission-set/Admin session_duration: 1h -> 8h'],
    },
    {
      name: 'durations are compared as seconds',
      manifest: 'permission_sets: { A: { session_duration: PT8H }, B: { session_duration: 90m } }',
      live: { permission_sets: { A: { session_duration: '8h' }, B: { session_duration: '1h30m' } } },
      plan: [],
    },
    {
      name: 'what is left out is what AWS gives by default, the relay state included',
      manifest: 'permission_sets: { Admin: {} }',
      live: {
        permission_sets: {
          Admin: {
            ...ours,
            description: 'Old',
            session_duration: '12h',
            relay_state: 'https://example.com/',
            managed_policies: ['ReadOnlyAccess'],
            permissions_boundary: { managed_policy: 'PowerUserAccess' },
            inline_policy: { Statement: [] },
            tags: { team: 'x' },
          },
        },
      },
      plan: [
        'update permission-set/Admin session_duration: 12h -> 1h; description: Old -> (none); relay_state: https://example.com/ -> (none); managed_policies: ["ReadOnlyAccess"] -> (none); permissions_boundary: {"managed_policy":"PowerUserAccess"} -> (none); inline_policy: {"Statement":[]} -> (none); tags.team: x -> (none)',
      ],
    },
    {
      name: 'an empty list and an empty map mean the same as leaving out',
      manifest: 'permission_sets: { Admin: { managed_policies: [], customer_managed_policies: [], tags: {} } }',
      live: { permission_sets: { Admin: {} } },
      plan: [],
    },
    {
      name: 'a set somebody else made is adopted: matching is no change',
      manifest: 'permission_sets: { Admin: { managed_policies: [AdministratorAccess] } }',
      live: { permission_sets: { Admin: { managed_policies: ['AdministratorAccess'] } } },
      plan: [],
      leaves: [],
    },
    {
      name: 'and it is updated without a mark',
      manifest: 'permission_sets: { Admin: { session_duration: 8h } }',
      live: { permission_sets: { Admin: {} } },
      plan: ['update permission-set/Admin session_duration: 1h -> 8h'],
    },
    {
      name: 'tags are compared one by one',
      manifest: 'permission_sets: { Admin: { tags: { team: platform, tier: "" } } }',
      live: { permission_sets: { Admin: { tags: { team: 'old', cost: '7' } } } },
      plan: ['update permission-set/Admin tags.team: old -> platform; tags.tier: (none) -> ; tags.cost: 7 -> (none)'],
    },
    {
      name: 'a managed policy is the same by name and by ARN, in any order',
      manifest:
        'permission_sets: { Admin: { managed_policies: ["arn:aws:iam::aws:policy/job-function/Billing", ReadOnlyAccess] } }',
      live: { permission_sets: { Admin: { managed_policies: ['ReadOnlyAccess', 'job-function/Billing'] } } },
      plan: [],
    },
    {
      name: 'accounts that hold an older version are a change of their own',
      manifest: 'permission_sets: { Admin: {} }',
      live: { permission_sets: { Admin: { outdated_in: ['111122223333'] } } },
      plan: ['update permission-set/Admin outdated_in: ["111122223333"] -> (none)'],
    },
  ])
})

describe('policies are compared as policy documents', () => {
  const allow = '[{ Effect: Allow, Action: ["s3:Get*", "s3:List*"], Resource: "*" }]'
  table([
    {
      name: 'the order of keys and of actions is free',
      manifest: policy(allow),
      live: live([{ Resource: '*', Action: ['s3:List*', 's3:Get*'], Effect: 'Allow' }]),
      plan: [],
    },
    {
      name: 'a scalar equals a list of one, and one statement a list of it',
      manifest: policy('[{ Effect: Allow, Action: ["s3:*"], Resource: ["*"] }]'),
      live: live({ Effect: 'Allow', Action: 's3:*', Resource: '*' }),
      plan: [],
    },
    {
      name: 'conditions may say true or "true"',
      manifest: policy(
        '[{ Effect: Allow, Action: "*", Resource: "*", Condition: { Bool: { "aws:MultiFactorAuthPresent": true } } }]',
      ),
      live: live([
        {
          Effect: 'Allow',
          Action: '*',
          Resource: '*',
          Condition: { Bool: { 'aws:MultiFactorAuthPresent': ['true'] } },
        },
      ]),
      plan: [],
    },
    {
      name: 'the order of statements is a difference',
      manifest: policy(
        '[{ Sid: A, Effect: Allow, Action: "*", Resource: "*" }, { Sid: B, Effect: Deny, Action: "x:*", Resource: "*" }]',
      ),
      live: live([
        { Sid: 'B', Effect: 'Deny', Action: 'x:*', Resource: '*' },
        { Sid: 'A', Effect: 'Allow', Action: '*', Resource: '*' },
      ]),
      plan: [
        'update permission-set/Admin inline_policy: {"Statement":[{"Action":"x:*","Effect":"Deny","Resource":"*","Sid":"B"},{"Action":"*","Effect":"Allow","Resource":"*","Sid":"A"}],"Version":"2012-10-17"} -> {"Statement":[{"Action":"*","Effect":"Allow","Resource":"*","Sid":"A"},{"Action":"x:*","Effect":"Deny","Resource":"*","Sid":"B"}],"Version":"2012-10-17"}',
      ],
    },
    {
      name: 'the case of an action and one more action are differences',
      manifest: policy(allow),
      live: live([{ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }]),
      plan: [
        'update permission-set/Admin inline_policy: {"Statement":[{"Action":"s3:Get*","Effect":"Allow","Resource":"*"}],"Version":"2012-10-17"} -> {"Statement":[{"Action":["s3:Get*","s3:List*"],"Effect":"Allow","Resource":"*"}],"Version":"2012-10-17"}',
      ],
    },
  ])
})

describe('who owns a permission set', () => {
  const three = {
    permission_sets: {
      Mine: ours,
      Home: { mark: 'sso-reconcile/home' },
      Theirs: { mark: 'terraform', partial: 'header' as const },
      Nobodys: { partial: 'header' as const },
    },
  }
  table([
    {
      name: 'an empty section removes what carries our mark, and nothing else',
      manifest: 'permission_sets: {}',
      live: three,
      plan: ['delete permission-set/Mine'],
      because: ['no longer in sso.yaml'],
      leaves: ['permission-set/Home', 'permission-set/Nobodys', 'permission-set/Theirs'],
    },
    {
      name: 'a manifest with a name owns what carries its name',
      manifest: 'name: home\npermission_sets: {}',
      live: three,
      plan: ['delete permission-set/Home'],
    },
    { name: 'an absent section removes nothing', manifest: 'users: {}', live: three, plan: [] },
    {
      name: 'whatever its mark, a set leaves by name, its assignments first',
      manifest: 'absent: { permission_sets: [Theirs, Nobodys] }',
      live: { ...three, assignments: ['Theirs:user:taro@444455556666', 'Mine:user:taro@444455556666'] },
      plan: [
        'delete assignment/Theirs:user:taro@444455556666',
        'delete permission-set/Nobodys',
        'delete permission-set/Theirs',
      ],
      because: [
        'permission set Theirs is removed',
        'listed under absent.permission_sets',
        'listed under absent.permission_sets',
      ],
    },
    {
      name: 'an external set is never written, however it differs',
      manifest: 'permission_sets: { Theirs: { external: true } }',
      live: { permission_sets: { Theirs: { session_duration: '12h', mark: 'terraform' } } },
      plan: [],
      leaves: [],
    },
    {
      name: 'an external set has to exist',
      manifest: 'permission_sets: { Theirs: { external: true } }',
      plan: [],
      errors: ['permission-set-missing'],
    },
  ])
})
