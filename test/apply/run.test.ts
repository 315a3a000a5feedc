import { describe, expect, it } from 'vitest'
import { runCase } from '../support/planning/running.ts'

const user = (name: string) => `${name}: { given_name: ${name}, family_name: X, email: ${name}@example.com }`
const session = [
  '# managed by sso-reconcile',
  '[sso-session old]',
  'sso_start_url = https://d-1234567890.awsapps.com/start',
  'sso_region = eu-west-1',
]

/** Two users and their access come, one set and one session go. */
const change = {
  manifest: `users: { ${user('anna')}, ${user('bert')} }
groups: { ops: { members: [anna, bert] } }
permission_sets: { Admin: { managed_policies: [ReadOnlyAccess] } }
assignments: [{ users: [anna, bert], permission_sets: [Admin], accounts: [management] }]
local: { sso_session: work, profiles: { work: { account: management, permission_set: Admin } } }
`,
  live: {
    permission_sets: { Gone: { mark: 'sso-reconcile' } },
    users: { zoe: {} },
    assignments: ['Gone:user:zoe@444455556666'],
    aws_config: session,
  },
}

describe('a run in which all goes well', () => {
  it('ends with every operation done, each told once as started and once as ended', async () => {
    const { outcomes, events } = await runCase(change)
    expect(Object.values(outcomes)).toEqual(Array(13).fill('done'))
    const told = events.flatMap((event) => (event.type === 'file' ? [] : [`${event.type} ${event.address}`]))
    expect(told.toSorted()).toEqual(
      Object.keys(outcomes)
        .flatMap((address) => [`started ${address}`, `done ${address}`])
        .toSorted(),
    )
  })

  it('is ended by whoever is told of it and throws, and nothing is thrown where nobody hears it', async () => {
    const listener = ({ type }: { readonly type: string }) => {
      if (type === 'done') throw new Error('cannot be told')
    }
    await expect(runCase(change, { listener })).rejects.toThrow('cannot be told')
  })

  it('uses the ids of what it has just created, and fills a set before its first assignment', async () => {
    const { sent } = await runCase(change)
    const names = sent.map(([operation]) => operation)
    const grants = sent.filter(([operation]) => operation === 'CreateAccountAssignment').map(([, input]) => input)
    expect(grants).toEqual([
      expect.objectContaining({ PrincipalId: 'new id of anna', PermissionSetArn: 'new id of Admin' }),
      expect.objectContaining({ PrincipalId: 'new id of bert', PermissionSetArn: 'new id of Admin' }),
    ])
    expect(names.indexOf('CreateAccountAssignment')).toBeGreaterThan(
      names.indexOf('AttachManagedPolicyToPermissionSet'),
    )
  })

  it('takes away last, in reverse order of need, by the ids that were read', async () => {
    const { sent } = await runCase(change)
    expect(sent.slice(-2).map(([operation, input]) => [operation, input.PermissionSetArn])).toEqual([
      ['DeleteAccountAssignment', 'id of Gone'],
      ['DeletePermissionSet', 'id of Gone'],
    ])
  })

  it('writes the file of this machine once for all it carries', async () => {
    const { writes, events } = await runCase(change)
    expect(writes.map((one) => one.map(({ verb, address }) => `${verb} ${address}`))).toEqual([
      ['create sso-session/work', 'create profile/work', 'delete sso-session/old'],
    ])
    expect(events.filter(({ type }) => type === 'file')).toHaveLength(1)
  })

  it('has at most the 15 in flight that AWS lets be outstanding, and ten or more when there is work for them', async () => {
    const many = Array.from({ length: 40 }, (_, n) => user(`u${n}`)).join(', ')
    const { mostInFlight, outcomes } = await runCase({ manifest: `users: { ${many} }` })
    expect(mostInFlight).toBeLessThanOrEqual(15)
    expect(mostInFlight).toBeGreaterThanOrEqual(10)
    expect(Object.keys(outcomes)).toHaveLength(40)
  })
})

describe('an update that ends the access of somebody and changes other things', () => {
  const beside = {
    manifest: `users: { anna: { external: true } }
permission_sets: { Ops: { managed_policies: [ReadOnlyAccess] }, New: {} }
revoked: { anna: 2026-11-20T00:00:00Z }
`,
    live: {
      users: { anna: {} },
      groups: { idp: { members: ['anna'], provisioned: true } },
      permission_sets: { Ops: { mark: 'sso-reconcile', managed_policies: ['AdministratorAccess'] } },
      assignments: ['Ops:group:idp@444455556666'],
    },
  }

  it('denies first, and does the rest when it is its turn, as two steps of one outcome', async () => {
    const { outcomes, events, sent } = await runCase(beside)
    expect(sent.map(([operation]) => operation)).toEqual([
      'PutInlinePolicyToPermissionSet',
      'CreatePermissionSet',
      'AttachManagedPolicyToPermissionSet',
      'DetachManagedPolicyFromPermissionSet',
    ])
    expect(outcomes).toEqual({ 'permission-set/Ops': 'done', 'permission-set/New': 'done' })
    expect(events.filter(({ type }) => type === 'done')).toHaveLength(3)
  })

  it('leaves the rest where the denial fails, and holds back what waits for all', async () => {
    const { outcomes, sent } = await runCase(
      {
        ...beside,
        live: { ...beside.live, permission_sets: { ...beside.live.permission_sets, Gone: { mark: 'sso-reconcile' } } },
      },
      { fail: (operation) => (operation === 'PutInlinePolicyToPermissionSet' ? 'aws-validation' : undefined) },
    )
    expect(outcomes).toEqual({
      'permission-set/Ops': 'failed: PutInlinePolicyToPermissionSet failed',
      'permission-set/New': 'done',
      'permission-set/Gone': 'skipped: held back because permission-set/Ops did not succeed',
    })
    expect(sent.map(([operation]) => operation)).toEqual(['PutInlinePolicyToPermissionSet', 'CreatePermissionSet'])
  })

  it('holds back the rest where something else fails, and denies all the same', async () => {
    const { outcomes, sent } = await runCase(beside, {
      fail: (operation) => (operation === 'CreatePermissionSet' ? 'aws-validation' : undefined),
    })
    expect(outcomes['permission-set/Ops']).toBe('skipped: held back because permission-set/New did not succeed')
    expect(sent.map(([operation]) => operation)).toEqual(['PutInlinePolicyToPermissionSet', 'CreatePermissionSet'])
  })
})

describe('a run in which something fails', () => {
  it('skips what depends on it and names it, goes on with the rest, and takes nothing away', async () => {
    const { outcomes, sent } = await runCase(change, {
      fail: (operation, input) =>
        operation === 'CreateUser' && input.UserName === 'anna' ? 'aws-validation' : undefined,
    })
    const skipped = 'skipped: it depends on user/anna, which did not succeed'
    const held = 'skipped: held back because user/anna did not succeed'
    expect(outcomes).toEqual({
      'user/anna': 'failed: CreateUser failed',
      'user/bert': 'done',
      'group/ops': 'done',
      'membership/ops:anna': skipped,
      'membership/ops:bert': 'done',
      'permission-set/Admin': 'done',
      'assignment/Admin:user:anna@111122223333': skipped,
      'assignment/Admin:user:bert@111122223333': 'done',
      'sso-session/work': 'done',
      'profile/work': 'done',
      'sso-session/old': held,
      'assignment/Gone:user:zoe@444455556666': held,
      'permission-set/Gone': held,
    })
    expect(sent.filter(([operation]) => operation.startsWith('Delete'))).toEqual([])
  })

  it('holds updates that take rights away back like deletes, and lets others go on', async () => {
    const { outcomes } = await runCase(
      {
        manifest: `users: { ${user('anna')} }
permission_sets: { Longer: { session_duration: 8h }, Weaker: {} }`,
        live: { permission_sets: { Longer: {}, Weaker: { managed_policies: ['AdministratorAccess'] } } },
      },
      { fail: (operation) => (operation === 'CreateUser' ? 'aws-validation' : undefined) },
    )
    expect(outcomes).toEqual({
      'user/anna': 'failed: CreateUser failed',
      'permission-set/Longer': 'done',
      'permission-set/Weaker': 'skipped: held back because user/anna did not succeed',
    })
  })

  it('deletes nothing when the grant of a set that now allows less did not succeed', async () => {
    const { outcomes } = await runCase(
      {
        manifest: `users: { ${user('anna')} }
permission_sets: { Weaker: { managed_policies: [ReadOnlyAccess] } }
assignments: [{ users: [anna], permission_sets: [Weaker], accounts: [management] }]`,
        live: {
          permission_sets: {
            Weaker: { mark: 'sso-reconcile', managed_policies: ['AdministratorAccess', 'ReadOnlyAccess'] },
            Gone: { mark: 'sso-reconcile' },
          },
        },
      },
      { failLater: (family) => family === 'assignment creation' },
    )
    expect(outcomes).toEqual({
      'user/anna': 'done',
      'permission-set/Weaker': 'done',
      'assignment/Weaker:user:anna@111122223333': 'failed: the assignment creation request ended FAILED',
      'permission-set/Gone': 'skipped: held back because assignment/Weaker:user:anna@111122223333 did not succeed',
    })
  })

  it('believes an asynchronous request only when it has ended', async () => {
    const { outcomes } = await runCase(change, { failLater: (family) => family === 'assignment creation' })
    expect(outcomes['assignment/Admin:user:anna@111122223333']).toBe(
      'failed: the assignment creation request ended FAILED',
    )
    expect(outcomes['permission-set/Gone']).toMatch(/^skipped: held back/)
  })

  it('keeps what a failed delete still holds', async () => {
    const { outcomes } = await runCase(change, {
      fail: (operation) => (operation === 'DeleteAccountAssignment' ? 'aws-access-denied' : undefined),
    })
    expect(outcomes['assignment/Gone:user:zoe@444455556666']).toBe('failed: DeleteAccountAssignment failed')
    expect(outcomes['permission-set/Gone']).toBe(
      'skipped: it depends on assignment/Gone:user:zoe@444455556666, which did not succeed',
    )
  })

  it('takes what is gone already for deleted', async () => {
    const gone = (operation: string) => (operation.startsWith('Delete') ? 'aws-not-found' : undefined)
    const { outcomes } = await runCase(change, { fail: gone })
    expect(outcomes['permission-set/Gone']).toBe('done')
  })

  it('tells of a defect while a file is written as of any failure, and takes nothing away after that', async () => {
    const { outcomes } = await runCase(change, { failWrite: new Error('a defect') })
    expect(outcomes['permission-set/Admin']).toBe('done')
    expect(outcomes['profile/work']).toBe('failed: a defect')
    expect(outcomes['permission-set/Gone']).toBe('skipped: held back because sso-session/work did not succeed')
  })

  it('fails all of a file that cannot be written, and takes nothing away after that', async () => {
    const { outcomes } = await runCase(change, { failWrite: true })
    expect([outcomes['sso-session/work'], outcomes['profile/work'], outcomes['sso-session/old']]).toEqual(
      Array(3).fill('failed: the file changed'),
    )
    expect(outcomes['permission-set/Gone']).toBe('skipped: held back because sso-session/work did not succeed')
  })

  it('tells the hint with the failure', async () => {
    const { events } = await runCase({ manifest: `users: { ${user('anna')} }` }, { fail: () => 'aws-quota' })
    expect(events.at(-1)).toEqual({
      type: 'failed',
      address: 'user/anna',
      verb: 'create',
      message: 'CreateUser failed',
      hint: 'a hint',
    })
  })
})

describe('a run that is interrupted', () => {
  it('ends what is in flight and starts nothing new, in files neither', async () => {
    const stop = new AbortController()
    const { outcomes, writes, sent } = await runCase(change, {
      interrupted: stop.signal,
      onSend: (operation) => operation === 'CreateGroup' && stop.abort(),
    })
    expect([outcomes['user/anna'], outcomes['user/bert'], outcomes['group/ops']]).toEqual(Array(3).fill('done'))
    expect(outcomes['permission-set/Admin']).toBe('skipped: interrupted')
    expect(outcomes['membership/ops:anna']).toBe('skipped: interrupted')
    expect(outcomes['profile/work']).toBe('skipped: interrupted')
    expect(outcomes['permission-set/Gone']).toMatch(/^skipped: /)
    expect(writes).toEqual([])
    expect(sent.map(([operation]) => operation)).not.toContain('CreateGroupMembership')
  })
})

describe('an email that changes hands', () => {
  const change = {
    manifest: `users: { ${user('taro.y').replace('taro.y@', 'taro@')} }\nabsent: { users: [taro] }\ngroups: { ops: { members: [taro.y] } }`,
    live: { users: { taro: { email: 'taro@example.com' } }, groups: { ops: { members: ['taro'] } } },
  }

  it('is let go of before it is taken', async () => {
    const { sent } = await runCase(change)
    expect(sent.map(([operation]) => operation)).toEqual([
      'DeleteGroupMembership',
      'DeleteUser',
      'CreateUser',
      'CreateGroupMembership',
    ])
  })

  it('is not taken when it was not let go of', async () => {
    const { outcomes } = await runCase(change, {
      fail: (operation) => (operation === 'DeleteUser' ? 'aws-access-denied' : undefined),
    })
    expect(outcomes['user/taro.y']).toBe('skipped: it depends on user/taro, which did not succeed')
  })
})

describe('the last administrator', () => {
  const last = {
    manifest:
      'users: { taro: { external: true } }\npermission_sets: { Admin: { managed_policies: [AdministratorAccess] } }\nassignments: []',
    live: {
      users: { taro: {} },
      permission_sets: { Admin: { mark: 'sso-reconcile', managed_policies: ['AdministratorAccess'] } },
      assignments: ['Admin:user:taro@111122223333'],
    },
  }

  it('is looked after again before each operation', async () => {
    const { outcomes, sent } = await runCase(last)
    expect(outcomes['assignment/Admin:user:taro@111122223333']).toMatch(/^skipped: .*would leave nobody/)
    expect(sent).toEqual([])
  })

  it('unless that is allowed', async () => {
    const { outcomes } = await runCase(last, { allowLockout: true })
    expect(outcomes['assignment/Admin:user:taro@111122223333']).toBe('done')
  })
})
