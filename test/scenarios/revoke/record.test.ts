import { describe, expect, it } from 'vitest'
import { dev, grants, prod, scene } from './support.ts'

const run = { managed_policies: ['ReadOnlyAccess'], session_duration: '4h' }
const direct = (permissionSet: string, account: string) => ({ user: 'mika', permissionSet, account })
const sections = {
  groups: { crew: { members: ['mika', 'noa'] } },
  permission_sets: { Run: run },
  assignments: [{ users: ['mika'], permission_sets: ['Run'], accounts: [dev] }],
}

describe.concurrent('revoke', () => {
  it('records what the file never declared, adds to it the next time, and --undo gives all of it back', async () => {
    const { cloud, text, revoke } = await scene([direct('Run', dev), direct('Look', dev)], sections)
    const [before, manifest] = [await grants(cloud), text()]
    expect(await revoke()).toMatchObject({ code: 0 })
    expect(text()).toMatch(
      /\nrevoked:\n {2}mika:\n {4}since: .*Z\n {4}taken:\n {6}- assignment\/Look:user:mika@222233334444\n$/,
    )
    await cloud.add({ assignments: [direct('Look', prod)] })
    await revoke()
    expect(text()).toMatch(
      / {6}- assignment\/Look:user:mika@222233334444\n {6}- assignment\/Look:user:mika@333344445555\n$/,
    )

    const undone = await revoke(['--undo'])
    expect(undone, undone.stderr).toMatchObject({ code: 0 })
    expect(undone.stdout).toContain('mika has access:\n')
    expect(await grants(cloud)).toEqual([...before, `Look mika ${prod}`].sort())
    expect(text()).toBe(manifest)
  })

  it('says beforehand what --undo cannot give back, and gives the rest', async () => {
    const { cloud, office, revoke } = await scene([direct('Run', dev), direct('Look', dev)], sections)
    await revoke()
    await cloud.put([{ id: dev, name: 'Dev', state: 'SUSPENDED' }])
    const { code, stdout, stderr } = await revoke(['--undo'])
    expect(code, stdout + stderr).toBe(0)
    expect(stderr).toContain('assignment/Look:user:mika@222233334444 is not restored: account Dev is not active')
    expect(await grants(cloud)).toContain('crew mika')
    expect((await office.plan()).refusals).toEqual([])
  })

  it('keeps the record when --undo does not succeed', async () => {
    const { cloud, text, revoke } = await scene([direct('Look', dev)], { permission_sets: { Run: run } })
    await revoke()
    const recorded = text()
    await cloud.faults({ rules: [{ kind: 'fail', operations: ['CreateAccountAssignment'], reason: 'No.' }] })
    const { code, stdout } = await revoke(['--undo'])
    expect({ code, text: text() }).toEqual({ code: 1, text: recorded })
    expect(stdout).toContain('mika is still recorded under revoked')
    await cloud.faults({})
    expect(await revoke(['--undo'])).toMatchObject({ code: 0 })
  })

  it.each([
    ['a name that differs in case from the live one', { Mika: { external: true } }, 'Mika', 'mika exists'],
    ['a name that nobody has', { mikka: { external: true } }, 'mikka', 'Identity Center has no user mikka'],
  ])('refuses %s, with nothing recorded', async (_name, users, user, sentence) => {
    const { office, text } = await scene([direct('Run', dev)], {})
    office.write({ users })
    const manifest = text()
    const { code, stderr } = await office.run(['revoke', user, '--yes'])
    expect({ code, text: text() }).toEqual({ code: 1, text: manifest })
    expect(stderr).toContain(sentence)
  })

  it('--sessions never takes a revocation back, and a revocation goes further than --sessions', async () => {
    const { cloud, text, revoke } = await scene([direct('Run', dev)], { permission_sets: { Run: run } })
    expect(await revoke(['--sessions'])).toMatchObject({ code: 0 })
    expect(text()).toMatch(/mika: \{ sessions: .*Z \}\n$/)
    expect(await revoke()).toMatchObject({ code: 0 })
    expect(await grants(cloud)).not.toContain(`Run mika ${dev}`)
    const recorded = text()
    const { code, stderr } = await revoke(['--sessions'])
    expect({ code, text: text() }).toEqual({ code: 1, text: recorded })
    expect(stderr).toContain('revoke mika --undo')
  })

  it('of one user leaves alone what else differs from the file', async () => {
    const { cloud, revoke } = await scene([direct('Look', dev)], {
      groups: { crew: { members: [] }, other: {} },
      permission_sets: { Run: { ...run, session_duration: '8h' }, New: run },
      assignments: [{ users: ['noa'], permission_sets: ['New'], accounts: [{ name: 'No such account' }] }],
    })
    const { code, stdout } = await revoke()
    expect(code, stdout).toBe(0)
    expect(await grants(cloud)).toEqual(['crew noa', 'okta-crew mika'])
  })

  it("leaves comments and another hand's edits of the manifest as they are", async () => {
    const { office, text, revoke } = await scene([direct('Look', dev)], {})
    office.write({ users: { mika: { external: true } } })
    const commented = `# mine\n${text().trimEnd()} # theirs\n`
    office.writeText(commented)
    expect(await revoke()).toMatchObject({ code: 0 })
    expect(text().startsWith(commented)).toBe(true)
    expect(await revoke(['--undo'])).toMatchObject({ code: 0 })
    expect(text()).toBe(commented)
  })
})
