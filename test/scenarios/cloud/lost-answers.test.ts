import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Contents } from '../../../src/sandbox/content-types.ts'
import { startSandbox } from '../../../src/sandbox/server.ts'
import { isFull, moments } from '../../support/effort.ts'
import { run } from '../../support/here.ts'
import { newDesk, newFolder } from '../e2e/support/desk.ts'
import { type Answer, isWrite, json, type Pass, type Relay, startRelay } from '../e2e/support/relay.ts'
import { endClouds, newCloud } from './support/cloud.ts'
import { expectSettled, newOffice, type Sections } from './support/office.ts'
import { type Undisturbed, undisturbed } from './support/undisturbed.ts'
import { each, meant, wideOffice } from './support/wide.ts'

// Where nothing is left out one test makes every operation fail in every way, in processes of their own.
vi.setConfig({ testTimeout: isFull ? 3_600_000 : 400_000, hookTimeout: 120_000 })

afterEach(endClouds)

/** An answer that is no answer: nobody can tell from it whether anything was done. */
type Fault = (forward: () => Promise<Answer>) => Promise<Answer | undefined>

const failure = (name: string, status: number) => json({ __type: name, Message: 'Try again later.' }, status)

/** The connection ends; the server fails after it has done it; and it says that it is too busy for what it has done. */
const faults: readonly Fault[] = [
  (forward) => forward().then(() => undefined),
  (forward) => forward().then(() => failure('InternalServerException', 500)),
  (forward) => forward().then(() => failure('ThrottlingException', 400)),
]

/** Does something to the first calls of an operation. */
function onFirst(relay: Relay, at: string, fault: Fault, count = 1): Pass {
  return ({ operation }, forward) => {
    const nth = relay.calls.filter((one) => one === at).length
    return operation === at && nth <= count ? fault(forward) : forward()
  }
}

/** Operations whose answer a look can make up for when no attempt is left. */
const looked = [
  'CreateUser',
  'CreateGroup',
  'CreateGroupMembership',
  'CreatePermissionSet',
  'CreateAccountAssignment',
  'CreateInstanceAccessControlAttributeConfiguration',
  'AttachManagedPolicyToPermissionSet',
  'AttachCustomerManagedPolicyReferenceToPermissionSet',
  'ProvisionPermissionSet',
]

/** The same of what changes or takes away: the look finds that what was meant holds. */
const settled = [
  'UpdateUser',
  'DeleteUser',
  'UpdateGroup',
  'DeleteGroup',
  'DeleteGroupMembership',
  'UpdatePermissionSet',
  'DeletePermissionSet',
  'DetachManagedPolicyFromPermissionSet',
  'DetachCustomerManagedPolicyReferenceFromPermissionSet',
  'PutInlinePolicyToPermissionSet',
  'DeleteInlinePolicyFromPermissionSet',
  'PutPermissionsBoundaryToPermissionSet',
  'DeletePermissionsBoundaryFromPermissionSet',
  'TagResource',
  'UntagResource',
  'DeleteAccountAssignment',
  'UpdateInstance',
  'AddRegion',
  'RemoveRegion',
  'RegisterDelegatedAdministrator',
  'DeregisterDelegatedAdministrator',
]

/** Every operation with every fault where nothing is left out, else with one of them each. */
function pairs(operations: readonly string[]): readonly (readonly [string, Fault])[] {
  return operations.flatMap((at, index) =>
    faults.filter((_fault, nth) => isFull || nth === index % faults.length).map((fault) => [at, fault] as const),
  )
}

describe('an answer that gets lost', () => {
  let whole: Undisturbed
  let writes: readonly string[]
  beforeAll(async () => {
    whole = await undisturbed()
    writes = [...new Set(whole.calls.map(({ operation }) => operation).filter(isWrite))]
  })

  async function expectWhole(at: string, fault: Fault, attempts: string | undefined) {
    const cloud = await newCloud()
    await cloud.restore(whole.tables)
    const relay = await cloud.relay()
    relay.pass = onFirst(relay, at, fault)
    const office = wideOffice({ ...cloud, url: relay.url }, { AWS_MAX_ATTEMPTS: attempts })
    const { code, stdout, stderr } = await office.apply(...meant)
    expect({ at, code, end: await cloud.portrait() }, stdout + stderr).toEqual({ at, code: 0, end: whole.end })
    expect(relay.calls).toContain(at)
    await expectSettled(office)
  }

  it('is a matter of every write that the tool has', () => {
    expect(writes.length).toBeGreaterThanOrEqual(22)
    expect(writes).toEqual(expect.arrayContaining([...looked, ...settled]))
  })

  it('leaves a write done all the same, and it counts as done', async () => {
    const chosen = moments('Answers lost: those of writes', writes.length, 12).map((nth) => writes[nth - 1] ?? '')
    await each(pairs(chosen), ([at, fault]) => expectWhole(at, fault, undefined))
  })

  it('and is not asked for again, is made up for by a look', async () => {
    await each(pairs(looked), ([at, fault]) => expectWhole(at, fault, '1'))
  })

  it('of a change or a removal, and is not asked for again, is made up for by a look too', async () => {
    await each(pairs(settled), ([at, fault]) => expectWhole(at, fault, '1'))
  })

  // The limit is a minute, as it is for AWS.
  it.runIf(isFull)('comes too late', async () => {
    const late: Fault = async (forward) => {
      await forward()
      await new Promise((resolve) => setTimeout(resolve, 61_000))
      return undefined
    }
    await each(['CreateUser', 'CreateGroupMembership', 'CreatePermissionSet'], (at) => expectWhole(at, late, undefined))
  })
})

describe('a request that did not get through', () => {
  it.each(looked)('%s is never taken for done', async (at) => {
    const cloud = await newCloud({ contents: {} })
    const relay = await cloud.relay()
    relay.pass = async ({ operation }, forward) => (operation === at ? undefined : forward())
    const { code, stdout } = await wideOffice({ ...cloud, url: relay.url }, { AWS_MAX_ATTEMPTS: '1' }).apply(...meant)
    expect({ code, applied: stdout.includes('Applied:') }).toEqual({ code: 1, applied: false })
  })
})

describe('a change or a removal that did not get through', () => {
  it.each(['UpdateUser', 'PutInlinePolicyToPermissionSet', 'DeleteGroup'])('%s is never taken for done', async (at) => {
    const whole = await undisturbed()
    const cloud = await newCloud()
    await cloud.restore(whole.tables)
    const relay = await cloud.relay()
    relay.pass = async ({ operation }, forward) => (operation === at ? undefined : forward())
    const office = wideOffice({ ...cloud, url: relay.url }, { AWS_MAX_ATTEMPTS: '1' })
    const { code, stdout } = await office.apply(...meant)
    expect({ code, applied: stdout.includes('Applied:') }).toEqual({ code: 1, applied: false })
    relay.pass = (_call, forward) => forward()
    expect((await office.apply(...meant)).code).toBe(0)
    expect(await cloud.portrait()).toEqual(whole.end)
  })
})

describe('what another run makes in between', () => {
  const ann = { given_name: 'Ann', family_name: 'Lee', email: 'ann@example.com' }
  const asked: Contents['users'] = [
    { userName: 'ann', givenName: 'Ann', familyName: 'Lee', displayName: 'Ann Lee', email: 'ann@example.com' },
  ]
  const mark = { 'managed-by': 'sso-reconcile' }

  async function appearing(at: string, sections: Sections, contents: Contents) {
    const cloud = await newCloud({ contents: { users: [{ userName: 'zoe' }], groups: [{ displayName: 'old' }] } })
    const relay = await cloud.relay()
    relay.pass = async ({ operation }, forward) => {
      if (operation === at && relay.calls.filter((one) => one === at).length === 1) await cloud.add(contents)
      return forward()
    }
    const office = newOffice(relay.url, sections)
    return { cloud, office, relay }
  }

  it.each<[string, string, Sections]>([
    ['CreateUser', 'user/ann', { users: { ann } }],
    ['CreateGroup', 'group/team', { groups: { team: { description: 'ours' } } }],
    [
      'CreateGroupMembership',
      'membership/old:zoe',
      { users: { zoe: { external: true } }, groups: { old: { members: ['zoe'] } } },
    ],
    [
      'CreatePermissionSet',
      'permission-set/New',
      { permission_sets: { New: { description: 'd', managed_policies: ['ReadOnlyAccess'] } } },
    ],
    [
      'CreateInstanceAccessControlAttributeConfiguration',
      'access-control-attributes/instance',
      { access_control_attributes: { Team: '$' + '{path:userName}' } },
    ],
  ])('exactly as asked counts as done, and is told (%s)', async (at, address, sections) => {
    const { office, relay } = await appearing(at, sections, {})
    // The other run asks for the same a moment before.
    relay.pass = onFirst(relay, at, async (forward) => {
      await forward()
      return forward()
    })
    const { code, stdout, stderr } = await office.apply()
    expect(code, stdout + stderr).toBe(0)
    expect(stderr).toMatch(new RegExp(`${address} {2}created.*another run made the same change at the same time`))
    expect(stderr.replace(/\s+/g, ' ')).toContain(
      `another run of this or another tool seems to be changing this account now: it changed ${address}`,
    )
    await expectSettled(office)
  })

  it.each<[string, string, Sections, Contents]>([
    [
      'another e-mail',
      'CreateUser',
      { users: { ann } },
      { users: asked.map((one) => ({ ...one, email: 'a@example.com' })) },
    ],
    [
      'more than was asked',
      'CreateUser',
      { users: { ann } },
      { users: asked.map((one) => ({ ...one, attributes: { Title: 'Boss' } })) },
    ],
    [
      'an identity provider',
      'CreateGroup',
      { groups: { team: {} } },
      { groups: [{ displayName: 'team', externalIds: [{ Issuer: 'https://i', Id: '1' }] }] },
    ],
    [
      'another description',
      'CreateGroup',
      { groups: { team: {} } },
      { groups: [{ displayName: 'team', description: 'x' }] },
    ],
    ['another spelling', 'CreateGroup', { groups: { team: {} } }, { groups: [{ displayName: 'Team' }] }],
    ['no mark', 'CreatePermissionSet', { permission_sets: { New: {} } }, { permissionSets: [{ name: 'New' }] }],
    [
      'the mark of another',
      'CreatePermissionSet',
      { permission_sets: { New: {} } },
      { permissionSets: [{ name: 'New', tags: { 'managed-by': 'terraform' } }] },
    ],
    [
      'another duration',
      'CreatePermissionSet',
      { permission_sets: { New: {} } },
      { permissionSets: [{ name: 'New', tags: mark, sessionDuration: 'PT2H' }] },
    ],
  ])("with %s is somebody else's: it stays as it is, and the run says so", async (_what, at, sections, contents) => {
    const { cloud, office, relay } = await appearing(at, sections, contents)
    const { code, stdout } = await office.apply()
    expect(code, stdout).toBe(1)
    expect(stdout.replace(/\s+/g, ' ')).toContain('appeared after the plan was made, and differs from it')
    expect(stdout).toContain('another run of this or another tool seems to be changing this account')
    expect(relay.calls.filter((one) => isWrite(one))).toEqual([at])
    expect(await cloud.portrait()).toEqual(await (await newCloudWith(contents)).portrait())
  })

  async function newCloudWith(contents: Contents) {
    const cloud = await newCloud({ contents: { users: [{ userName: 'zoe' }], groups: [{ displayName: 'old' }] } })
    await cloud.add(contents)
    return cloud
  }
})

describe('a prerequisite whose answer gets lost', () => {
  it.each([
    ['CreateOrganization', '10'],
    ['CreateOrganization', '1'],
    ['UpdateInstance', '10'],
    ['UpdateInstance', '1'],
  ])('%s counts as made, with %s attempts', async (at, attempts) => {
    const server = await startSandbox({
      stateFile: join(newFolder(), 'state.json'),
      seed: { region: 'ap-northeast-1', managementAccount: '111122223333', accounts: [], fresh: true },
      now: () => new Date(),
      random: (bytes) => randomBytes(bytes),
    })
    const relay = await startRelay(server.url)
    const desk = newDesk(relay.url)
    if (at === 'UpdateInstance') {
      await run(desk, ['apply', '--yes'])
      const body = JSON.stringify({ permissionSets: false })
      expect((await fetch(`${server.url}/_sandbox/enable`, { method: 'POST', body })).status).toBe(200)
    }
    relay.forget()
    relay.pass = onFirst(relay, at, (forward) => forward().then(() => undefined))
    const { stderr } = await run(desk, ['apply', '--yes'], { AWS_MAX_ATTEMPTS: attempts })
    expect(relay.calls).toContain(at)
    expect(stderr).toContain(at === 'UpdateInstance' ? 'instance  updated' : 'organization  created')
    await relay.close()
    await server.close()
  })
})
