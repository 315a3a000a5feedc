import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from '../../support/here.ts'
import { newDesk } from '../e2e/support/desk.ts'

const manifest = `version: 1
identity_center:
  region: ap-northeast-1 # where Identity Center is
accounts:
  management: "111122223333"
users:
  taro: { given_name: Taro, family_name: Yamada, email: taro@example.com }
  jiro: { given_name: Jiro, family_name: Yamada, email: jiro@example.com }
groups:
  devs: { members: [jiro] }
permission_sets:
  Admin: { managed_policies: [AdministratorAccess], session_duration: 2h }
  Dev: { managed_policies: [ReadOnlyAccess] }
assignments:
  - { users: [taro], permission_sets: [Admin], accounts: [management] }
  - { groups: [devs], permission_sets: [Dev], accounts: [management] }
`
const sandbox = ['--sandbox', '--yes']

async function applied() {
  const desk = newDesk(undefined, manifest)
  expect((await run(desk, ['apply', ...sandbox])).code).toBe(0)
  const text = () => readFileSync(join(desk.work, 'sso.yaml'), 'utf8')
  return { desk, text }
}

describe('revoke', () => {
  it('denies old sessions, takes memberships away, records it, and gives all of it back with --undo', async () => {
    const { desk, text } = await applied()
    const revoked = await run(desk, ['revoke', 'jiro', ...sandbox])
    expect(revoked).toMatchObject({ code: 0 })
    expect(revoked.stdout).toContain('jiro has no grants and cannot start new sessions.')
    expect(revoked.stdout).toContain('Role sessions started before now are denied everything in Dev.')
    expect(revoked.stdout).toContain('Active sessions (アクティブなセッション) > End sessions')
    expect(text()).toMatch(/\nrevoked:\n {2}jiro: \d{4}-.*Z\n$/)
    expect((await run(desk, ['plan', '--check', '--sandbox'])).code).toBe(0)

    expect((await run(desk, ['revoke', 'jiro', '--undo', ...sandbox])).code).toBe(0)
    expect(text()).toBe(manifest)
    expect((await run(desk, ['plan', '--check', '--sandbox'])).code).toBe(0)
  })

  it('ends old sessions alone with --sessions, and marks what AWS does not document', async () => {
    const { desk, text } = await applied()
    const { code, stdout } = await run(desk, ['revoke', 'taro', '--sessions', ...sandbox])
    expect(code).toBe(0)
    expect(stdout).toContain('taro keeps every grant')
    expect(stdout).toContain('not the combination used here')
    expect(text()).toMatch(/\nrevoked:\n {2}taro: \{ sessions: .*Z \}\n$/)
    expect((await run(desk, ['plan', '--check', '--sandbox'])).code).toBe(0)
  })

  it.each([
    ['the last administrator', ['taro'], 'nobody with administrator access'],
    ['somebody the manifest does not know', ['hanako'], 'user hanako is not in sso.yaml'],
    ['nobody to undo', ['jiro', '--undo'], 'jiro is not revoked'],
  ])('refuses %s and touches nothing', async (_name, words, sentence) => {
    const { desk, text } = await applied()
    const { code, stderr } = await run(desk, ['revoke', ...words, ...sandbox])
    expect(code).toBe(1)
    expect(stderr).toContain(sentence)
    expect(text()).toBe(manifest)
    expect((await run(desk, ['plan', '--check', '--sandbox'])).code).toBe(0)
  })

  it('asks first: without a terminal and without --yes nothing is written', async () => {
    const { desk, text } = await applied()
    expect(await run(desk, ['revoke', 'jiro', '--sandbox'])).toMatchObject({ code: 1 })
    expect(text()).toBe(manifest)
  })
})
