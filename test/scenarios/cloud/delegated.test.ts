import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { Contents } from '../../../src/sandbox/content-types.ts'
import type { Choices } from '../../../src/sandbox/faults/choices.ts'
import {
  arn,
  codes,
  dev,
  europe,
  expectApplied,
  expectGuarded,
  expectRefused,
  external,
  ours,
  people,
  prod,
} from './support/cases.ts'
import { type Cloud, management, newCloud } from './support/cloud.ts'
import { newOffice, type Office, type Sections } from './support/office.ts'

vi.setConfig({ testTimeout: 120_000 })

/** The account from which Identity Center is looked after. */
const audit = europe
const admin = { managedPolicies: [arn('AdministratorAccess')] }

/** `rin` and the Crew hold sets of others in member accounts; `sora` and the Owners hold one in the management account. */
const contents: Contents = {
  users: people('rin', 'sora', 'kai'),
  groups: [
    { displayName: 'Crew', members: ['rin', 'kai'] },
    { displayName: 'Owners', members: ['sora', 'kai'] },
  ],
  permissionSets: [{ name: 'Theirs' }, { name: 'Mine', tags: ours }, { name: 'Home', ...admin }],
  assignments: [
    { permissionSet: 'Theirs', user: 'rin', account: dev },
    { permissionSet: 'Theirs', group: 'Crew', account: dev },
    { permissionSet: 'Theirs', group: 'Crew', account: prod },
    { permissionSet: 'Mine', user: 'rin', account: prod },
    { permissionSet: 'Home', user: 'sora', account: management },
    { permissionSet: 'Home', user: 'kai', account: management },
    { permissionSet: 'Home', group: 'Owners', account: management },
  ],
}

type Listing = Choices['principalListByDelegate']

async function delegated(sections: Sections, principalListByDelegate: Listing = 'denied', what = contents) {
  const cloud = await newCloud({ contents: what, faults: { looks: 0, unconfirmed: { principalListByDelegate } } })
  return { cloud, office: newOffice(cloud.url, sections, await cloud.delegate(audit)) }
}

/** Assignments whose user or group is gone. */
async function orphans(cloud: Cloud): Promise<readonly string[]> {
  const { users = {}, groups = {}, assignments = {} } = await cloud.export()
  return Object.values(assignments).flatMap(({ principal }) =>
    (users[principal] ?? groups[principal]) ? [] : [principal],
  )
}

const cannot = (verb: string, what: string) =>
  `a delegated administrator cannot ${verb} ${what}: its permission set is used in the management account`

describe.concurrent.each<Listing>(['denied', 'allowed'])('for a delegated administrator, principals %s', (listing) => {
  it.each<readonly [string, Sections, number]>([
    ['user', { absent: { users: ['rin'] } }, 5],
    ['group', { absent: { groups: ['Crew'] } }, 5],
    [
      'user with a group, beside declared sets,',
      { permission_sets: { Mine: {} }, absent: { users: ['rin'], groups: ['Crew'] } },
      3,
    ],
  ])('a %s that goes leaves no assignment behind', async (_what, sections, left) => {
    const { cloud, office } = await delegated(sections, listing)
    await expectRefused(cloud, office, 'removes access from permission sets that this manifest did not create')
    await expectApplied(office, '--max-deletes', '8')
    expect(await orphans(cloud)).toEqual([])
    expect(Object.keys((await cloud.export()).assignments ?? {})).toHaveLength(left)
    // Nothing was asked that only the management account may ask.
    expect((await cloud.calls()).filter(({ error }) => error === 'AccessDeniedException')).toEqual([])
  })

  it.each<readonly [string, Sections, string]>([
    ['user', { absent: { users: ['sora'] } }, `assignment/Home:user:sora@${management}`],
    ['group', { absent: { groups: ['Owners'] } }, `assignment/Home:group:Owners@${management}`],
  ])('a %s with access to the management account is not touched', async (_what, sections, grant) => {
    const { cloud, office } = await delegated(sections, listing)
    await expectRefused(cloud, office, cannot('delete', grant), '--max-deletes', '9', '--allow-lockout')
  })
})

describe.concurrent('a delegated administrator', () => {
  it.each<readonly [string, Sections, string]>([
    [
      'changes no set of the management account',
      { permission_sets: { Home: { managed_policies: ['AdministratorAccess'], session_duration: '4h' }, Mine: {} } },
      cannot('update', 'permission-set/Home'),
    ],
    [
      'grants no such set anywhere',
      {
        users: external('rin'),
        permission_sets: { ...external('Home'), Mine: {} },
        assignments: [{ users: ['rin'], permission_sets: ['Home'], accounts: [dev] }],
      },
      cannot('create', `assignment/Home:user:rin@${dev}`),
    ],
    [
      'grants nothing in the management account',
      {
        users: external('rin'),
        permission_sets: { Mine: {} },
        assignments: [{ users: ['rin'], permission_sets: ['Mine'], accounts: [prod, 'management'] }],
      },
      cannot('create', `assignment/Mine:user:rin@${management}`),
    ],
  ])('%s', async (_what, sections, says) => {
    const { cloud, office } = await delegated(sections)
    await expectRefused(cloud, office, says)
  })

  it('looks after sets and grants of member accounts alone', async () => {
    const rules = [{ users: ['kai'], permission_sets: ['Mine'], accounts: [dev, prod] }]
    const { cloud, office } = await delegated({
      users: external('kai'),
      permission_sets: { Mine: { session_duration: '2h' } },
      assignments: rules,
    })
    await expectApplied(office)
    expect(await orphans(cloud)).toEqual([])
  })

  it('does not take away the last administrator through a group', async () => {
    const one = { ...contents, assignments: [{ permissionSet: 'Home', group: 'Owners', account: management }] }
    const { cloud, office } = await delegated({ groups: { Owners: { members: [] } } }, 'denied', one)
    await expectGuarded(cloud, office, 'would leave nobody with administrator access to the management account')
  })
})

describe.concurrent('the role that runs the tool, in the account of the delegated administrator', () => {
  const operators: Contents = {
    ...contents,
    groups: [...(contents.groups ?? []), { displayName: 'Operators', members: ['kai', 'rin'] }],
    permissionSets: [...(contents.permissionSets ?? []), { name: 'Operate' }],
    assignments: [...(contents.assignments ?? []), { permissionSet: 'Operate', group: 'Operators', account: audit }],
  }
  const cuts = 'removes the access that this run is using (Operate as kai)'

  async function asKai(sections: Sections): Promise<{ readonly cloud: Cloud; readonly office: Office }> {
    const { cloud } = await delegated({}, 'denied', operators)
    return { cloud, office: newOffice(cloud.url, sections, await cloud.signedIn('kai', 'Operate', audit)) }
  }

  it.each<readonly [string, Sections]>([
    ['by a manifest of groups alone', { users: external('rin'), groups: { Operators: { members: ['rin'] } } }],
    ['by absent.groups alone', { absent: { groups: ['Operators'] } }],
    ['by absent.permission_sets alone', { absent: { permission_sets: ['Operate'] } }],
  ])('is not taken away %s', async (_how, sections) => {
    const { cloud, office } = await asKai(sections)
    await expectGuarded(cloud, office, cuts)
  })

  it('is nothing to those who leave beside it', async () => {
    const { office } = await asKai({ users: external('kai'), groups: { Operators: { members: ['kai'] } } })
    expect(codes(await office.plan())).toEqual([])
  })
})

describe.concurrent('revoke by a delegated administrator', () => {
  const sections = { users: external('kai', 'rin'), permission_sets: { Mine: {} } }
  const paths = async (office: Office, user: string) =>
    (await office.run(['access', '--user', user, '--format', 'csv'])).stdout.trim().split('\r\n').slice(1)

  it('of somebody without access to the management account leaves nothing', async () => {
    const { office } = await delegated(sections)
    expect(await office.run(['revoke', 'rin', '--yes'])).toMatchObject({ code: 0 })
    expect(await paths(office, 'rin')).toEqual([])
  })

  it('of somebody with access to it takes away all the rest, and names what remains with who can end it', async () => {
    const { office } = await delegated(sections)
    const { code, stdout } = await office.run(['revoke', 'kai', '--yes'])
    expect(await paths(office, 'kai')).toEqual([expect.stringMatching(`^kai,${management},Home,Home,1h,direct,`)])
    expect(code).toBe(1)
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      `a delegated administrator cannot change permission sets that are assigned in the management account: run this with credentials of the management account ${management}`,
    )
    expect(readFileSync(join(office.desk.work, 'sso.yaml'), 'utf8')).toContain('revoked:')
  })

  it('of somebody with access to it, by apply, takes away all the rest', async () => {
    const { office } = await delegated({ ...sections, revoked: { kai: '2026-11-20T08:00:00Z' } })
    const { code, stderr } = await office.apply()
    expect(stderr).toContain('kai is revoked but still has Home on Home')
    expect({ code, left: (await paths(office, 'kai')).length }).toEqual({ code: 0, left: 1 })
  })
})
