import { describe, expect, it } from 'vitest'
import { management } from '../cloud/support/cloud.ts'
import { dev, grants, prod, scene } from './support.ts'

const sets = {
  Run: { managed_policies: ['ReadOnlyAccess'], session_duration: '4h' },
  Look: { managed_policies: ['SecurityAudit'] },
}
const direct = (permissionSet: string, account: string) => ({ user: 'mika', permissionSet, account })
const through = (group: string, permissionSet: string, account: string) => ({ group, permissionSet, account })
const nothing = 'mika has no grants and cannot start new sessions.'

/** The last event of a revocation that was run with --json. */
function lastEvent(stdout: string) {
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
}

describe.concurrent('a path that is left after revoke', () => {
  it('through a group of an identity provider is named with its owner, and denied as long as it is there', async () => {
    const { cloud, office, revoke } = await scene(
      [through('okta-crew', 'Run', dev), through('okta-crew', 'Look', prod), direct('Run', dev)],
      { permission_sets: { Run: sets.Run } },
    )
    const { code, stdout } = await revoke()
    expect(code).toBe(1)
    expect(stdout).not.toContain('granted nothing')
    expect(stdout).toContain('mika still has access:\n')
    expect(stdout).toContain('  Run on Dev, through group okta-crew (denied everything)\n')
    expect(stdout).toContain('  Look on Prod, through group okta-crew\n')
    expect(stdout).toContain('    group okta-crew belongs to an identity provider: remove mika from it there\n')
    expect(await grants(cloud)).not.toContain(`Run mika ${dev}`)
    const plan = await office.plan()
    expect(plan.operations).toEqual([])
    expect(plan.diagnostics).toContainEqual(
      expect.objectContaining({
        code: 'revoked-still-reaches',
        message: expect.stringContaining('Look on Prod through okta-crew'),
      }),
    )
  })

  it('is told as data with --json', async () => {
    const { revoke } = await scene([through('okta-crew', 'Look', prod)], {})
    const { code, stdout } = await revoke(['--json'])
    expect({ code, event: lastEvent(stdout) }).toMatchObject({
      code: 1,
      event: {
        type: 'revoked',
        user: 'mika',
        complete: false,
        access: [{ permission_set: 'Look', account: prod, group: 'okta-crew', denied: false }],
        denied: [],
        sessions: [],
        taken: ['membership/crew:mika'],
      },
    })
  })

  it('through a group that ignore leaves alone is named with the entry', async () => {
    const { cloud, revoke } = await scene([through('crew', 'Run', dev)], { ignore: { groups: ['cre*'] } })
    const { code, stdout } = await revoke()
    expect({ code, kept: (await grants(cloud)).includes('crew mika') }).toEqual({ code: 1, kept: true })
    expect(stdout).toContain('sso.yaml ignores membership/crew:mika')
  })

  it('in a closed account is named, and exit 0 waits until it is gone', async () => {
    const { cloud, revoke } = await scene([direct('Run', dev), direct('Run', prod)], {})
    await cloud.put([{ id: prod, name: 'Prod', state: 'SUSPENDED' }])
    const { code, stdout } = await revoke()
    expect({ code, left: (await grants(cloud)).filter((row) => row.startsWith('Run')) }).toEqual({
      code: 1,
      left: [`Run mika ${prod}`],
    })
    expect(stdout).toContain('account Prod is not active')
  })

  it("because AWS did not remove it is named with AWS's reason, and everything else is removed", async () => {
    const { cloud, revoke } = await scene([direct('Run', dev), direct('Look', prod), through('crew', 'Look', dev)], {})
    await cloud.faults({
      rules: [{ kind: 'fail', operations: ['DeleteAccountAssignment'], accounts: [prod], reason: 'Busy.' }],
    })
    const { code, stdout } = await revoke()
    expect(code).toBe(1)
    expect(stdout.replace(/\s+/g, ' ')).toMatch(
      / Look on Prod assignment\/Look:user:mika@\d+ was not removed: .*FAILED: Busy: /,
    )
    expect(await grants(cloud)).toEqual(['Look crew 222233334444', `Look mika ${prod}`, 'crew noa', 'okta-crew mika'])
  })

  it('to the management account is named to a delegated administrator, who cannot remove it', async () => {
    const { cloud, revoke } = await scene([direct('Run', management), direct('Run', prod), direct('Look', dev)], {
      permission_sets: { Run: sets.Run },
    })
    const { code, stdout, stderr } = await revoke([], await cloud.delegate(prod))
    expect(code, stdout + stderr).toBe(1)
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      `Run on Home Run on Prod a delegated administrator cannot change permission sets that are assigned in the management account: run this with credentials of the management account ${management}`,
    )
    expect(await grants(cloud)).toEqual([`Run mika ${management}`, `Run mika ${prod}`, 'crew noa', 'okta-crew mika'])
  })

  it('may be there where its group could not be read: nothing is called over', async () => {
    const { cloud, revoke } = await scene([through('crew', 'Look', dev), direct('Run', dev)], {})
    await cloud.faults({ rules: [{ kind: 'deny', operations: ['ListAccountAssignmentsForPrincipal'], skip: 1 }] })
    const { code, stdout, stderr } = await revoke()
    expect(code).toBe(1)
    expect(stdout).not.toContain(nothing)
    expect(stdout + stderr).toContain('ListAccountAssignmentsForPrincipal')
  })
})

describe.concurrent('sessions that revoke leaves', () => {
  it.each([
    ['of a set that the file does not declare', {}, 'sso.yaml does not declare it'],
    ['of an external set', { permission_sets: { Run: { external: true } } }, 'it is external in sso.yaml'],
    [
      'of a set whose policy has no room for the denial',
      {
        permission_sets: {
          Run: {
            ...sets.Run,
            inline_policy: {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Action: 's3:Get*', Resource: `arn:aws:s3:::${'x'.repeat(10_000)}` }],
            },
          },
        },
      },
      'its inline policy has no room for the denial',
    ],
  ])('%s are told with their end and the reason', async (_name, sections, because) => {
    const { office, revoke } = await scene([direct('Run', dev)], {})
    office.write({ users: { mika: { external: true } }, ...sections })
    const { code, stdout } = await revoke()
    const text = stdout.replace(/\n(?! )/g, ' ')
    expect(code).toBe(0)
    expect(text).toContain(nothing)
    expect(text).toMatch(/Still valid: sessions of Run on Dev, at most until 20\d\d-.*Z \(4h\), because /)
    expect(text).toContain(because)
    expect(text).toContain('User background sessions')
  })

  it('are ended by a denial in the sets that the user holds, and in no other', async () => {
    const { cloud, revoke } = await scene([direct('Run', dev), through('crew', 'Run', prod)], { permission_sets: sets })
    await cloud.forget()
    const { code, stdout } = await revoke()
    expect(code).toBe(0)
    expect(stdout).toContain('Role sessions started before now are denied everything in Run.')
    const written = (await cloud.calls()).filter(({ operation }) => operation === 'PutInlinePolicyToPermissionSet')
    expect(written).toHaveLength(1)
  })

  it('in an account that cannot be brought up to date are told, and removals did not wait for it', async () => {
    const { cloud, office, revoke } = await scene([through('crew', 'Run', dev), through('crew', 'Run', prod)], {
      permission_sets: { Run: sets.Run },
    })
    await cloud.faults({
      rules: [{ kind: 'fail', operations: ['ProvisionPermissionSet'], accounts: [prod], reason: 'Not now.' }],
    })
    const { code, stdout } = await revoke()
    expect(code).toBe(1)
    expect(await grants(cloud)).not.toContain('crew mika')
    expect(stdout).toContain(nothing)
    expect(stdout.replace(/\n(?! )/g, ' ')).toMatch(
      /Still valid: sessions of Run on Prod.*the denial has not reached Prod: .*Not now\.\s/,
    )
    await cloud.faults({})
    expect(await office.apply()).toMatchObject({ code: 0 })
    expect(await office.plan()).toMatchObject({ operations: [] })
  })

  it('with --sessions are not called ended where nothing could be denied', async () => {
    const { revoke } = await scene([direct('Run', dev), direct('Look', dev)], { permission_sets: { Run: sets.Run } })
    const { code, stdout } = await revoke(['--sessions'])
    expect(code).toBe(1)
    expect(stdout).toContain('mika keeps every grant')
    expect(stdout.replace(/\n(?! )/g, ' ')).toMatch(/sessions of Look on Dev.*sso\.yaml does not declare it/)
  })
})
