import { appendFileSync, chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { manifestText, newOffice } from '../cloud/support/office.ts'
import { isWrite } from '../e2e/support/relay.ts'
import { dev, grants, scene } from './support.ts'

const run = { managed_policies: ['ReadOnlyAccess'], session_duration: '4h' }
const held = [{ user: 'mika', permissionSet: 'Run', account: dev }]
const sections = {
  permission_sets: { Run: run },
  assignments: [{ users: ['mika'], permission_sets: ['Run'], accounts: [dev] }],
}
const everything = { users: { mika: { external: true }, noa: { external: true } }, ...sections }

type Scene = Awaited<ReturnType<typeof scene>>

/** A desk at which something becomes of the manifest while it is read, before it is written. */
async function disturbed({ cloud }: Scene, disturb: (path: string) => void, text = manifestText(everything)) {
  const relay = await cloud.relay()
  const office = newOffice(relay.url)
  office.writeText(text)
  const path = join(office.desk.work, 'sso.yaml')
  relay.pass = async ({ operation }, forward) => {
    if (operation === 'ListUsers' && relay.calls.filter((one) => one === operation).length === 1) disturb(path)
    return forward()
  }
  return { relay, office, path }
}

const oneLine = `${JSON.stringify({ version: 1, identity_center: { region: 'us-east-1' }, ...everything })}\n`

describe('revoke, where the manifest cannot be written,', () => {
  it.each<[string, string, (path: string) => void]>([
    ['because it is read-only', 'is read-only', (path) => chmodSync(path, 0o444)],
    ['because it became no manifest', 'sso.yaml:', (path) => writeFileSync(path, 'a: [\n')],
    ['because it is gone', 'sso.yaml', (path) => rmSync(path)],
  ])('%s, acts all the same, and says what to add', async (_why, says, disturb) => {
    const world = await scene(held, sections)
    const { office, path } = await disturbed(world, disturb)
    const { code, stdout, stderr } = await office.run(['revoke', 'mika', '--yes'])
    expect(code, stdout + stderr).toBe(1)
    expect(await grants(world.cloud)).not.toContain(`Run mika ${dev}`)
    expect(stderr).toContain(says)
    expect(stderr.replace(/\s+/g, ' ')).toContain(
      'it is still carried out in AWS, and the next apply would restore the access',
    )
    const [, lines = ''] = /(\nrevoked:\n {2}mika:(?:.|\n)*)$/.exec(stdout) ?? []
    expect(lines).toMatch(/^\nrevoked:\n {2}mika:(?:\n {4}since:)? \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\n/)
    expect(stdout.replace(/\s+/g, ' ')).toContain('mika is NOT recorded under revoked in sso.yaml')

    // What it says about the next apply is so, and what it says to add keeps it from that.
    rmSync(path, { force: true })
    office.write(everything)
    expect((await office.plan()).operations.map(({ address }) => address)).toContain(`assignment/Run:user:mika@${dev}`)
    appendFileSync(path, lines)
    expect((await office.plan()).operations).toEqual([])
  })

  it('because of how it is written, acts all the same', async () => {
    const world = await scene(held, sections)
    const { office, path } = await disturbed(world, () => undefined, oneLine)
    const { code, stdout, stderr } = await office.run(['revoke', 'mika', '--yes', '--json'])
    const [left] = stdout.split('\n').filter((line) => line.includes('"recorded"'))
    if (code === 0) expect(readFileSync(path, 'utf8')).toContain('revoked')
    else {
      expect(stderr).toContain('is written in a way that revoke cannot edit')
      expect(JSON.parse(left ?? '{}')).toMatchObject({ recorded: false, add: expect.stringMatching(/^revoked:\n/) })
    }
    expect(await grants(world.cloud)).not.toContain(`Run mika ${dev}`)
  })

  it('does not say so where it is recorded already', async () => {
    const world = await scene(held, sections)
    expect(await world.revoke()).toMatchObject({ code: 0 })
    chmodSync(join(world.office.desk.work, 'sso.yaml'), 0o444)
    const again = await world.revoke()
    expect(again, again.stderr).toMatchObject({ code: 0, stderr: '' })
  })

  it('--undo gives nothing back', async () => {
    const world = await scene(held, sections)
    expect(await world.revoke()).toMatchObject({ code: 0 })
    const [before, text] = [await grants(world.cloud), world.text()]
    chmodSync(join(world.office.desk.work, 'sso.yaml'), 0o444)
    await world.cloud.forget()
    const { code, stdout, stderr } = await world.revoke(['--undo'])
    expect({ code, stdout, grants: await grants(world.cloud), text: world.text() }).toEqual({
      code: 1,
      stdout: '',
      grants: before,
      text,
    })
    expect((await world.cloud.calls()).map(({ operation }) => operation).filter(isWrite)).toEqual([])
    expect(stderr).toContain('is read-only')
    expect(stderr).toContain('Nothing was restored: sso.yaml would still say that mika is revoked.')
  })
})
