import { describe, expect, it } from 'vitest'
import { dev, grants, scene } from './support.ts'

const Run = { managed_policies: ['ReadOnlyAccess'], session_duration: '4h' }
const direct = (permissionSet: string, account: string) => ({ user: 'mika', permissionSet, account })
const undo = ['--undo']
const flat = (text: string) => text.replace(/\s+/g, ' ')

describe.concurrent('--undo', () => {
  it.each<readonly [string, object, string]>([
    ['is external by now', { Run: { external: true } }, 'sso.yaml does not write it'],
    ['is declared no more', {}, 'sso.yaml does not declare it'],
    ['is about to be renamed', { Walk: { ...Run, was: 'Run' } }, 'sso.yaml renames it to Walk'],
  ])('keeps the record where a set that denies the user %s, and says so beforehand', async (_how, sets, why) => {
    const { office, revoke, text } = await scene([direct('Run', dev)], { permission_sets: { Run } })
    expect(await revoke()).toMatchObject({ code: 0 })
    const users = { mika: { external: true } }
    const since = /since: (\S+)/.exec(text())?.[1] ?? /mika: (\d\S+)/.exec(text())?.[1]
    office.write({
      users,
      permission_sets: sets,
      revoked: { mika: { since, taken: [`assignment/Run:user:mika@${dev}`] } },
    })
    const { code, stdout, stderr } = await revoke(undo)
    expect(stderr).toContain(`permission set Run still denies mika everything, because ${why}`)
    expect(stdout).toContain('Still denied everything in Run.')
    expect(stdout).toContain('mika is still recorded under revoked in sso.yaml')
    expect(code).toBe(1)
    office.write({
      users,
      permission_sets: { Run },
      revoked: { mika: { since, taken: [`assignment/Run:user:mika@${dev}`] } },
    })
    expect(await revoke(undo)).toMatchObject({ code: 0, stdout: expect.not.stringContaining('denied') })
  })

  it.each([
    ['before the rename', false],
    ['after it', true],
  ])('gives back what has another name by now: %s', async (_when, renamed) => {
    const { cloud, office, revoke, text } = await scene([direct('Run', dev)], {})
    expect(await revoke()).toMatchObject({ code: 0 })
    const taken = [...text().matchAll(/- (\S+mika\S*)/g)].map(([, at]) => at)
    expect(taken).toEqual([`assignment/Run:user:mika@${dev}`, 'membership/crew:mika'])
    const sections = {
      users: { mika: { external: true } },
      groups: { Team: { was: 'crew' } },
      permission_sets: { Walk: { ...Run, was: 'Run' } },
    }
    const revoked = { mika: { since: '2026-11-20T08:00:00Z', taken } }
    office.write({ ...sections, revoked })
    if (renamed) expect(await office.apply('--quiet', '--max-deletes', '5')).toMatchObject({ code: 0 })
    const { code, stderr } = await revoke(undo)
    expect(code, stderr).toBe(0)
    // A set that is only going to be renamed still has its old name.
    expect((await grants(cloud)).filter((one) => one.includes('mika'))).toEqual(
      renamed
        ? ['Team mika', `Walk mika ${dev}`, 'okta-crew mika']
        : [`Run mika ${dev}`, 'crew mika', 'okta-crew mika'],
    )
  })

  it('that fails is to be run again, and apply is no part of the advice', async () => {
    const { cloud, revoke } = await scene([direct('Run', dev)], { permission_sets: { Run } })
    expect(await revoke()).toMatchObject({ code: 0 })
    await cloud.faults({ rules: [{ kind: 'fail', operations: ['CreateAccountAssignment'], reason: 'not today' }] })
    const { code, stdout } = await revoke(undo)
    expect(code).toBe(1)
    expect(flat(stdout)).toContain('hint: fix what AWS reports, then run this again')
    expect(stdout).toContain('Next: it is safe to run this again; the current access is listed below.')
    expect(stdout).not.toContain('apply')
  })
})
