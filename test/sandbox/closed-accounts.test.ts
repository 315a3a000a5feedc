import { UpdatePermissionSetCommand } from '@aws-sdk/client-sso-admin'
import { describe, expect, it } from 'vitest'
import type { Choices } from '../../src/sandbox/faults/choices.ts'
import type { AccountState } from '../../src/sandbox/state/tables.ts'
import { admin, management, sandbox, seed } from './harness.ts'
import { dev, old, type World, worked, world } from './world.ts'

const contents = {
  users: [{ userName: 'taro' }, { userName: 'jiro' }],
  permissionSets: [{ name: 'Admin' }, { name: 'Closed' }],
  assignments: [
    ...[management, dev, old].map((account) => ({ permissionSet: 'Admin', account, user: 'taro' })),
    { permissionSet: 'Closed', account: old, user: 'taro' },
  ],
}
const failed = { Status: 'FAILED', FailureReason: expect.stringContaining(old) }

async function change({ aws, set }: World, name = 'Admin'): Promise<void> {
  await aws.admin.send(new UpdatePermissionSetCommand({ ...(await set(name)), SessionDuration: 'PT8H' }))
}

const states: readonly (AccountState | 'gone')[] = [
  'SUSPENDED',
  'PENDING_CLOSURE',
  'CLOSED',
  'PENDING_ACTIVATION',
  'gone',
]

describe.each(states)('in an account that is %s', (state) => {
  it('what was assigned stays, and nothing about it can be changed', async () => {
    const own = await world({ contents })
    if (state === 'gone') await admin(own.url, 'DELETE', 'accounts', [old])
    else await admin(own.url, 'POST', 'accounts', [{ id: old, name: 'Old', state }])
    expect(await own.assigned('Admin', old)).toBe(1)
    expect(await own.holders('Admin')).toContain(old)
    expect(await own.create('Admin', old, 'jiro')).toMatchObject(failed)
    expect(await own.remove('Admin', old, 'taro')).toMatchObject(failed)
    await change(own)
    expect(await own.provision('Admin', old)).toMatchObject(failed)
    expect(await own.assigned('Admin', old)).toBe(1)
  })

  it.each([
    ['conflict', 'ConflictException', 1],
    ['allow', worked, 0],
  ] as const)('its assignments alone, with deleteSetInClosedAccounts %s', async (choice, outcome, left) => {
    const own = await world({ contents, faults: { unconfirmed: { deleteSetInClosedAccounts: choice } } })
    if (state === 'gone') await admin(own.url, 'DELETE', 'accounts', [old])
    else await admin(own.url, 'POST', 'accounts', [{ id: old, name: 'Old', state }])
    expect(await own.deleteSet('Closed')).toBe(outcome)
    const { assignments, provisions } = await own.tables()
    const rows = [...Object.values(assignments ?? {}), ...Object.values(provisions ?? {})]
    const sets = Object.keys((await own.tables()).permissionSets ?? {})
    expect(rows.filter(({ account }) => account === old)).toHaveLength(2 + 2 * left)
    expect(rows.every(({ permissionSet }) => sets.includes(permissionSet))).toBe(true)
    // Whatever the choice, one active account is enough.
    expect(await own.deleteSet('Admin')).toBe('ConflictException')
  })
})

describe('provisioning everywhere ends FAILED when one account fails', () => {
  const all = [management, dev, old].map((id) => ({ id, name: id }))
  const ways = {
    'is closed': (own: World) => admin(own.url, 'POST', 'accounts', [{ id: dev, name: 'Dev', state: 'SUSPENDED' }]),
    'has left': (own: World) => admin(own.url, 'DELETE', 'accounts', [dev]),
    'is told to fail': (own: World, unconfirmed: Partial<Choices>) =>
      own.faults({ unconfirmed, rules: [{ kind: 'fail', operations: ['ProvisionPermissionSet'], accounts: [dev] }] }),
  }

  it.each(
    Object.entries(ways).flatMap(([way, fail]) => [
      { way, fail, provisionPastFailure: true, outdated: [dev] },
      { way, fail, provisionPastFailure: false, outdated: [dev, old] },
    ]),
  )('because it $way; provisionPastFailure is $provisionPastFailure', async ({ fail, outdated, ...choices }) => {
    const { provisionPastFailure } = choices
    const seeded = { ...seed, accounts: all }
    const own = await world({ seed: seeded, contents, faults: { unconfirmed: { provisionPastFailure } } })
    await fail(own, { provisionPastFailure })
    await change(own)
    const { Status, FailureReason } = (await own.provision('Admin')) ?? {}
    expect({ Status, FailureReason }).toEqual({ Status: 'FAILED', FailureReason: expect.any(String) })
    expect(await own.holders('Admin', 'outdated')).toEqual(outdated)
  })
})

describe('a fault that fails provisioning', () => {
  const rule = { kind: 'fail' as const, operations: ['ProvisionPermissionSet'], reason: 'No.' }

  it('in one account strikes where that account is concerned, alone or among all', async () => {
    const own = await world({ contents, faults: { rules: [{ ...rule, accounts: [dev] }] } })
    await admin(own.url, 'POST', 'accounts', [{ id: old, name: 'Old' }])
    await change(own)
    expect(await own.provision('Admin', dev)).toMatchObject({ Status: 'FAILED', FailureReason: 'No.' })
    expect(await own.provision('Admin', management)).toMatchObject({ Status: 'SUCCEEDED' })
    expect(await own.provision('Admin')).toMatchObject({ Status: 'FAILED', FailureReason: 'No.' })
    expect(await own.holders('Admin', 'outdated')).toEqual([dev])
    await change(own, 'Closed')
    expect(await own.provision('Closed')).toMatchObject({ Status: 'SUCCEEDED' })
  })

  it('strikes a request once, however many of its accounts it names', async () => {
    const own = await world({ contents, faults: { rules: [{ ...rule, accounts: [management, dev], times: 1 }] } })
    await admin(own.url, 'POST', 'accounts', [{ id: old, name: 'Old' }])
    await change(own)
    expect(await own.provision('Admin')).toMatchObject({ Status: 'FAILED' })
    expect(await own.holders('Admin', 'outdated')).toEqual([management, dev])
    expect(await own.provision('Admin')).toMatchObject({ Status: 'SUCCEEDED' })
  })

  it('gives way to the next one when it is used up', async () => {
    const once = (reason: string) => ({ ...rule, accounts: [dev], times: 1, reason })
    const own = await world({ contents, faults: { rules: [once('First.'), once('Second.')] } })
    const endings = [
      await own.provision('Admin', dev),
      await own.provision('Admin', dev),
      await own.provision('Admin', dev),
    ]
    expect(endings.map((one) => one?.FailureReason)).toEqual(['First.', 'Second.', undefined])
  })

  it('without accounts leaves all as they were, and fails for a set that is nowhere too', async () => {
    const permissionSets = [...contents.permissionSets, { name: 'Nowhere' }]
    const own = await world({ contents: { ...contents, permissionSets }, faults: { rules: [rule] } })
    await change(own)
    expect(await own.provision('Admin')).toMatchObject({ Status: 'FAILED', FailureReason: 'No.' })
    expect(await own.holders('Admin', 'outdated')).toEqual([management, dev, old])
    expect(await own.provision('Nowhere')).toMatchObject({ Status: 'FAILED', FailureReason: 'No.' })
  })
})

it('neither the management account nor the delegated administrator nor a stranger can be taken out', async () => {
  const { url } = await sandbox({ seed })
  await admin(url, 'POST', 'delegate', { account: dev })
  for (const id of [management, dev, '000000000000']) {
    await expect(admin(url, 'DELETE', 'accounts', [id])).rejects.toThrow(id)
  }
})
