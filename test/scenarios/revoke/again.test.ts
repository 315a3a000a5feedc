import { describe, expect, it } from 'vitest'
import { codes } from '../cloud/support/cases.ts'
import { line } from '../cloud/support/office.ts'
import { dev, prod, scene } from './support.ts'

const direct = (permissionSet: string, account: string) => ({ user: 'mika', permissionSet, account })
const through = (group: string, permissionSet: string, account: string) => ({ group, permissionSet, account })
const flat = (text: string) => text.replace(/\s+/g, ' ')
const since = '2026-11-20T08:00:00Z'

describe.concurrent('a second revoke', () => {
  it('names the sessions that the first one left, also those through groups, without a time that nobody knows', async () => {
    const { revoke } = await scene([direct('Look', dev), through('crew', 'Look', prod), direct('Run', dev)], {
      permission_sets: { Run: { managed_policies: ['ReadOnlyAccess'], session_duration: '4h' } },
    })
    const first = flat((await revoke()).stdout)
    expect(first).toMatch(/Still valid: sessions of Look on Dev, at most until \S+Z \(1h\), because sso.yaml does not/)
    const { code, stdout } = await revoke()
    const again = flat(stdout)
    for (const account of ['Dev', 'Prod'])
      expect(again).toContain(
        `Still valid if started before the grant was removed: sessions of Look on ${account} (1h), because sso.yaml does not declare it.`,
      )
    expect(again).not.toContain('sessions of Run')
    expect(again).toContain('Nothing had to change in AWS. "sso-reconcile revoke mika --undo" undoes it.')
    expect(code).toBe(0)
  })

  it('gives no time for them as data either', async () => {
    const { revoke } = await scene([direct('Look', dev)], {})
    await revoke()
    const { stdout } = await revoke(['--json'])
    const { sessions } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
    expect(sessions).toEqual([
      { permission_set: 'Look', account: dev, session_duration: '1h', because: 'sso.yaml does not declare it' },
    ])
  })
})

describe.concurrent('a denial that failed', () => {
  it('is written by the next run, although nothing is held any more', async () => {
    const { cloud, office, revoke } = await scene([direct('Run', dev)], {
      permission_sets: { Run: { managed_policies: ['ReadOnlyAccess'], session_duration: '4h' } },
    })
    await cloud.faults({ rules: [{ kind: 'deny', operations: ['PutInlinePolicyToPermissionSet'] }] })
    expect(await revoke()).toMatchObject({ code: 1 })
    await cloud.faults({})
    expect((await office.plan()).operations.map(line)).toEqual([
      'update permission-set/Run revoked.mika: (none) -> everything',
    ])
    const { code, stdout } = await revoke()
    expect(stdout).toContain('Role sessions started before now are denied everything in Run.')
    expect(code).toBe(0)
  })
})

describe.concurrent('a revocation that was written by hand', () => {
  it('is told, before it is applied, what nothing would give back', async () => {
    const { office } = await scene([direct('Look', dev)], {
      groups: { crew: { members: ['mika', 'noa'] } },
      permission_sets: { Run: { managed_policies: ['ReadOnlyAccess'], session_duration: '4h' } },
      revoked: { mika: since },
    })
    const plan = await office.plan()
    expect(plan.operations.map(line)).toContain('delete membership/crew:mika')
    expect(plan.diagnostics).toMatchObject([
      {
        code: 'revoked-unrecorded',
        message: `revoking mika removes assignment/Look:user:mika@${dev}, which sso.yaml neither declares nor records`,
        hint: 'run sso-reconcile revoke mika instead: it records what --undo restores',
      },
    ])
    expect(await office.run(['revoke', 'mika', '--yes'])).toMatchObject({ code: 0 })
    expect(codes(await office.plan())).toEqual([])
    expect((await office.run(['revoke', 'mika', '--undo', '--yes'])).stdout).toContain('Look on Dev')
  })

  it('that was applied is taken back with the word that nothing else is recorded', async () => {
    const { office } = await scene([direct('Look', dev)], { revoked: { mika: since } })
    expect(await office.apply('--quiet')).toMatchObject({ code: 0 })
    const { stdout } = await office.run(['revoke', 'mika', '--undo', '--yes'])
    expect(stdout).toContain('mika has no access: there are no grants.')
    expect(stdout).toContain('sso.yaml does not record anything else that was removed.')
  })
})

describe.concurrent('what an account that is not active holds', () => {
  it('is told of as left, not as closed, where the account is no longer in the organization', async () => {
    const { cloud, office, revoke } = await scene([direct('Look', prod)], {})
    await cloud.drop([prod])
    const { code, stdout } = await revoke()
    expect(flat(stdout)).toContain(
      `Look on ${prod} account ${prod} is no longer in the organization, so nothing can be changed in it: run this again once it is active in the organization`,
    )
    expect(code).toBe(1)
    const { diagnostics } = await office.plan()
    expect(diagnostics).toContainEqual(
      expect.objectContaining({
        message: `mika is revoked but still has Look on ${prod} (an account that is no longer in the organization)`,
      }),
    )
    expect(diagnostics).toContainEqual(
      expect.objectContaining({
        code: 'account-inactive',
        hint: 'no action needed; to remove them, invite it into the organization again',
      }),
    )
  })

  it('leaves sessions that no denial reaches, where the way there was a group', async () => {
    const { cloud, revoke } = await scene([through('crew', 'Run', prod)], {
      permission_sets: { Run: { managed_policies: ['ReadOnlyAccess'], session_duration: '4h' } },
    })
    await cloud.put([{ id: prod, name: 'Prod', state: 'SUSPENDED' }])
    const { code, stdout } = await revoke()
    expect(flat(stdout)).toMatch(
      /Still valid: sessions of Run on Prod, at most until \S+Z \(4h\), because account Prod is not active, so nothing can be changed in it\./,
    )
    expect(code).toBe(0)
  })
})

it('--sessions says that not every session is ended, which is why it fails', async () => {
  const { revoke } = await scene([direct('Look', dev)], {})
  const { code, stdout } = await revoke(['--sessions'])
  expect(flat(stdout)).toMatch(/Some earlier sessions could not be ended: Still valid: sessions of Look on Dev/)
  expect(code).toBe(1)
})
