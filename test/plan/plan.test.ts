import { describe, expect, it } from 'vitest'
import { type Case, planOf } from '../support/planning/planning.ts'
import type { World } from '../support/planning/world.ts'

const person = (name: string, more = '') =>
  `${name}: { given_name: ${name}, family_name: X, email: ${name}@example.com${more} }`
const live: World = {
  users: { taro: {}, jiro: {} },
  groups: { ops: { members: ['taro', 'jiro'] } },
  permission_sets: { Admin: { mark: 'sso-reconcile', session_duration: '8h' } },
  assignments: ['Admin:group:ops@444455556666'],
}

describe('an operation is plain data', () => {
  it('that holds all there is to know', async () => {
    const { operations } = await planOf({
      manifest:
        'users: { taro: { external: true } }\npermission_sets: { Admin: { session_duration: 8h } }\nassignments:\n  - { users: [taro], permission_sets: [Admin], accounts: [management] }',
      live: { users: { taro: {} }, permission_sets: { Admin: {} } },
    })
    expect(operations).toEqual([
      {
        kind: 'permission-set',
        address: 'permission-set/Admin',
        verb: 'update',
        reason: 'differs from sso.yaml',
        fields: [{ path: 'session_duration', before: '1h', after: '8h' }],
        needs: [],
        keep: { by: ['adopt'] },
        at: { file: 'sso.yaml', line: 4, column: 20, endColumn: 25 },
        before: { session_duration: '1h' },
        after: { session_duration: '8h' },
      },
      {
        kind: 'assignment',
        address: 'assignment/Admin:user:taro@111122223333',
        verb: 'create',
        reason: 'declared in sso.yaml',
        effect: 'taro gets Admin (8h) on personal',
        fields: [
          { path: 'permission_set', after: 'Admin' },
          { path: 'principal_type', after: 'user' },
          { path: 'principal', after: 'taro' },
          { path: 'account', after: '111122223333' },
        ],
        needs: ['permission-set/Admin', 'user/taro'],
        keep: { by: ['adopt'] },
        at: { file: 'sso.yaml', line: 6, column: 5, endColumn: 72 },
        after: { permission_set: 'Admin', principal_type: 'user', principal: 'taro', account: '111122223333' },
      },
    ])
    expect(JSON.parse(JSON.stringify(operations))).toEqual(operations)
  })
})

describe('the digest', () => {
  const manifest = `users: { ${person('taro')} }`
  const digest = async (one: Partial<Case>, only?: string[]) =>
    (await planOf({ manifest, ...one }, {}, only ? { only } : {})).digest

  it('stays when only words of the manifest or things nobody manages change', async () => {
    const first = await digest({})
    expect(first).toMatch(/^[0-9a-f]{64}$/)
    expect(await digest({ manifest: `# a comment\n\n${manifest}` })).toBe(first)
    expect(await digest({ live: { users: { jiro: {} } } })).toBe(first)
  })

  it.each([
    ['a field', { manifest: manifest.replace('family_name: X', 'family_name: Y') }],
    ['another operation', { manifest: `${manifest}\ngroups: { ops: {} }` }],
    ['the value before', { live: { users: { taro: { family_name: 'Z' } } } }],
    ['nothing to do', { manifest: 'users: {}' }],
  ] satisfies [string, Partial<Case>][])('changes with %s', async (_what, one) => {
    expect(await digest(one)).not.toBe(await digest({}))
  })

  it('changes with the selection', async () => {
    expect(await digest({}, ['user'])).not.toBe(await digest({}))
  })
})

describe('a plan that could not run', () => {
  const blocked = async (one: Case) => (await planOf(one)).refusals.map(({ code, message }) => `${code}: ${message}`)
  const manifest =
    'users: { taro: { external: true } }\npermission_sets: { Admin: {} }\nassignments: [{ users: [taro], permission_sets: [Admin], accounts: [dev] }]\naccounts: { dev: "444455556666" }'

  it('is refused when what it needs is not selected', async () => {
    expect(await blocked({ manifest, live: { users: { taro: {} } }, only: ['assignment'] })).toEqual([
      'plan-blocked: cannot create assignment/Admin:user:taro@444455556666: it needs permission-set/Admin, which does not exist',
    ])
  })

  it('is refused when what hangs on a delete is not selected', async () => {
    const leaving = { ...live, permission_sets: { Admin: { mark: 'sso-reconcile' } } }
    const still =
      'plan-blocked: cannot delete permission-set/Admin: assignment/Admin:group:ops@444455556666 still needs it'
    expect(await blocked({ manifest: 'permission_sets: {}', live: leaving, only: ['permission-set'] })).toEqual([still])
  })

  it('is incomplete when something stands in the way, and says the rest all the same', async () => {
    const plan = await planOf({ manifest: `users: { zoe: { external: true }, ${person('taro')} }` })
    expect(plan.complete).toBe(false)
    expect(plan.diagnostics.map(({ code, at }) => [code, at?.line])).toEqual([['user-missing', 3]])
    expect(plan.operations.map(({ address }) => address)).toEqual(['user/taro'])
  })
})

describe('what a plan sums up', () => {
  it('counts what is as wanted, and names what is left alone', async () => {
    const plan = await planOf({
      manifest: 'users: { taro: { external: true } }\ngroups: { ops: { members: [taro] } }',
      live: { ...live, groups: { ops: { members: ['taro'] } } },
    })
    expect([plan.operations.length, plan.unchanged]).toEqual([0, 3])
    expect(plan.unmanaged).toEqual(['assignment/Admin:group:ops@444455556666', 'permission-set/Admin', 'user/jiro'])
  })

  it('says who gains and who loses what, through groups too', async () => {
    const { access } = await planOf({
      manifest: `users: { taro: { external: true }, jiro: { external: true }, ${person('hana')} }
groups: { ops: { members: [taro, hana] }, new: { members: [jiro, hana] } }
permission_sets: { Admin: { session_duration: 8h } }
assignments:
  - { groups: [ops, new], permission_sets: [Admin], accounts: ["444455556666"] }
  - { users: [taro], permission_sets: [Admin], accounts: [management] }`,
      live: { ...live, assignments: ['Admin:group:ops@444455556666', 'Admin:user:jiro@111122223333'] },
    })
    expect(access).toEqual({
      gained: [
        'hana gets Admin (8h) on My Sandbox through ops',
        'members of new (2) get Admin (8h) on My Sandbox',
        'taro gets Admin (8h) on personal',
      ],
      lost: ['jiro loses Admin (8h) on My Sandbox through ops', 'jiro loses Admin (8h) on personal'],
    })
  })

  it('lists what a person has to do: what is not recorded as done, and what a change makes necessary', async () => {
    const keys = async (checklist: string) =>
      (await planOf({ manifest: `users: { ${person('taro')} }\nchecklist: ${checklist}` })).byHand.map(({ key }) => key)
    expect(await keys('{ mfa_policy: todo, send_email_otp: 2026-11-22 }')).toEqual(['mfa_policy', 'activated:taro'])
    expect(await keys('{ activated: { taro: todo } }')).toEqual(['activated:taro'])
    // Somebody of that name was activated; the one who is created now is not.
    expect(await keys('{ activated: { taro: 2026-11-22 } }')).toEqual(['activated:taro'])
  })
})
