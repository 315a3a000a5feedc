import { describe, expect, it, vi } from 'vitest'
import type { Contents } from '../../../src/sandbox/content-types.ts'
import { instanceId } from '../e2e/support/center.ts'
import { arn, codes, dev, europe, expectApplied, expectRefused, external, ours, people, prod } from './support/cases.ts'
import { management, members, newCloud } from './support/cloud.ts'
import { line, newOffice, type Sections } from './support/office.ts'

vi.setConfig({ testTimeout: 120_000 })

const faults = { looks: 0 }
const since = '2026-11-20T08:00:00Z'

describe.concurrent('a manifest that knows the access portal and its accounts', () => {
  /** Nothing of this machine is left open, so that nothing of it makes anybody ask AWS. */
  const head: Sections = {
    identity_center: { region: 'us-east-1', start_url: `https://${instanceId}.portal.us-east-1.app.aws` },
    accounts: { management, dev, prod },
  }
  const contents: Contents = {
    users: people('rin', 'sora'),
    groups: [{ displayName: 'Crew', members: ['rin'] }],
    permissionSets: [{ name: 'Ops', managedPolicies: [arn('AdministratorAccess')], tags: ours }],
    assignments: [
      { permissionSet: 'Ops', user: 'rin', account: dev },
      { permissionSet: 'Ops', group: 'Crew', account: prod },
    ],
  }
  const direct = `delete assignment/Ops:user:rin@${dev}`
  const shared = `delete assignment/Ops:group:Crew@${prod}`
  const leaves = 'delete membership/Crew:rin'
  const kai = { given_name: 'Kai', family_name: 'Mori', email: 'kai@example.com' }
  const local = { local: { sso_session: 'home', profiles: { work: { account: 'dev', permission_set: 'Ops' } } } }

  it.each<readonly [string, Sections, readonly string[]]>([
    ['revoked', { revoked: { rin: since } }, [direct, leaves]],
    ['absent.users', { absent: { users: ['rin'] } }, [direct, leaves, 'delete user/rin']],
    ['absent.groups', { absent: { groups: ['Crew'] } }, [shared, leaves, 'delete group/Crew']],
    ['absent.permission_sets', { absent: { permission_sets: ['Ops'] } }, [shared, direct, 'delete permission-set/Ops']],
    ['permission_sets', { permission_sets: {} }, [shared, direct, 'delete permission-set/Ops']],
    ['groups', { groups: { Crew: { members: [] } } }, [leaves]],
    [
      'users',
      { users: { kai } },
      ['create user/kai given_name=Kai; family_name=Mori; email=kai@example.com; display_name=Kai Mori'],
    ],
  ])('asks AWS for the one section it has besides: %s', async (_section, sections, operations) => {
    const cloud = await newCloud({ contents, faults })
    const office = newOffice(cloud.url, { ...head, ...sections })
    expect((await office.plan()).operations.map(line)).toEqual(operations)
    expect(await office.apply('--quiet')).toMatchObject({ code: 0 })
  })

  it.each<readonly [string, Sections]>([
    ['assignments', { assignments: [] }],
    ['revoked sessions', { revoked: { rin: { sessions: since } } }],
  ])('asks AWS for %s too, where nothing comes of it', async (_section, sections) => {
    const cloud = await newCloud({ contents, faults })
    expect((await newOffice(cloud.url, { ...head, ...sections }).plan()).operations).toEqual([])
    expect((await cloud.calls()).length).toBeGreaterThan(0)
  })

  it('asks AWS for a revocation beside the profiles of this machine, and not for these alone', async () => {
    const cloud = await newCloud({ contents, faults })
    const office = newOffice(cloud.url, { ...head, ...local })
    expect((await office.plan()).operations.map(({ address }) => address)).toEqual(['sso-session/home', 'profile/work'])
    expect(await cloud.calls()).toEqual([])
    office.write({ ...head, ...local, revoked: { rin: since } })
    expect((await office.plan()).operations.map(line).slice(0, 2)).toEqual([direct, leaves])
  })
})

describe.concurrent('a revocation beside other changes', () => {
  const sets = ['Alt', 'Boss']
  const contents: Contents = {
    users: people('rin', 'kai'),
    permissionSets: [
      { name: 'Alt', managedPolicies: [arn('ReadOnlyAccess')], tags: ours },
      { name: 'Boss', managedPolicies: [arn('AdministratorAccess')], tags: ours },
    ],
    assignments: sets.flatMap((permissionSet) => [
      { permissionSet, user: 'rin', account: management },
      { permissionSet, user: 'kai', account: dev },
    ]),
  }
  const known = { users: external('rin', 'kai'), revoked: { kai: since } }

  it('carries out what was planned, where one set takes over from another', async () => {
    const cloud = await newCloud({ contents, faults })
    const Alt = { managed_policies: ['AdministratorAccess'] }
    await expectApplied(newOffice(cloud.url, { ...known, permission_sets: { Alt, Boss: {} } }))
  })

  it('is refused where the last administrator is denied before the next one is there', async () => {
    const cloud = await newCloud({ contents, faults })
    const office = newOffice(cloud.url, {
      users: external('rin', 'kai'),
      revoked: { rin: since },
      permission_sets: {
        Alt: { managed_policies: ['AdministratorAccess'] },
        Boss: { managed_policies: ['AdministratorAccess'], description: 'x' },
      },
      assignments: [{ users: ['kai'], permission_sets: ['Alt'], accounts: ['management'] }],
    })
    await expectRefused(cloud, office, /would leave nobody with administrator access/, '--max-deletes', '9')
  })

  it.each([
    ['Alt', 'Boss'],
    ['Boss', 'Alt'],
  ])('lets %s allow everything before %s allows less, whichever comes first in the plan', async (more, less) => {
    const policies = { [more]: 'ReadOnlyAccess', [less]: 'AdministratorAccess' }
    const permissionSets = sets.map((name) => ({ name, managedPolicies: [arn(policies[name] ?? '')], tags: ours }))
    const cloud = await newCloud({ contents: { ...contents, permissionSets }, faults })
    const wanted = { [more]: { managed_policies: ['AdministratorAccess'] }, [less]: {} }
    await expectApplied(newOffice(cloud.url, { permission_sets: wanted }))
  })

  it('takes from others no more than an apply without it would', async () => {
    const rules = [{ kind: 'fail', operations: ['CreateAccountAssignment'], reason: 'not today' }] as const
    const cloud = await newCloud({ contents, faults: { ...faults, rules } })
    const office = newOffice(cloud.url, {
      ...known,
      permission_sets: {
        Alt: {},
        Boss: { managed_policies: ['AdministratorAccess'] },
        Fresh: { managed_policies: ['ReadOnlyAccess'] },
      },
      assignments: [{ users: ['rin'], permission_sets: ['Alt', 'Boss', 'Fresh'], accounts: ['management'] }],
    })
    expect((await office.apply()).code).toBe(1)
    const held = Object.values((await cloud.export()).permissionSets ?? {})
    expect(held.find(({ name }) => name === 'Alt')?.managed).toEqual([arn('ReadOnlyAccess')])
  })
})

describe.concurrent('a revocation of somebody with access to a closed account too', () => {
  /** A cloud in which an account that holds the set has been closed since. */
  async function closedCloud(...others: readonly string[]) {
    const contents: Contents = {
      users: people('rin', 'sora'),
      permissionSets: [{ name: 'Ops', tags: ours }],
      assignments: ['rin', ...others].flatMap((user) =>
        [europe, prod].map((account) => ({ permissionSet: 'Ops', user, account })),
      ),
    }
    const cloud = await newCloud({ contents, faults })
    await cloud.put(members.map((one) => (one.id === europe ? { ...one, state: 'SUSPENDED' as const } : one)))
    return cloud
  }
  const revoked = { users: external('rin'), permission_sets: { Ops: {} }, revoked: { rin: since } }

  it('is not said to deny what it does not', async () => {
    const office = newOffice((await closedCloud('sora')).url, revoked)
    expect(await office.apply('--quiet')).toMatchObject({ code: 0 })
    const plan = await office.plan()
    expect(codes(plan)).toContain('revoked-still-reaches')
    expect(plan.diagnostics.map(({ message }) => message).join()).not.toContain('denied everything')
  })

  it('succeeds where the set goes from an account while it is brought up to date', async () => {
    const relay = await (await closedCloud()).relay()
    relay.pass = async ({ operation }, forward) => {
      if (operation === 'ProvisionPermissionSet') await new Promise((resolve) => setTimeout(resolve, 500))
      return forward()
    }
    const { code, failed } = await newOffice(relay.url, revoked).outcomes()
    expect({ code, failed }).toEqual({ code: 0, failed: {} })
  })
})
