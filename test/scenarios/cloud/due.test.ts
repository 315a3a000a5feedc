import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ourTime } from '../../support/time.ts'
import { isWrite } from '../e2e/support/relay.ts'
import { type Cloud, newCloud } from './support/cloud.ts'
import { newOffice, type Office, type PlanDocument, type Sections } from './support/office.ts'

vi.setConfig({ testTimeout: 120_000 })
afterEach(() => ourTime.restart())

const dev = '222233334444'
const people = ['ann', 'bob']
const contents = {
  users: people.map((userName) => ({ userName })),
  permissionSets: [{ name: 'Read', description: 'Old', tags: { 'managed-by': 'sso-reconcile' } }],
  assignments: people.map((user) => ({ permissionSet: 'Read', user, account: dev })),
}
const rule = (user: string, more: object = {}) => ({
  users: [user],
  permission_sets: ['Read'],
  accounts: [dev],
  ...more,
})
const inHours = (hours: number) => new Date(ourTime.now().getTime() + hours * 3_600_000).toISOString()
const grant = (user: string, set = 'Read') => `assignment/${set}:user:${user}@${dev}`
const changes = ({ operations }: PlanDocument) => operations.map(({ verb, address }) => `${verb} ${address}`)
const nothing = 'Nothing is due: no grant ends or begins, and no revocation is over.\n'

/** Identity Center where ann and bob may read, and a manifest that besides gives the set another description. */
async function scene(assignments: readonly object[], more: Sections = {}): Promise<{ cloud: Cloud; office: Office }> {
  const cloud = await newCloud({ contents })
  const office = newOffice(cloud.url, {
    users: Object.fromEntries(people.map((name) => [name, { external: true }])),
    permission_sets: { Read: { description: 'New' } },
    assignments,
    ...more,
  })
  await cloud.forget()
  return { cloud, office }
}

async function writes(cloud: Cloud): Promise<readonly string[]> {
  return (await cloud.calls()).map(({ operation }) => operation).filter(isWrite)
}

describe('what is due', () => {
  // A member whom only AWS knows: the file could not tell beforehand.
  it('ends for all but whoever is protected, which is told and no success', async () => {
    const cloud = await newCloud({
      contents: {
        ...contents,
        groups: [{ displayName: 'ops', members: ['glass'] }],
        users: [...contents.users, { userName: 'glass' }],
        assignments: [...contents.assignments, { permissionSet: 'Read', group: 'ops', account: dev }],
      },
    })
    const sections = (glass: object) => ({
      users: { ann: { external: true }, bob: { external: true }, glass: { external: true, ...glass } },
      groups: { ops: { external: true } },
      permission_sets: { Read: {} },
      assignments: [
        rule('ann', { until: '2026-01-01' }),
        rule('bob'),
        { groups: ['ops'], permission_sets: ['Read'], accounts: [dev], until: '2026-01-01' },
      ],
    })
    const office = newOffice(cloud.url, sections({ protect: true }))
    const check = await office.run(['plan', '--due', '--check'])
    expect([check.code, check.stderr]).toEqual([
      2,
      expect.stringMatching(
        /warning {2}delete assignment\/Read:group:ops@\d+ is due, but was left out: user\/glass is protected, and with this plan it loses Read/,
      ),
    ])
    await cloud.forget()
    const { code, stdout } = await office.apply('--due')
    expect([code, await writes(cloud)]).toEqual([1, ['DeleteAccountAssignment']])
    expect(stdout).toContain(grant('ann'))
    expect((await office.run(['plan', '--due', '--check'])).code).toBe(2)
    // The advice, tried.
    office.write(sections({}))
    expect((await office.apply('--due')).code).toBe(0)
    expect((await office.run(['plan', '--due', '--check'])).code).toBe(0)
  })

  it('is the end of a grant, and nothing that the file or AWS changed', async () => {
    const { cloud, office } = await scene([rule('ann', { until: inHours(2) }), rule('bob')])
    expect((await office.run(['plan', '--due'])).stdout).toBe(nothing)
    ourTime.pass(3)
    const { stdout } = await office.run(['plan', '--due'])
    expect(stdout).toContain(`- ${grant('ann')}`)
    expect(stdout).not.toContain('permission-set/Read')
    expect(stdout).toContain('This is a partial plan: only what is due.')
    expect(stdout).not.toContain('Keep what is live')
    const [, command = ''] = /^Apply exactly this: sso-reconcile (.*)$/m.exec(stdout) ?? []
    expect(command).toMatch(/^apply --expect [0-9a-f]{16} --due$/)

    const { code, stderr } = await office.run([...command.split(' '), '--yes'])
    expect(code, stderr).toBe(0)
    expect(await writes(cloud)).toEqual(['DeleteAccountAssignment'])
    expect(await office.run(['apply', '--due', '--yes'])).toMatchObject({ code: 0, stdout: nothing })
    expect(changes(await office.plan())).toEqual(['update permission-set/Read'])
  })

  it('ends for all but the last administrator, whose end holds up no other', async () => {
    const management = '111122223333'
    const admin = { permissionSet: 'Admin', user: 'ann', account: management }
    const managedPolicies = ['arn:aws:iam::aws:policy/AdministratorAccess']
    const cloud = await newCloud({
      contents: {
        users: contents.users,
        permissionSets: [
          ...contents.permissionSets,
          { name: 'Admin', managedPolicies, tags: { 'managed-by': 'sso-reconcile' } },
        ],
        assignments: [...contents.assignments, admin],
      },
    })
    const office = newOffice(cloud.url, {
      users: Object.fromEntries(people.map((name) => [name, { external: true }])),
      permission_sets: { Read: { description: 'Old' }, Admin: { managed_policies: ['AdministratorAccess'] } },
      assignments: [
        { users: ['ann'], permission_sets: ['Admin'], accounts: [management], until: '2026-01-01' },
        rule('ann'),
        rule('bob', { until: '2026-01-01' }),
      ],
    })
    const { code, stderr } = await office.apply('--due')
    expect(stderr).toMatch(
      /delete assignment\/Admin:user:ann@\d+ is due, but was left out: it would leave nobody with administrator access/,
    )
    expect(code).toBe(1)
    expect((await office.run(['plan', '--due', '--check'])).code).toBe(2)
    expect((await office.apply('--due', '--allow-lockout')).code).toBe(0)
    expect((await office.run(['plan', '--due'])).stdout).toBe(nothing)
  })

  it('is the beginning of a grant, and the end of what somebody has before', async () => {
    const { cloud, office } = await scene([rule('ann'), rule('bob', { from: inHours(2), until: inHours(9) })])
    const begun = await office.plan('--due')
    // It was announced by the plan that was reviewed.
    expect([changes(begun), begun.diagnostics]).toEqual([[`delete ${grant('bob')}`], []])
    expect((await office.apply('--due')).code).toBe(0)
    ourTime.pass(3)
    const due = await office.plan('--due')
    expect([changes(due), due.diagnostics]).toEqual([[`create ${grant('bob')}`], []])
    await cloud.forget()
    expect((await office.apply('--due')).code).toBe(0)
    expect(await writes(cloud)).toEqual(['CreateAccountAssignment'])
    expect((await office.run(['plan', '--due'])).stdout).toBe(nothing)
  })

  it.each<[string, Sections, object, string]>([
    ['is not there yet', { Read: {}, Fresh: {} }, { permission_sets: ['Fresh'] }, 'permission-set/Fresh'],
    ['is about to allow less', { Read: { session_duration: '1h', managed_policies: [] } }, {}, 'permission-set/Read'],
  ])('does not begin with a set that %s', async (_what, permission_sets, more, needed) => {
    const { cloud, office } = await scene([rule('ann'), { ...rule('bob', { from: inHours(-1) }), ...more }], {
      permission_sets,
    })
    const tables = await cloud.export()
    const managed = { managed: ['arn:aws:iam::aws:policy/AdministratorAccess'] }
    const sets = Object.entries(tables.permissionSets ?? {}).map(([key, row]) => [key, { ...row, ...managed }])
    const assignments = Object.entries(tables.assignments ?? {}).slice(0, 1)
    await cloud.restore({
      ...tables,
      permissionSets: Object.fromEntries(sets),
      assignments: Object.fromEntries(assignments),
    })
    const due = await office.plan('--due')
    expect(changes(due)).toEqual([])
    expect((await office.run(['plan', '--due'])).stdout).toBe(
      'No changes: what is due was left out (the messages say why).\n',
    )
    const { diagnostics } = await office.plan('--due', '--file', './sso.yaml')
    expect(diagnostics.map(({ hint }) => hint)).toEqual([
      'run sso-reconcile plan --file ./sso.yaml to see all of it, and sso-reconcile apply --file ./sso.yaml to change all of it',
    ])
    expect((await office.run(['plan', '--due', '--check'])).code).toBe(2)
    expect(due.diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      expect.stringMatching(
        new RegExp(`^due-waits: create assignment/.* is due, but ${needed} has to be changed first`),
      ),
    ])
  })

  it('is what lifts a denial that nobody needs any more, unless its set differs in other ways', async () => {
    const since = inHours(-1).replace(/\.\d+/, '')
    const { cloud, office } = await scene([rule('bob')], { revoked: { ann: since } })
    expect((await office.apply('--max-deletes', '9')).code).toBe(0)
    const isDenied = async () => JSON.stringify(await cloud.export()).includes('SsoReconcileRevoked')
    expect([await isDenied(), changes(await office.plan('--due'))]).toEqual([true, []])
    ourTime.pass(20)
    const sections = { users: { bob: { external: true } }, assignments: [rule('bob')], revoked: { ann: since } }
    office.write({ ...sections, permission_sets: { Read: { description: 'Newer' } } })
    const mixed = await office.plan('--due')
    expect([changes(mixed), mixed.diagnostics.map(({ message }) => message)]).toEqual([
      [],
      ['update permission-set/Read is due, but it differs in other ways too; it was left out'],
    ])
    office.write({ ...sections, permission_sets: { Read: { description: 'New' } } })
    expect(changes(await office.plan('--due'))).toEqual(['update permission-set/Read'])
    expect((await office.apply('--due')).code).toBe(0)
    expect(await isDenied()).toBe(false)
  })

  it('ends as many grants at a time as the file says, and names the end that was the last', async () => {
    const cloud = await newCloud({
      contents: {
        users: ['a', 'b', 'c', 'd', 'e', 'f'].map((userName) => ({ userName })),
        permissionSets: [{ name: 'Read', tags: { 'managed-by': 'sso-reconcile' } }],
        assignments: ['a', 'b', 'c', 'd', 'e', 'f'].map((user) => ({ permissionSet: 'Read', user, account: dev })),
      },
    })
    const users = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [name, { external: true }]))
    const [old, late] = ['2026-01-01', inHours(-1)]
    const rules = [
      { ...rule('a', { until: old }), users: ['a', 'b', 'c', 'd'] },
      { ...rule('a', { until: late }), users: ['a', 'b', 'c', 'd'] },
      { ...rule('e'), users: ['e', 'f'] },
    ]
    const office = newOffice(cloud.url, { users, permission_sets: { Read: {} }, assignments: rules })
    const { operations } = await office.plan('--due')
    expect(operations.map(({ reason }) => reason)).toEqual(Array(4).fill(`until ${late} has passed`))
    expect((await office.apply()).code).toBe(1)
    const { code, stderr } = await office.apply('--due')
    expect(code, stderr).toBe(0)
    // What the file says otherwise is counted here too.
    office.write({ users, permission_sets: { Read: {} }, assignments: [rule('e', { from: '2090-01-01' })] })
    expect(changes(await office.plan('--due'))).toEqual([`delete ${grant('e')}`])
  })

  it('is narrowed further by --target and --only', async () => {
    const { office } = await scene([rule('ann', { until: inHours(-1) }), rule('bob', { until: inHours(-1) })])
    expect(changes(await office.plan('--due', '--max-deletes', '2')).length).toBe(2)
    expect(changes(await office.plan('--due', '--target', grant('bob')))).toEqual([`delete ${grant('bob')}`])
    expect(changes(await office.plan('--due', '--target', 'permission-set/Read'))).toEqual([])
    expect(changes(await office.plan('--due', '--only', 'permission_sets'))).toEqual([])
  })

  it('counts what else ends only where it is meant, and does not say that nothing is due of what stays', async () => {
    const groups = ['one', 'two']
    const cloud = await newCloud({
      contents: {
        users: [{ userName: 'glass' }],
        groups: groups.map((displayName) => ({ displayName, members: ['glass'] })),
        permissionSets: contents.permissionSets,
        assignments: groups.map((group) => ({ permissionSet: 'Read', group, account: dev })),
      },
    })
    const office = newOffice(cloud.url, {
      users: { glass: { external: true, protect: true } },
      groups: Object.fromEntries(groups.map((name) => [name, { external: true }])),
      permission_sets: { Read: { description: 'Old' } },
      assignments: [{ groups, permission_sets: ['Read'], accounts: [dev], until: '2026-01-01' }],
    })
    const [one, two] = groups.map((group) => `assignment/Read:group:${group}@${dev}`)
    expect(changes(await office.plan('--due'))).toEqual([`delete ${one}`])
    for (const target of [one, two]) {
      const { operations, diagnostics } = await office.plan('--due', '--target', target ?? '')
      expect(operations.map(({ address }) => address)).toEqual([target])
      expect(diagnostics.map(({ code }) => code)).not.toContain('due-kept')
    }
    expect((await office.apply('--due')).code).toBe(1)
    const { code, stdout, stderr } = await office.run(['plan', '--due'])
    expect([code, stdout]).toEqual([0, expect.stringContaining('No changes: what is due was left out')])
    expect(stderr).toContain(`delete ${two} is due, but was left out`)
  })

  it('is saved, shown and applied as such', async () => {
    const { cloud, office } = await scene([rule('ann', { until: inHours(-1) }), rule('bob')])
    const saved = await office.run(['plan', '--due', '--out', 'due.json'])
    expect(saved.code, saved.stderr).toBe(0)
    const page = await office.run(['show', join(office.desk.work, 'due.json'), '--format', 'markdown'])
    expect(page.stdout).toMatch(/^sso-reconcile apply --expect [0-9a-f]{16} --due$/m)
    expect(page.stdout).toContain('This is a partial plan: only <code>what is due</code>.')
    const applied = await office.run(['apply', 'due.json', '--yes'])
    expect(applied.code, applied.stderr).toBe(0)
    expect(await writes(cloud)).toEqual(['DeleteAccountAssignment'])
  })

  it('is another plan than the whole one, though both change the same', async () => {
    const { office } = await scene([rule('ann', { until: inHours(-1) }), rule('bob')], {
      permission_sets: { Read: { description: 'Old' } },
    })
    const [whole, due] = [await office.plan(), await office.plan('--due')]
    expect(changes(due)).toEqual(changes(whole))
    expect(due.digest).not.toBe(whole.digest)
  })
})
