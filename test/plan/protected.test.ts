import { expect, it } from 'vitest'
import { leftUnread, lostBy } from '../../src/access/losses.ts'
import type { State } from '../../src/model/state.ts'
import { planOf } from '../support/planning/planning.ts'
import { liveState, type World } from '../support/planning/world.ts'

const person = (name: string) => ({ given_name: name, family_name: 'Y', email: `${name}@example.com` })
const live: World = {
  users: { taro: person('taro'), glass: person('glass') },
  groups: { ops: { members: ['glass', 'taro'] } },
  permission_sets: {
    Admin: { managed_policies: ['AdministratorAccess'], mark: 'sso-reconcile' },
    Dev: { managed_policies: ['AmazonS3FullAccess'], mark: 'sso-reconcile' },
  },
  assignments: ['Admin:user:taro@111122223333', 'Dev:user:glass@111122223333', 'Dev:group:ops@111122223333'],
}

/** What a manifest declares, each part of it as it is live unless a case says otherwise. */
interface Parts {
  readonly users?: string
  readonly glass?: string
  readonly ops?: string
  readonly admin?: string
  readonly dev?: string
  readonly devRule?: string
  readonly more?: string
}

const dev = 'Dev: { managed_policies: [AmazonS3FullAccess] }'
const direct = '{ users: [glass], permission_sets: [Dev], accounts: [management] }'

function manifestOf(parts: Parts): string {
  const user = (name: string, more = '') =>
    `  ${name}: { given_name: ${name}, family_name: Y, email: ${name}@example.com${more} }\n`
  return `users:
${user('taro')}${parts.users ?? user('glass', parts.glass ?? '')}groups: { ops: { members: [glass, taro]${parts.ops ?? ''} } }
permission_sets:
  Admin: { managed_policies: [AdministratorAccess]${parts.admin ?? ''} }
  ${parts.dev ?? dev}
assignments:
  - { users: [taro], permission_sets: [Admin], accounts: [management] }
  - { groups: [ops], permission_sets: [${/^\w+/.exec(parts.dev ?? dev)?.[0]}], accounts: [management] }
${parts.devRule === '' ? '' : `  - ${parts.devRule ?? direct}\n`}${parts.more ?? ''}`
}

async function refusals(parts: Parts, world: World = live): Promise<readonly string[]> {
  const allow = { allowLockout: true, maxDeletes: 100 }
  const { refusals: found, complete, diagnostics } = await planOf({ manifest: manifestOf(parts), live: world }, allow)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(complete).toBe(true)
  return found.map(({ message, at }) => `${at?.line}: ${message}`)
}

const kept = ', protect: true'
const noS3 = 'Dev: { managed_policies: [AmazonS3ReadOnlyAccess]'
const lost = 'user/glass is protected, and with this plan it loses Dev (1h) on personal'

it.each<readonly [string, Parts, readonly RegExp[]]>([
  ['nothing changes', { glass: kept, ops: kept, admin: kept }, []],
  ['a user has a grant taken away, but has it through a group', { glass: kept, devRule: '' }, []],
  ['what nobody protects goes', { devRule: '' }, []],
  ['a user who gets more', { glass: kept, admin: ', description: more' }, []],
  [
    'a user has a set that allows less',
    { glass: kept, dev: `${noS3} }` },
    [/^5: user\/glass is protected, and with this plan less is allowed by Dev \(1h\) on personal$/],
  ],
  [
    'a set that allows less',
    { dev: `${noS3}, protect: true }` },
    [/: permission-set\/Dev is protected, and with this plan it allows less/],
  ],
  [
    'a set with a shorter session',
    { dev: 'Dev: { managed_policies: [AmazonS3FullAccess], session_duration: 1h, protect: true }' },
    [],
  ],
  [
    'a set renamed',
    {
      glass: kept,
      dev: 'New: { was: Dev, managed_policies: [AmazonS3FullAccess], protect: true }',
      devRule: direct.replace('Dev', 'New'),
    },
    [],
  ],
  [
    'a set renamed, with less in it',
    {
      dev: 'New: { was: Dev, managed_policies: [AmazonS3ReadOnlyAccess], protect: true }',
      devRule: direct.replace('Dev', 'New'),
    },
    [/permission-set\/New is protected, and with this plan it allows less/],
  ],
  [
    'a policy comes whose text is not known, and which may deny anything',
    { admin: `, customer_managed_policies: [{ name: Unknown }]${kept}` },
    [/permission-set\/Admin is protected, and with this plan it allows less, or may/],
  ],
  [
    'a rule whose set allows less',
    { dev: `${noS3} }`, devRule: direct.replace('{ ', '{ protect: true, ') },
    [/assignment\/Dev:user:glass@111122223333 is protected, and with this plan Dev allows less/],
  ],
])('%s', async (_what, parts, expected) => {
  const found = await refusals(parts)
  expect(found).toHaveLength(expected.length)
  expected.forEach((pattern, index) => {
    expect(found[index]).toMatch(pattern)
  })
})

it('a user who loses the last way to a set is named with it, and what to do is said', async () => {
  const manifest = manifestOf({ glass: kept, devRule: '' }).replace('members: [glass, taro]', 'members: [taro]')
  const { refusals: found } = await planOf({ manifest, live }, { allowLockout: true, maxDeletes: 100 })
  expect(found.map(({ message }) => message)).toEqual([lost])
  expect(found[0]?.hint).toBe('leave it what it has, or take protect out of sso.yaml:5 first; no flag overrides it')
})

it('a group keeps its members and what they hold', async () => {
  const manifest = manifestOf({ ops: kept }).replace('members: [glass, taro]', 'members: [taro]')
  const { refusals: found } = await planOf({ manifest, live })
  expect(found.map(({ message }) => message)).toContain('group/ops is protected, and with this plan it loses glass')
  const nothing = manifestOf({ ops: kept }).replace(
    'groups: [ops], permission_sets: [Dev]',
    'users: [glass], permission_sets: [Dev]',
  )
  const { refusals: gone } = await planOf({ manifest: nothing, live })
  expect(gone.map(({ message }) => message)).toContain(
    'group/ops is protected, and with this plan it loses Dev (1h) on personal',
  )
})

it('what was found in no file and is removed counts, where it is the protected one that loses it', async () => {
  const more = { ...live, assignments: [...(live.assignments ?? []), 'Admin:user:glass@111122223333'] }
  expect(await refusals({ glass: kept }, more)).toEqual([
    '5: user/glass is protected, and with this plan it loses Admin (1h) on personal',
  ])
})

it('a group whose members were not read may be the way of a protected user, and does not count as one that remains', () => {
  const state = liveState({ ...live, groups: { ops: { members: ['taro'] } } })
  const read = { live: state, end: { ...state, assignment: new Map() } }
  const glass = { type: 'user', name: 'glass' } as const
  expect(lostBy(glass, read).length).toBe(1)
  const unread: State = { ...state, covers: { ...state.covers, members: new Set(), memberships: new Set() } }
  const without = new Map([...unread.assignment].filter(([at]) => !at.includes('user:glass')))
  const depends = (assignment: State['assignment'], from: State = unread) =>
    lostBy(glass, { live: from, end: { ...from, assignment } }).map((one) => one.depends)
  // Its own grant surely goes, and the one of the group if it is in there.
  expect(depends(new Map())).toEqual([[], ['ops']])
  // Whether it still has what its own grant gave depends on the group.
  expect(depends(without)).toEqual([['ops']])
  expect(depends(unread.assignment)).toEqual([])
  const known: State = { ...unread, covers: { ...unread.covers, memberships: new Set(['user/glass']) } }
  expect(depends(new Map(), known)).toEqual([[]])
  expect(depends(without, known)).toEqual([[]])
})

it('to leave a group whose grants were not read may be a loss', () => {
  const state = liveState({ ...live, assignments: [] })
  const end = { ...state, membership: new Map([...state.membership].filter(([at]) => !at.includes('glass'))) }
  expect(leftUnread('glass', { live: state, end })).toEqual([])
  const covers = { ...state.covers, principals: new Set<never>(), sets: new Set<never>(), accounts: new Set<never>() }
  expect(leftUnread('glass', { live: { ...state, covers }, end: { ...end, covers } })).toEqual(['ops'])
  expect(leftUnread('taro', { live: { ...state, covers }, end: { ...end, covers } })).toEqual([])
})
