import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from '../../support/here.ts'
import { type Desk, newDesk } from '../e2e/support/desk.ts'

const sandbox = ['--sandbox']

async function planned(): Promise<{ desk: Desk; read(): Record<string, unknown>; write(plan: object): void }> {
  const desk = newDesk()
  expect((await run(desk, ['plan', '--out', 'plan.json', ...sandbox])).code).toBe(0)
  const path = join(desk.work, 'plan.json')
  return {
    desk,
    read: () => JSON.parse(readFileSync(path, 'utf8')),
    write: (plan) => writeFileSync(path, JSON.stringify(plan)),
  }
}

describe('a saved plan', () => {
  it('is approval enough, once', async () => {
    const { desk } = await planned()
    expect((await run(desk, ['apply', 'plan.json', ...sandbox])).code).toBe(0)
    const again = await run(desk, ['apply', 'plan.json', ...sandbox])
    expect(again.code).toBe(1)
    expect(again.stderr).toContain('nothing is left of the plan that was reviewed')
  })

  it.each([
    [
      'a digest of one digit',
      (plan: Record<string, unknown>) => ({ ...plan, digest: String(plan.digest).slice(0, 1) }),
    ],
    ['no digest', (plan: Record<string, unknown>) => ({ ...plan, digest: '' })],
    ['another digest', (plan: Record<string, unknown>) => ({ ...plan, digest: '0'.repeat(64) })],
    ['an empty selection', (plan: Record<string, unknown>) => ({ ...plan, selection: { only: [] } })],
    ['a selection of something else', (plan: Record<string, unknown>) => ({ ...plan, selection: { target: [{}] } })],
    ['no manifest', (plan: Record<string, unknown>) => ({ ...plan, manifest: {} })],
  ])('with %s is not applied, not even with --yes', async (_name, change) => {
    const { desk, read, write } = await planned()
    write(change(read()))
    expect((await run(desk, ['apply', 'plan.json', '--yes', ...sandbox])).code).toBe(1)
    expect((await run(desk, ['plan', '--check', ...sandbox])).code).toBe(2)
  })

  it('does not override another --expect', async () => {
    const { desk } = await planned()
    expect((await run(desk, ['apply', 'plan.json', '--expect', '0'.repeat(16), ...sandbox])).code).toBe(1)
    expect((await run(desk, ['plan', '--check', ...sandbox])).code).toBe(2)
  })

  it('is never written over anything but a saved plan', async () => {
    const { desk, read } = await planned()
    const manifest = readFileSync(join(desk.work, 'sso.yaml'), 'utf8')
    const refused = await run(desk, ['plan', '--out', 'sso.yaml', ...sandbox])
    expect(refused.code).toBe(1)
    expect(readFileSync(join(desk.work, 'sso.yaml'), 'utf8')).toBe(manifest)
    expect((await run(desk, ['plan', '--out', 'plan.json', ...sandbox])).code).toBe(0)
    expect(read().complete).toBe(true)
  })

  it('is not a manifest, and a manifest is not one', async () => {
    const { desk } = await planned()
    const { code, stderr } = await run(desk, ['apply', 'sso.yaml', '--yes', ...sandbox])
    expect(code).toBe(1)
    expect(stderr).toContain('sso-reconcile apply --file sso.yaml')
  })
})
