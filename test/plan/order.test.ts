import { describe, expect, it } from 'vitest'
import { dependencies } from '../../src/plan/order.ts'
import { operationsOf } from '../support/planning/planning.ts'

const user = (name: string) => `${name}: { given_name: ${name}, family_name: X, email: ${name}@example.com }`

/** Every kind is created, changed and removed at once. */
const everything = {
  manifest: `users: { ${user('anna')}, ${user('bert')} }
groups: { ops: { members: [anna, bert] } }
permission_sets:
  Fresh: {}
  Longer: { session_duration: 8h, managed_policies: [ReadOnlyAccess] }
  Weaker: { managed_policies: [ReadOnlyAccess] }
assignments: [{ groups: [ops], permission_sets: [Fresh], accounts: [management] }]
absent: { users: [zoe], groups: [old] }
local: { sso_session: work, profiles: { fresh: { account: management, permission_set: Fresh } } }
`,
  live: {
    users: { bert: { given_name: 'Bert', family_name: 'X', email: 'bert@example.com', display_name: 'B' }, zoe: {} },
    groups: { old: { members: ['zoe'] } },
    permission_sets: {
      Gone: { mark: 'sso-reconcile' },
      Longer: { mark: 'sso-reconcile', managed_policies: ['ReadOnlyAccess'] },
      Weaker: { mark: 'sso-reconcile', managed_policies: ['AdministratorAccess', 'ReadOnlyAccess'] },
    },
    assignments: ['Gone:user:zoe@111122223333', 'Weaker:group:old@444455556666'],
    aws_config: [
      '# managed by sso-reconcile',
      '[sso-session personal]',
      'sso_start_url = https://d-1234567890.awsapps.com/start',
      'sso_region = eu-west-1',
      '# managed by sso-reconcile',
      '[profile gone]',
      'sso_session = personal',
    ],
  },
}

describe('the order of a plan', () => {
  it('builds by need, then writes this machine, then takes away in reverse order of need', async () => {
    const operations = await operationsOf(everything)
    expect(operations.map(({ verb, address }) => `${verb} ${address}`)).toEqual([
      'create user/anna',
      'update user/bert',
      'create group/ops',
      'create membership/ops:anna',
      'create membership/ops:bert',
      'create permission-set/Fresh',
      'update permission-set/Longer',
      'create assignment/Fresh:group:ops@111122223333',
      'create sso-session/work',
      'create profile/fresh',
      'delete profile/gone',
      'delete sso-session/personal',
      'update permission-set/Weaker',
      'delete assignment/Gone:user:zoe@111122223333',
      'delete assignment/Weaker:group:old@444455556666',
      'delete permission-set/Gone',
      'delete membership/old:zoe',
      'delete group/old',
      'delete user/zoe',
    ])
  })

  it('grants a set that is about to allow less only as it will be', async () => {
    const operations = await operationsOf({
      manifest: `users: { ${user('anna')} }
permission_sets: { Weaker: { managed_policies: [ReadOnlyAccess] } }
assignments: [{ users: [anna], permission_sets: [Weaker], accounts: [management] }]
`,
      live: {
        users: { anna: { given_name: 'anna', family_name: 'X', email: 'anna@example.com', display_name: 'A' } },
        permission_sets: {
          Weaker: { mark: 'sso-reconcile', managed_policies: ['AdministratorAccess', 'ReadOnlyAccess'] },
        },
      },
    })
    const grant = 'assignment/Weaker:user:anna@111122223333'
    expect(operations.map(({ address }) => address).slice(-2)).toEqual(['permission-set/Weaker', grant])
    expect(dependencies(operations).get(grant)).toEqual(['permission-set/Weaker'])
  })

  it('says for each operation what of its own phase must have ended before', async () => {
    const waits = dependencies(await operationsOf(everything))
    const some = [...waits].filter(([, before]) => before.length > 0)
    expect(Object.fromEntries(some)).toEqual({
      'membership/ops:anna': ['group/ops', 'user/anna'],
      'membership/ops:bert': ['group/ops', 'user/bert'],
      'assignment/Fresh:group:ops@111122223333': ['permission-set/Fresh', 'group/ops'],
      'profile/fresh': ['sso-session/work'],
      'sso-session/personal': ['profile/gone'],
      'permission-set/Gone': ['assignment/Gone:user:zoe@111122223333'],
      'group/old': ['assignment/Weaker:group:old@444455556666', 'membership/old:zoe'],
      'user/zoe': ['assignment/Gone:user:zoe@111122223333', 'membership/old:zoe'],
    })
  })
})
