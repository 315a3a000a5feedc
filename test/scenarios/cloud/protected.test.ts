import { expect, it, vi } from 'vitest'
import { isWrite } from '../e2e/support/relay.ts'
import { newCloud } from './support/cloud.ts'
import { newOffice, type Sections } from './support/office.ts'

vi.setConfig({ testTimeout: 120_000 })

const dev = '222233334444'
const contents = {
  users: [{ userName: 'glass' }, { userName: 'taro' }],
  permissionSets: [{ name: 'Open', tags: { 'managed-by': 'sso-reconcile' } }],
  assignments: ['glass', 'taro'].map((user) => ({ permissionSet: 'Open', user, account: dev })),
}
const keeping = (users: readonly string[], glass = {}): Sections => ({
  users: { glass: { external: true, ...glass }, taro: { external: true } },
  permission_sets: { Open: {} },
  assignments: [{ users, permission_sets: ['Open'], accounts: [dev] }],
})
const allowances = ['--allow-lockout', '--allow-unknown', '--allow-programs', '--max-deletes', '9']

it.each([
  ['all of it', []],
  ['assignments only', ['--only', 'assignment']],
  ['one of them', ['--target', `assignment/Open:user:glass@${dev}`]],
])('whoever is protected keeps the grant, with every flag, where a plan is about %s', async (_what, part) => {
  const cloud = await newCloud({ contents })
  const office = newOffice(cloud.url, keeping(['taro'], { protect: true }))
  await cloud.forget()
  const { code, stderr } = await office.apply(...allowances, ...part)
  expect(stderr).toMatch(/sso\.yaml:\d+:\d+ {2}error {2}user\/glass is protected, and with this plan it loses Open/)
  expect(stderr).toMatch(/take protect out of sso\.yaml:\d+ first; no flag overrides it/)
  expect(code).toBe(1)
  expect((await cloud.calls()).map(({ operation }) => operation).filter(isWrite)).toEqual([])
  // The advice, tried.
  office.write(keeping(['taro']))
  const done = await office.apply('--max-deletes', '9', ...part)
  expect(done.code, done.stderr).toBe(0)
})

it('revoke leaves whoever is protected, and the file, as they are; sessions can be ended', async () => {
  const cloud = await newCloud({ contents })
  const office = newOffice(cloud.url, keeping(['glass', 'taro'], { protect: true }))
  await cloud.forget()
  const { code, stderr, stdout } = await office.run(['revoke', 'glass', '--yes', '--allow-lockout'])
  expect(stderr).toMatch(/sso\.yaml:\d+:\d+ {2}error {2}glass is protected, so nothing is revoked/)
  expect(stderr).toMatch(/take protect out of sso\.yaml:\d+ first; no flag overrides it/)
  expect([code, stdout]).toEqual([1, ''])
  expect((await cloud.calls()).map(({ operation }) => operation).filter(isWrite)).toEqual([])
  expect((await office.plan()).operations).toEqual([])
  expect((await office.run(['revoke', 'glass', '--sessions', '--yes'])).code).toBe(0)
  expect((await office.plan()).operations).toEqual([])
})
