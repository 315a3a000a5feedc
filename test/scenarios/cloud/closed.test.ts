import { describe, expect, it, vi } from 'vitest'
import type { Contents } from '../../../src/sandbox/content-types.ts'
import type { AccountState } from '../../../src/sandbox/state/tables.ts'
import { start } from '../e2e/support/binary.ts'
import { arn, codes, dev, europe, external, ours, people, playground, prod, writes } from './support/cases.ts'
import { type Cloud, members, newCloud } from './support/cloud.ts'
import { line, newOffice, type Office, type PlanDocument, type Sections } from './support/office.ts'

vi.setConfig({ testTimeout: 120_000 })

const reads = { managedPolicies: [arn('SecurityAudit')] }
const audit = { managed_policies: ['SecurityAudit'] }

/** Everything that could stand in the way in one account: sets in it alone and elsewhere too, held by users and groups. */
const contents: Contents = {
  users: people('rin', 'sora'),
  groups: [{ displayName: 'Crew', members: ['sora'] }],
  permissionSets: [{ name: 'Work', ...reads, tags: ours }, { name: 'Past', tags: ours }, { name: 'Theirs' }],
  assignments: [
    ...[europe, prod].flatMap((account) => [
      { permissionSet: 'Work', user: 'rin', account },
      { permissionSet: 'Work', group: 'Crew', account },
    ]),
    { permissionSet: 'Past', user: 'rin', account: europe },
    { permissionSet: 'Past', user: 'sora', account: prod },
    { permissionSet: 'Theirs', user: 'rin', account: europe },
    { permissionSet: 'Theirs', group: 'Crew', account: prod },
  ],
}

type Closed = AccountState | 'gone'
type Choice = 'conflict' | 'allow'

/** A cloud in which one account has been closed since, or has left the organization. */
async function closedCloud(state: Closed, what: Contents = contents, choice: Choice = 'conflict'): Promise<Cloud> {
  const unconfirmed = { deleteSetInClosedAccounts: choice }
  const cloud = await newCloud({ contents: what, faults: { looks: 0, unconfirmed } })
  if (state === 'gone') await cloud.drop([europe])
  else await cloud.put(members.map((one) => (one.id === europe ? { ...one, state } : one)))
  return cloud
}

const place = (state: Closed) => (state === 'gone' ? europe : `Prod EU (${europe})`)
const said = ({ diagnostics }: PlanDocument) => diagnostics.map(({ message }) => message)

/** Applies, and expects that everything was done, and that a second look has nothing to do and says the same. */
async function expectDone(office: Office, ...messages: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await office.apply('--quiet', '--max-deletes', '20')
  expect(code, stdout + stderr).toBe(0)
  const plan = await office.plan()
  expect({ operations: plan.operations.map(line), said: said(plan) }).toEqual({ operations: [], said: messages })
}

const states: readonly Closed[] = ['SUSPENDED', 'PENDING_CLOSURE', 'gone']

describe.concurrent.each(states)('an account that is %s', (state) => {
  const inactive = (count: number) =>
    `account ${place(state)} ${state === 'gone' ? 'is no longer in the organization' : 'is not active'}; nothing is created or deleted in it` +
    (count === 0 ? '' : `; ${count === 1 ? '1 assignment' : `${count} assignments`} there cannot be removed`)

  it('holds back no update of a set that is in it, and the other accounts get the new content', async () => {
    const cloud = await closedCloud(state)
    const Work = { ...audit, session_duration: '3h' }
    await expectDone(newOffice(cloud.url, { permission_sets: { Work, Past: {} } }))
    expect(await cloud.portrait()).toMatchObject({
      provisions: expect.arrayContaining([
        ['Work', prod, 'latest'],
        ['Work', europe, 'outdated'],
      ]),
    })
  })

  it('holds back no update of a set that is in it alone', async () => {
    const alone = { ...contents, assignments: [{ permissionSet: 'Work', user: 'rin', account: europe }] }
    const cloud = await closedCloud(state, alone)
    await cloud.forget()
    await expectDone(newOffice(cloud.url, { permission_sets: { Work: { ...audit, description: 'x' }, Past: {} } }))
    expect(await writes(cloud)).toEqual(['UpdatePermissionSet'])
  })

  it('holds back no delete of a user and a group, whose grants elsewhere go', async () => {
    const cloud = await closedCloud(state)
    const office = newOffice(cloud.url, { absent: { users: ['rin'], groups: ['Crew'] } })
    const plan = await office.plan()
    const about = plan.diagnostics.filter(({ code }) => code === 'role-removed').map(({ message }) => message)
    expect(said(plan).filter((one) => !about.includes(one))).toEqual([inactive(4)])
    // What stays in the account that is closed keeps the roles there.
    expect(about.map((one) => /^the role of \w+ on \w+/.exec(one)?.[0]).toSorted()).toEqual([
      'the role of Theirs on Prod',
      'the role of Work on Prod',
    ])
    expect(plan.operations.filter(({ address }) => address.endsWith(`@${europe}`))).toEqual([])
    await expectDone(office)
    const { users = {}, groups = {}, assignments = {} } = await cloud.export()
    expect([...Object.values(users), ...Object.values(groups)]).toHaveLength(1)
    expect(Object.values(assignments).filter(({ account }) => account !== europe)).toMatchObject([{ account: prod }])
  })

  it.each<Choice>(['conflict', 'allow'])(
    'keeps a set that is assigned in it, and nothing else of it (%s)',
    async (choice) => {
      const cloud = await closedCloud(state, contents, choice)
      const label = state === 'gone' ? europe : 'Prod EU'
      const stays = `permission set Past is kept because it is assigned in ${label}, where nothing can be changed`
      await expectDone(newOffice(cloud.url, { permission_sets: { Work: audit } }), stays, inactive(1))
      const assignments = Object.values((await cloud.export()).assignments ?? {})
      expect(assignments.filter(({ account }) => account === prod)).toHaveLength(3)
    },
  )

  it('is told once, however many rules select it', async () => {
    const cloud = await closedCloud(state)
    const rule = (...accounts: readonly unknown[]) => ({ users: ['sora'], permission_sets: ['Work'], accounts })
    const rules = [rule('all'), rule({ ou: 'Workloads' }), rule({ tag: { env: 'prod' } }, dev)]
    const sections = { users: external('sora'), permission_sets: { Work: audit, Past: {} }, assignments: rules }
    await expectDone(newOffice(cloud.url, sections), inactive(3))
    const { assignments = {} } = await cloud.export()
    const places = Object.values(assignments).flatMap(({ account }) => (account === europe ? [] : [account]))
    expect(places.sort()).toEqual([dev, playground, prod, prod].sort())
  })
})

describe.concurrent('a rule that names a closed account', () => {
  const rules = (...accounts: readonly unknown[]): Sections => ({
    users: external('sora'),
    permission_sets: { Work: audit, Past: {} },
    assignments: [
      { users: ['sora'], permission_sets: ['Work'], accounts },
      { users: ['sora'], permission_sets: ['Work'], accounts: [accounts[0], dev] },
    ],
  })

  it.each<readonly [string, unknown, Sections]>([
    ['its id', europe, {}],
    ['its name', { name: 'Prod EU' }, {}],
    ['a nickname', 'eu', { accounts: { eu: europe } }],
  ])('by %s is left out there, and that is told once', async (_how, account, head) => {
    const cloud = await closedCloud('PENDING_CLOSURE')
    const office = newOffice(cloud.url, { ...head, ...rules(account, prod) })
    const plan = await office.plan()
    expect(codes(plan)).toEqual(['account-inactive', 'role-removed'])
    expect(plan.operations.filter(({ address }) => address.endsWith(`@${europe}`))).toEqual([])
    expect(await office.apply('--quiet', '--max-deletes', '9')).toMatchObject({ code: 0 })
  })

  it.each<readonly [string, unknown, Sections]>([
    ['its id', europe, {}],
    ['a nickname', 'eu', { accounts: { eu: europe } }],
  ])('by %s does not refuse the plan when the account has left', async (_how, account, head) => {
    const cloud = await closedCloud('gone')
    expect((await newOffice(cloud.url, { ...head, ...rules(account, prod) }).plan()).complete).toBe(true)
  })

  it('by a name that another closed account has too does not refuse the plan', async () => {
    const cloud = await closedCloud('SUSPENDED')
    await cloud.put([{ id: '666677778888', name: 'Prod EU', state: 'SUSPENDED' }])
    expect((await newOffice(cloud.url, rules({ name: 'Prod EU' }, prod)).plan()).complete).toBe(true)
  })

  it('by a name that a live account has too means the live one', async () => {
    const cloud = await closedCloud('SUSPENDED')
    await cloud.put([{ id: '666677778888', name: 'Prod EU' }])
    const office = newOffice(cloud.url, { ...rules({ name: 'Prod EU' }), permission_sets: { Work: audit } })
    const creates = (await office.plan()).operations.filter(({ verb }) => verb === 'create').map(line)
    expect(creates).toEqual([
      `create assignment/Work:user:sora@${dev}`,
      'create assignment/Work:user:sora@666677778888',
    ])
  })
})

it('a role without assignments in a closed account does not make the delete of its set wait', async () => {
  const cloud = await closedCloud('SUSPENDED', { ...contents, assignments: contents.assignments?.slice(4, 5) ?? [] })
  const { assignments: _none, ...tables } = await cloud.export()
  await cloud.restore({ ...tables, assignments: {} })
  const { desk } = newOffice(cloud.url, { absent: { permission_sets: ['Past'] } })
  const { child, ended } = start(desk, ['apply', '--yes'])
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
  const { code } = await ended
  clearTimeout(timer)
  expect(code).not.toBeNull()
})
