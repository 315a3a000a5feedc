import { describe, expect, it } from 'vitest'
import { address } from '../../src/model/address.ts'
import { uncovered } from '../../src/model/coverage.ts'
import { sha256 } from '../../src/plan/digest.ts'
import { makePlan } from '../../src/plan/plan.ts'
import { type Case, sidesOf } from '../support/planning/planning.ts'
import { dev, management } from '../support/planning/world.ts'

type Covers = Awaited<ReturnType<typeof sidesOf>>['live']['covers']

/** The warnings about roles in a plan, each with the line it is at and what it says to do. */
async function warnings(one: Case, covers?: Covers, selection = {}) {
  const input = await sidesOf(one)
  const live = covers ? { ...input.live, covers } : input.live
  const options = { selection, manifestDigest: sha256(one.manifest), allow: {}, diagnostics: [], thorough: true }
  const { plan } = makePlan({ ...input, live }, options)
  return plan.diagnostics.filter(({ code }) => code === 'role-removed')
}

const messages = async (one: Case, covers?: Covers) => (await warnings(one, covers)).map(({ message }) => message)

const declared = (accounts: string, users = '[taro]') => `accounts: { dev: "${dev}" }
users: { taro: { external: true }, hanako: { external: true } }
permission_sets: { Ops: {} }
assignments: [{ users: ${users}, permission_sets: [Ops], accounts: ${accounts} }]
`
const people = { users: { taro: {}, hanako: {} } }
const ours = { mark: 'sso-reconcile' }
const live = (...assignments: readonly string[]) => ({ ...people, permission_sets: { Ops: ours }, assignments })
const everywhere = [`Ops:user:taro@${management}`, `Ops:user:taro@${dev}`]
const role = (set: string, account = dev) =>
  `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_${set}_????????????????`

describe('a warning that a role goes', () => {
  it('stands at the set that loses its last assignment in an account, with the pattern of the role', async () => {
    expect(await warnings({ manifest: declared('[management]'), live: live(...everywhere) })).toEqual([
      {
        severity: 'warning',
        code: 'role-removed',
        message:
          'the role of Ops on dev is deleted with the last assignment; assigned again, it would have another ARN',
        hint: `policies and EKS clusters that name the old ARN stop working: name roles in policies with ArnLike, as ${role('Ops')} (EKS takes exact ARNs only)`,
        at: expect.objectContaining({ line: 5, column: 20 }),
      },
    ])
  })

  it.each<[string, Case]>([
    [
      'somebody else keeps the set there',
      {
        manifest:
          `${declared('[dev]')}  - { users: [hanako], permission_sets: [Ops], accounts: [management] }\n`.replace(
            'assignments: [{ users: [taro], permission_sets: [Ops], accounts: [dev] }]',
            'assignments:\n  - { users: [taro], permission_sets: [Ops], accounts: [dev] }',
          ),
        live: live(...everywhere, `Ops:user:hanako@${management}`),
      },
    ],
    ['another grant takes its place', { manifest: declared('[dev]', '[hanako]'), live: live(`Ops:user:taro@${dev}`) }],
    ['nothing is removed', { manifest: declared('[management, dev]'), live: live(...everywhere) }],
    ['everything is new', { manifest: declared('[management, dev]'), live: people }],
    [
      'the set alone changes',
      {
        manifest: declared('[dev]').replace('Ops: {}', 'Ops: { session_duration: 4h }'),
        live: live(`Ops:user:taro@${dev}`),
      },
    ],
    [
      'the account is closed, where nothing can be removed',
      {
        manifest: declared('[management]'),
        live: {
          ...live(...everywhere),
          accounts: [
            { id: management, name: 'personal' },
            { id: dev, name: 'My Sandbox', active: false },
          ],
        },
      },
    ],
  ])('is not there where %s', async (_what, one) => expect(await messages(one)).toEqual([]))

  it('is one for all accounts of a set, however many', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => String(200_000_000_001 + index))
    const accounts = [...ids.map((id) => ({ id, name: `team ${id.slice(-2)}` })), { id: management, name: 'personal' }]
    const one = {
      manifest: declared('[management]'),
      live: { ...live(...ids.map((id) => `Ops:user:taro@${id}`)), accounts },
    }
    const [only, second] = await warnings(one)
    expect(second).toBeUndefined()
    expect(only?.message).toMatch(
      /^the roles of Ops on team \d\d, team \d\d, team \d\d and 37 more are deleted with the last assignment; assigned again, they would have other ARNs$/,
    )
    expect(only?.hint).toContain(role('Ops', 'ACCOUNT'))
  })

  it('is one for all sets where they are many', async () => {
    const sets = ['A', 'B', 'C', 'D']
    const one = {
      manifest: `users: { taro: { external: true } }\npermission_sets: { ${sets.map((set) => `${set}: {}`).join(', ')} }\nassignments: []\n`,
      live: {
        users: { taro: {} },
        permission_sets: Object.fromEntries(sets.map((set) => [set, ours])),
        assignments: sets.flatMap((set) => [`${set}:user:taro@${dev}`, `${set}:user:taro@${management}`]),
      },
    }
    const [only, second] = await warnings(one)
    expect(second).toBeUndefined()
    expect(only?.message).toBe(
      '8 roles of A, B, C and 1 more on personal, My Sandbox are deleted with the last assignments; created again, they would have other ARNs',
    )
    expect(only?.hint).toContain(role('SET', 'ACCOUNT'))
  })

  it('is about the set that goes, at no line where the file no longer names it', async () => {
    const manifest = 'users: { taro: { external: true } }\npermission_sets: {}\nassignments: []\n'
    const [only] = await warnings({ manifest, live: live(...everywhere) })
    expect(only?.message).toBe(
      'the roles of Ops on personal, My Sandbox are deleted with the permission set; created again, they would have other ARNs',
    )
    expect(only?.at).toBeUndefined()
    const absent = `${manifest.replace('permission_sets: {}', 'permission_sets: { Other: {} }')}absent: { permission_sets: [Ops] }\n`
    const [named] = await warnings({ manifest: absent, live: live(...everywhere) })
    expect(named?.message).toBe(only?.message)
  })

  it('is about the new name where a set is renamed', async () => {
    const manifest = declared('[dev]').replaceAll('Ops', 'Operations').replace('{}', '{ was: Ops }')
    const [only, second] = await warnings({ manifest, live: live(`Ops:user:taro@${dev}`) })
    expect(second).toBeUndefined()
    expect(only?.message).toBe('the role of Ops on dev is replaced by one of Operations, with another ARN')
    expect(only?.hint).toContain(`let policies name the new role too, with ArnLike, as ${role('Operations')} (`)
    expect(only?.at).toMatchObject({ line: 5, column: 20 })
  })

  it('says that the role comes back where a revocation takes the last assignment before another one is made', async () => {
    const manifest = `${declared('[dev]', '[taro, hanako]')}revoked: { taro: "2026-11-22T11:00:00Z" }\n`
    const [only] = await messages({ manifest, live: live(`Ops:user:taro@${dev}`) })
    expect(only).toBe(
      'the role of Ops on dev is deleted with the last assignment, and then created again by this plan with another ARN',
    )
  })

  it('does not claim what was not read', async () => {
    const one = { manifest: declared('[management]'), live: live(...everywhere) }
    const none = { ...uncovered }
    expect(await messages(one, { ...none })).toEqual([])
    expect(await messages(one, { ...none, principals: new Set() })).toEqual([])
    expect(await messages(one, { ...none, principals: 'all' })).toEqual([
      'the role of Ops on dev is deleted with the last assignment, unless an orphaned assignment keeps it (not checked); assigned again, it would have another ARN',
    ])
    const sure = [
      'the role of Ops on dev is deleted with the last assignment; assigned again, it would have another ARN',
    ]
    expect(await messages(one, { ...none, accounts: new Set([dev]) })).toEqual(sure)
    expect(await messages(one, { ...none, sets: new Set([address('permission-set', 'Ops')]) })).toEqual(sure)
    // A set that goes can be assigned nowhere.
    const gone = {
      manifest: 'users: { taro: { external: true } }\npermission_sets: {}\nassignments: []\n',
      live: one.live,
    }
    expect((await messages(gone, { ...none, principals: 'all' }))[0]).not.toContain('orphaned')
  })

  it('does not hold up the end of one user’s access', async () => {
    const one = { manifest: declared('[management]'), live: live(...everywhere) }
    expect(await warnings(one, undefined, { user: 'taro' })).toEqual([])
  })
})
