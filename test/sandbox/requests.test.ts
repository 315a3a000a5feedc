import { DeleteGroupCommand, DeleteUserCommand } from '@aws-sdk/client-identitystore'
import { ListAccountAssignmentsCommand, ListPermissionSetsProvisionedToAccountCommand } from '@aws-sdk/client-sso-admin'
import { describe, expect, it } from 'vitest'
import type { Faults } from '../../src/sandbox/faults/faults.ts'
import { admin, management, thrown } from './harness.ts'
import { dev, type World, worked, world } from './world.ts'

const contents = {
  users: [{ userName: 'taro' }, { userName: 'jiro' }],
  groups: [{ displayName: 'team' }],
  permissionSets: [{ name: 'Admin' }, { name: 'Reader' }],
  assignments: [
    { permissionSet: 'Admin', account: dev, user: 'taro' },
    { permissionSet: 'Reader', account: management, group: 'team' },
  ],
}

describe('a role stays for a while after its last assignment', () => {
  const roleOf = async (own: World) => Object.values((await own.tables()).provisions ?? {})[0]?.role

  it.each([
    ['in seconds', { roleSeconds: 60 }, (own: World) => own.pass(60)],
    ['in looks', { lag: 2 }, async (own: World) => [await own.holders('Admin'), await own.holders('Admin')]],
  ] as const)('counted %s: it is listed, and the set cannot be deleted', async (_how, faults, wait) => {
    const own = await world({ contents, faults })
    expect(await own.remove('Admin', dev, 'taro')).toMatchObject({ Status: 'SUCCEEDED' })
    expect(await own.assigned('Admin', dev)).toBe(0)
    expect(await own.holders('Admin')).toEqual([dev])
    await wait(own)
    expect(await own.holders('Admin')).toEqual([])
    expect(await own.deleteSet('Admin')).toBe(worked)
  })

  it('and the set cannot be deleted until the last second is over', async () => {
    const own = await world({ contents, faults: { roleSeconds: 60 } })
    await own.remove('Admin', dev, 'taro')
    own.pass(59)
    expect(await own.deleteSet('Admin')).toBe('ConflictException')
    expect(await own.provision('Admin', dev)).toMatchObject({ Status: 'SUCCEEDED' })
    own.pass(1)
    // Provisioning did not keep it.
    expect(await own.deleteSet('Admin')).toBe(worked)
  })

  it.each([
    ['seconds', { roleSeconds: 60 }],
    ['looks', { lag: 2 }],
  ] as const)('unless a new assignment revives it (%s)', async (_how, faults) => {
    const own = await world({ contents, faults })
    const role = await roleOf(own)
    await own.remove('Admin', dev, 'taro')
    own.pass(30)
    expect(await own.create('Admin', dev, 'jiro')).toMatchObject({ Status: 'SUCCEEDED' })
    own.pass(3600)
    for (let n = 0; n < 5; n += 1) expect(await own.holders('Admin')).toEqual([dev])
    expect(await roleOf(own)).toBe(role)
  })

  it('ends at once without a wish', async () => {
    const own = await world({ contents })
    await own.remove('Admin', dev, 'taro')
    expect(await own.holders('Admin')).toEqual([])
  })
})

describe('a second operation in an account while one is in progress', () => {
  const slow = (secondOperationInAccount: 'allowed' | 'conflict' | 'fail'): Faults => ({
    looks: 1,
    seconds: 5,
    unconfirmed: { secondOperationInAccount },
  })
  type Start = (own: World) => Promise<{ readonly RequestId?: string | undefined } | undefined>
  const firsts: Readonly<Record<string, Start>> = {
    creation: async ({ start, assignment }) => start.create(await assignment('Reader', dev, 'jiro')),
    deletion: async ({ start, assignment }) => start.remove(await assignment('Reader', dev, 'jiro')),
    provisioning: ({ start }) => start.provision('Admin', dev),
    'provisioning everywhere': ({ start }) => start.provision('Admin'),
  }
  const seconds: Readonly<Record<string, Start>> = {
    creation: async ({ start, assignment }) => start.create(await assignment('Admin', dev, 'team')),
    deletion: async ({ start, assignment }) => start.remove(await assignment('Admin', dev, 'taro')),
    provisioning: ({ start }) => start.provision('Admin', dev),
    'provisioning everywhere': ({ start }) => start.provision('Admin'),
  }
  const pairs = Object.keys(firsts).flatMap((first) => Object.keys(seconds).map((second) => ({ first, second })))
  const endings = async ({ tables }: World) => {
    const { requests = {} } = await tables()
    return Object.values(requests).map(({ status, failure }) => [status, failure])
  }

  for (const { first, second } of pairs)
    it(`is refused with conflict: ${second} during ${first}`, async () => {
      const own = await world({ contents, faults: slow('conflict') })
      await firsts[first]?.(own)
      expect(await thrown(seconds[second]?.(own) ?? Promise.resolve())).toMatchObject({
        name: 'ConflictException',
        message: expect.stringContaining(dev),
      })
      own.pass(5)
      expect((await thrown(seconds[second]?.(own) ?? Promise.resolve())).name).toBe(worked)
    })

  for (const { first, second } of pairs)
    it(`is accepted with fail, and ends FAILED: ${second} during ${first}`, async () => {
      const own = await world({ contents, faults: slow('fail') })
      await firsts[first]?.(own)
      await seconds[second]?.(own)
      own.pass(5)
      await own.holders('Admin')
      const [, ending] = await endings(own)
      expect(ending).toEqual(['FAILED', `Another operation is in progress in AWS account ${dev}.`])
    })

  for (const { first, second } of pairs)
    it(`is nothing special without a wish: ${second} during ${first}`, async () => {
      const own = await world({ contents, faults: { looks: 1, seconds: 5 } })
      await firsts[first]?.(own)
      await seconds[second]?.(own)
      own.pass(5)
      await own.holders('Admin')
      const [, ending] = await endings(own)
      expect(ending).toEqual(['SUCCEEDED', undefined])
    })

  it('is none of the business of another account', async () => {
    const own = await world({ contents, faults: slow('conflict') })
    await own.start.provision('Admin')
    expect(await own.start.create(await own.assignment('Admin', management, 'jiro'))).toMatchObject({
      Status: 'IN_PROGRESS',
    })
    expect((await thrown(own.start.provision('Reader'))).name).toBe('ConflictException')
  })
})

describe('an assignment whose user or group is gone', () => {
  it.each([
    ['done', 'SUCCEEDED', 0],
    ['fails', 'FAILED', 1],
  ] as const)('can be deleted or not: %s', async (orphanDeletion, Status, left) => {
    const own = await world({ contents, faults: { unconfirmed: { orphanDeletion } } })
    const { aws, IdentityStoreId } = own
    const orphans = [await own.assignment('Admin', dev, 'taro'), await own.assignment('Reader', management, 'team')]
    const [UserId, GroupId] = orphans.map(({ PrincipalId }) => PrincipalId)
    await aws.directory.send(new DeleteUserCommand({ IdentityStoreId, UserId }))
    await aws.directory.send(new DeleteGroupCommand({ IdentityStoreId, GroupId }))
    for (const orphan of orphans) {
      expect(await own.look.remove((await own.start.remove(orphan))?.RequestId)).toMatchObject({ Status })
      const list = new ListAccountAssignmentsCommand({ ...orphan, AccountId: orphan.TargetId })
      expect((await aws.admin.send(list)).AccountAssignments).toHaveLength(left)
    }
  })
})

it('what is due happens in its own order, however late somebody calls', async () => {
  const own = await world({ contents, faults: { looks: 9, seconds: 5, roleSeconds: 10 } })
  await own.start.remove(await own.assignment('Admin', dev, 'taro'))
  own.pass(14)
  expect(await own.holders('Admin')).toEqual([dev])
  own.pass(1)
  const { InstanceArn, aws } = own
  const list = new ListPermissionSetsProvisionedToAccountCommand({ InstanceArn, AccountId: dev })
  expect((await aws.admin.send(list)).PermissionSets).toEqual([])
  await admin(own.url, 'PUT', 'faults', {})
  expect(await own.deleteSet('Admin')).toBe(worked)
})
