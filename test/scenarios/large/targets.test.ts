import { beforeAll, describe, expect, it } from 'vitest'
import { type World, worlds } from '../../../bench/worlds.ts'
import { type Cloud, management, members, newCloud } from '../cloud/support/cloud.ts'
import { newOffice, type Office, type Sections } from '../cloud/support/office.ts'

const person = (name: string) => ({ given_name: name, family_name: 'User', email: `${name}@example.com` })
const live = (userName: string) => ({ userName, familyName: 'User', email: `${userName}@example.com` })
const ours = { 'managed-by': 'sso-reconcile' }
const admin = 'arn:aws:iam::aws:policy/AdministratorAccess'
const [dev, prod] = members.map(({ id }) => id)

/** Everything differs: users, groups, members, permission sets and assignments. */
const sections: Sections = {
  users: { ann: person('ann'), bob: { ...person('bob'), title: 'Lead' }, new: person('new') },
  groups: {
    ops: { members: ['ann', 'new'] },
    platform: { was: 'infra', members: ['bob'] },
    readers: { description: 'May look', members: ['ann', 'bob'] },
  },
  permission_sets: {
    Admin: { managed_policies: ['AdministratorAccess'] },
    Read: { session_duration: '4h', managed_policies: ['ReadOnlyAccess'] },
    Coming: { managed_policies: ['ReadOnlyAccess'] },
  },
  assignments: [
    { groups: ['ops'], permission_sets: ['Admin'], accounts: ['management', `${dev}`] },
    { groups: ['readers'], permission_sets: ['Read', 'Coming'], accounts: ['all'] },
    { users: ['bob'], permission_sets: ['Admin'], accounts: [`${prod}`] },
  ],
  absent: { users: ['gone'], groups: ['old'] },
}

const targets = [
  'user/new',
  'user/bob',
  'user/gone',
  'group/platform',
  'group/readers',
  'group/old',
  'membership/ops:new',
  'membership/ops:dan',
  'membership/readers:ann user/bob',
]

describe('a plan for users, groups and memberships', () => {
  let office: Office
  let cloud: Cloud

  beforeAll(async () => {
    cloud = await newCloud({
      contents: {
        users: ['ann', 'bob', 'dan', 'gone'].map(live),
        groups: [
          { displayName: 'ops', members: ['dan', 'gone'] },
          { displayName: 'infra', members: ['bob'] },
          { displayName: 'readers', members: ['bob'] },
          { displayName: 'old', members: ['ann'] },
        ],
        permissionSets: [
          { name: 'Admin', managedPolicies: [admin], tags: ours },
          { name: 'Read', tags: ours },
          { name: 'Theirs', managedPolicies: [admin] },
        ],
        assignments: [
          { group: 'ops', permissionSet: 'Admin', account: management },
          { user: 'ann', permissionSet: 'Theirs', account: management },
          { user: 'gone', permissionSet: 'Read', account: `${dev}` },
          { user: 'gone', permissionSet: 'Theirs', account: `${prod}` },
          { user: 'bob', permissionSet: 'Theirs', account: `${prod}` },
          { group: 'old', permissionSet: 'Read', account: `${prod}` },
          { group: 'infra', permissionSet: 'Read', account: `${prod}` },
        ],
      },
    })
    office = newOffice(cloud.url, sections)
  })

  // What orphans are there is told from everything, so that such a plan is made from all of it.
  it.each(targets)('is that of the whole look: %s', async (named) => {
    const words = named.split(' ').flatMap((one) => ['--target', one])
    const whole = await office.plan(...words, '--thorough')
    const narrow = await office.plan(...words)
    expect(narrow.operations.length).toBeGreaterThan(0)
    expect(without(narrow)).toEqual(without(whole))
    // Which assignments of others are seen depends on the way in which they are read.
    const others = narrow.unmanaged.filter((at) => !at.startsWith('assignment/'))
    expect(others.filter((at) => !whole.unmanaged.includes(at))).toEqual([])
  })

  it('is carried out, and then there is nothing left of it', async () => {
    const words = ['user/new', 'membership/readers:ann', 'group/platform'].flatMap((one) => ['--target', one])
    const before = await cloud.export()
    const { code, stderr } = await office.apply(...words)
    expect(code, stderr).toBe(0)
    expect((await office.plan(...words)).operations).toEqual([])
    expect((await office.plan(...words, '--thorough')).operations).toEqual([])
    await cloud.restore(before)
  })

  it('is refused as the whole look refuses it', async () => {
    const lone = { ...sections, groups: { ops: { members: [] } }, absent: { users: ['ann'] }, users: {} }
    const strict = newOffice(cloud.url, { ...lone, assignments: [], permission_sets: {} })
    const words = ['--target', 'user/ann', '--target', 'membership/ops:dan', '--target', 'membership/ops:gone']
    const whole = await strict.plan(...words, '--thorough')
    const narrow = await strict.plan(...words)
    expect(narrow.refusals.map(({ code }) => code)).toContain('lockout-administrator')
    expect(without(narrow)).toEqual(without(whole))
  })
})

/** What only a thorough look can tell. */
const unread = /, unless an orphaned assignment keeps it \(not checked\)/

function without({ operations, access, refusals, digest, diagnostics }: Awaited<ReturnType<Office['plan']>>) {
  return { operations, access, refusals, digest, said: diagnostics.map(({ message }) => message.replace(unread, '')) }
}

describe('a plan of XL for one user', () => {
  it.each([
    ['user7', 'put its kind in front, as a plan shows it, for example user/user7'],
    ['usr/user7', 'did you mean --target user/user7?'],
    ['folder/user7', 'write addresses as a plan shows them'],
  ])('that is written %s asks for nothing', async (target, hint) => {
    const world: World = worlds.XL()
    const cloud = await newCloud({ accounts: world.accounts.slice(1), contents: world.contents })
    const office = newOffice(cloud.url, world.manifest as Sections)
    const { code, stdout } = await office.run(['plan', '--format', 'json', '--target', target])
    const { diagnostics } = JSON.parse(stdout)
    expect([code, diagnostics]).toMatchObject([1, [{ code: 'target-unknown', hint: expect.stringContaining(hint) }]])
    expect(await cloud.calls()).toEqual([])
  })

  it.each(['user/nobody', 'membership/group2:nobody'])(
    'of whom there is none (%s) is not looked for among permission sets and assignments',
    async (target) => {
      const world: World = worlds.XL()
      const cloud = await newCloud({ accounts: world.accounts.slice(1), contents: world.contents })
      const office = newOffice(cloud.url, world.manifest as Sections)
      const { diagnostics } = await office.plan('--target', target)
      expect(diagnostics).toMatchObject([{ code: 'target-unknown' }])
      expect((await cloud.calls()).length).toBeLessThan(400)
    },
  )

  it('guesses nobody else for somebody who is no member', async () => {
    const office = newOffice((await newCloud()).url, {
      users: { ann: person('ann'), bob: person('bob') },
      groups: { ops1: { members: ['bob'] }, ops2: { members: ['ann'] } },
    })
    for (const target of ['membership/ops2:bob', 'membership/ops1:ann'])
      expect((await office.plan('--target', target)).diagnostics).toMatchObject([
        { code: 'target-unknown', hint: expect.not.stringContaining('did you mean') },
      ])
    expect((await office.plan('--target', 'membership/ops3:bob')).diagnostics).toMatchObject([
      { hint: 'did you mean --target membership/ops1:bob?' },
    ])
  })

  it('asks for no assignment and no content of a permission set', async () => {
    const world: World = worlds.XL()
    const cloud = await newCloud({ accounts: world.accounts.slice(1), contents: world.contents })
    const office = newOffice(cloud.url, world.manifest as Sections)
    const { operations } = await office.plan('--target', 'user/user1')
    expect(operations).toEqual([])
    const calls = (await cloud.calls()).map(({ operation }) => operation)
    const perThing = 2 * world.contents.permissionSets.length + world.contents.groups.length
    const wide = /^(ListAccountAssignments|ListManagedPolicies|GetInlinePolicy)/
    expect(calls.filter((name) => wide.test(name))).toEqual([])
    expect(calls.length).toBeLessThan(perThing + 50)
  })
})
