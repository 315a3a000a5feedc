import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Contents } from '../../../src/sandbox/content-types.ts'
import { inMinutes } from '../../login/support/machine.ts'
import { configOf, configPath } from '../../scenarios/e2e/support/desk.ts'
import { run } from '../../support/here.ts'
import { manifestFor, nobody, type Portal, rewrite, startPortal } from '../../support/portal.ts'

const accounts = [
  { id: '444455556666', name: 'Dev Sandbox' },
  { id: '012345678901', name: '開発' },
]

const contents: Contents = {
  users: [{ userName: 'taro', email: 'taro@example.com' }, { userName: 'nobody' }],
  groups: [{ displayName: 'readers', members: ['taro'] }],
  permissionSets: [{ name: 'Admin' }, { name: 'Read' }, { name: 'Odd=Name,1' }],
  assignments: [
    { permissionSet: 'Admin', account: '111122223333', user: 'taro' },
    { permissionSet: 'Admin', account: '444455556666', user: 'taro' },
    { permissionSet: 'Read', account: '444455556666', group: 'readers' },
    { permissionSet: 'Odd=Name,1', account: '444455556666', user: 'taro' },
    { permissionSet: 'Read', account: '012345678901', group: 'readers' },
  ],
}

const all = ['012345678901-Read', 'Dev-Sandbox-Admin', 'Dev-Sandbox-Odd-Name-1', 'Dev-Sandbox-Read', 'Home-Admin']

const start = (more: typeof accounts = [], what: Contents = contents) =>
  startPortal(
    [...accounts, ...more],
    { ...what, assignments: [...(what.assignments ?? []), ...more.map(reading)] },
    onTestFinished,
  )

const manyAccounts = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: String(500_000_000_000 + index), name: `Team ${index}` }))

const reading = ({ id }: { id: string }) => ({ permissionSet: 'Read', account: id, user: 'taro' })

/** Applies, and holds that nothing but the portal was asked. */
async function applied(portal: Portal, words: readonly string[] = []) {
  const ended = await portal.run(['apply', '--yes', ...words])
  const asked = Object.keys(await portal.asked()).filter((name) => !/^(oidc|portal):/.test(name))
  expect(asked).toEqual([])
  return ended
}

/** The manifest with other settings of generate. */
function generating(portal: Portal, settings: string, head = ''): void {
  rewrite(portal.desk, manifestFor(portal.startUrl, '', head).replace('from: portal', `from: portal, ${settings}`))
}

describe('profiles from one’s own login, on a bare laptop', () => {
  test('first the session, then the login, then a profile for each account and set; then nothing', async () => {
    const portal = await start()
    const first = await applied(portal)
    expect(first).toMatchObject({ code: 0 })
    expect(first.stdout).toContain('+ sso-session/work')
    expect(first.stderr).toMatch(/sso\.yaml:5:3 +warning +not logged in to sso-session work on this machine yet/)
    expect(first.stderr).toContain('apply writes the session first; then')
    expect(first.stderr).toContain('sso-reconcile login work, then sso-reconcile apply')
    expect(portal.profiles()).toEqual([])
    const waiting = await portal.run(['plan', '--check'])
    expect(waiting).toMatchObject({ code: 0 })
    expect(waiting.stdout).toContain('these differ from sso.yaml: profile/{account}-{permission_set}')

    const login = await portal.login()
    const second = await applied(portal)
    expect(second).toMatchObject({ code: 0 })
    expect(portal.profiles().toSorted()).toEqual(all)
    expect(configOf(portal.desk.home)).toContain(
      '[profile Dev-Sandbox-Read]\nsso_session = work\nsso_account_id = 444455556666\nsso_role_name = Read\n',
    )
    const again = await portal.run(['plan', '--check'])
    expect(again).toMatchObject({ code: 0, stderr: '' })
    expect(again.stdout).toContain('No changes. This machine matches sso.yaml (6 checked).')
    for (const { stdout, stderr } of [first, second, again])
      for (const secret of [login.accessToken, login.refreshToken, 'taro@example.com'])
        expect(stdout + stderr).not.toContain(secret)
  })

  test('nicknames, templates and case name them; a name that two would have is told', async () => {
    const portal = await start([{ id: '999900001111', name: 'dev sandbox' }])
    await portal.login()
    generating(
      portal,
      'name: "x/{permission_set}@{account}", lower_case: true, separator: _',
      'accounts: { main: "111122223333", "two": "999900001111" }\n',
    )
    expect(await applied(portal)).toMatchObject({ code: 0 })
    expect(portal.profiles().toSorted()).toEqual([
      'x/admin@dev_sandbox',
      'x/admin@main',
      'x/odd_name_1@dev_sandbox',
      'x/read@012345678901',
      'x/read@dev_sandbox',
      'x/read@two',
    ])
    const before = configOf(portal.desk.home)
    const role = 'deploy: { source: x/admin@main, role_arn: "arn:aws:iam::444455556666:role/Deploy" }'
    rewrite(portal.desk, manifestFor(portal.startUrl, `  profiles: { ${role.replace('deploy', 'Home-Admin')} }\n`))
    const taken = await applied(portal)
    expect(taken.code).toBe(1)
    expect(taken.stderr).toContain('profile Home-Admin would be Admin on Home')
    expect(taken.stderr).toContain('the declared profile (arn:aws:iam::444455556666:role/Deploy, sso.yaml:')
    generating(portal, 'lower_case: true')
    const twice = await applied(portal)
    expect(twice.code).toBe(1)
    expect(twice.stderr).toContain('profile dev-sandbox-read would be both Read on Dev Sandbox (444455556666')
    expect(twice.stderr).toContain('add {account_id} to generate.name')
    expect(configOf(portal.desk.home)).toBe(before)
  })

  test('what is no longer offered goes, and nothing of anybody else’s', async () => {
    const portal = await start()
    await portal.login()
    rewrite(
      portal.desk,
      manifestFor(portal.startUrl, '  profiles:\n    mine: { account: "111122223333", permission_set: Own }\n'),
    )
    await applied(portal)
    const config = configPath(portal.desk.home)
    const { appendFileSync } = await import('node:fs')
    appendFileSync(
      config,
      '\n[profile own]\nsso_session = work\nsso_account_id = 444455556666\nsso_role_name = Admin\n',
    )
    await portal.takeAway('Odd=Name,1')
    const gone = await applied(portal)
    expect(gone).toMatchObject({ code: 0 })
    expect(gone.stdout).toContain('neither in sso.yaml nor in the access of your login')
    expect(portal.profiles().toSorted()).toEqual([...all.filter((name) => !name.includes('Odd')), 'mine', 'own'])
    expect(readFileSync(config, 'utf8')).toContain('[profile own]')
  })

  test('a role that is taken through a generated profile is told when that goes, and holds nothing up', async () => {
    const portal = await start()
    await portal.login()
    const chained = 'deploy: { source: Dev-Sandbox-Read, role_arn: "arn:aws:iam::444455556666:role/Deploy" }'
    rewrite(portal.desk, manifestFor(portal.startUrl, `  profiles: { ${chained} }\n`))
    const first = await applied(portal)
    expect(first).toMatchObject({ code: 0 })
    expect(first.stderr).not.toContain('warning')
    await portal.takeAway('Read')
    const gone = await applied(portal, ['--max-deletes', '2'])
    expect(gone).toMatchObject({ code: 0 })
    expect(gone.stderr).toContain('profile deploy assumes its role through profile Dev-Sandbox-Read')
    expect(portal.profiles()).toContain('deploy')
    expect(portal.profiles()).not.toContain('Dev-Sandbox-Read')
    expect((await portal.run(['plan'])).stdout).toContain('these differ from sso.yaml: profile/deploy')
  })

  test('an empty portal is told; many deletes at once are asked about', async () => {
    const portal = await start()
    await portal.login()
    await applied(portal)
    const before = configOf(portal.desk.home)
    await portal.takeAway()
    const refused = await applied(portal)
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('the access portal shows no accounts for your login')
    expect(refused.stderr).toContain('--max-deletes 5')
    expect(configOf(portal.desk.home)).toBe(before)
    expect(await applied(portal, ['--max-deletes', '5'])).toMatchObject({ code: 0 })
    expect(portal.profiles()).toEqual([])
  })
})

describe('a portal that is not read changes nothing', () => {
  const cases: readonly (readonly [string, (portal: Portal, login: Record<string, string>) => unknown, string])[] = [
    ['no login', ({ cache }) => cache([]), 'the cached login of sso-session work cannot be read'],
    [
      'a login that ended',
      ({ cache }, login) => cache({ ...login, refreshToken: undefined, expiresAt: inMinutes(-5) }),
      'the login of sso-session work expired',
    ],
    [
      'a login to another portal',
      ({ cache }, login) => cache({ ...login, startUrl: 'https://d-9999999999.awsapps.com/start' }),
      'is for start URL https://d-9999999999',
    ],
    [
      'a login in another region',
      ({ cache }, login) => cache({ ...login, region: 'us-east-1' }),
      'is for Region us-east-1, not ap-northeast-1',
    ],
    [
      'a login that somebody ended',
      async ({ url }, login) =>
        void (await fetch(`${url}/logout`, {
          method: 'POST',
          headers: { 'x-amz-sso_bearer_token': login.accessToken ?? '' },
        })),
      'no longer accepts the login',
    ],
    [
      'a login that ends between two questions',
      ({ faults }) => faults({ rules: [{ kind: 'expire', operations: ['ListAccountRoles'], skip: 1 }] }),
      'no longer accepts the login',
    ],
    [
      'a page that cannot be had',
      ({ faults }) => faults({ rules: [{ kind: 'expire', operations: ['ListAccounts'], page: 2 }] }),
      'no longer accepts the login',
    ],
    [
      'a portal that is out of order',
      ({ faults }) => faults({ rules: [{ kind: 'internal', operations: ['ListAccountRoles'] }] }),
      'the access portal could not be read (ListAccountRoles: InternalServerException',
    ],
    [
      'one account that cannot be looked into',
      ({ faults }) => faults({ rules: [{ kind: 'deny', operations: ['ListAccountRoles'], times: 1 }] }),
      'no generated profile is removed',
    ],
  ]
  for (const [what, prepare, told] of cases)
    test(what, async () => {
      const portal = await start(what.includes('page') ? manyAccounts(120) : [])
      const login = await portal.login()
      await applied(portal)
      const before = configOf(portal.desk.home)
      // Few enough that nothing but the reading keeps it from being removed.
      await portal.takeAway('Odd=Name,1')
      await prepare(portal, login)
      const ended = await applied(portal)
      expect(ended).toMatchObject({ code: 0 })
      expect(ended.stderr).toContain(told)
      expect(configOf(portal.desk.home)).toBe(before)
      const flat = ended.stderr.replace(/\s+/g, ' ')
      if (/log(in|s)\b/.test(told)) expect(flat).toContain('sso-reconcile login work, then sso-reconcile apply')
      expect(ended.stderr + ended.stdout).not.toContain(login.accessToken)
    }, 60_000)

  test('a portal that cannot be reached', async () => {
    const portal = await start()
    await portal.login()
    await applied(portal)
    const before = configOf(portal.desk.home)
    const nowhere = { ...nobody, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }
    const ended = await run(portal.desk, ['apply', '--yes'], nowhere)
    expect(ended).toMatchObject({ code: 0 })
    expect(ended.stderr).toContain('the access portal could not be read (ListAccounts: ECONNREFUSED')
    expect(ended.stderr).toContain('AWS_ENDPOINT_URL (http://127.0.0.1:1)')
    expect(configOf(portal.desk.home)).toBe(before)
  })

  test('--only local opens no connection; the kinds by name read the portal alone', async () => {
    const portal = await start()
    await portal.login()
    const offline = await applied(portal, ['--only', 'local'])
    expect(offline).toMatchObject({ code: 0 })
    expect(offline.stderr).toContain('--only local opens no connection')
    expect(portal.profiles()).toEqual([])
    // A manifest of a whole team: no rights are needed for one's own profiles.
    rewrite(portal.desk, manifestFor(portal.startUrl, '', 'groups: { ops: {} }\n'))
    expect(await applied(portal, ['--only', 'sso-session,profile'])).toMatchObject({ code: 0 })
    expect(portal.profiles()).toHaveLength(5)
  })
})

test('an access token that ran out is renewed without a browser, and the portal read with the new one', async () => {
  const portal = await start()
  const login = await portal.login()
  portal.cache({ ...login, expiresAt: inMinutes(-30) })
  expect(await applied(portal)).toMatchObject({ code: 0 })
  expect(portal.profiles()).toHaveLength(5)
  portal.cache({ ...login, refreshToken: 'of-a-session-that-ended', expiresAt: inMinutes(-30) })
  const over = await portal.run(['plan', '--check'])
  expect(over).toMatchObject({ code: 0 })
  expect(over.stderr).toContain('the login of sso-session work expired')
})

test('a login that ends before the closing look leaves what was written, and is no success', async () => {
  const portal = await start()
  await portal.login()
  await portal.faults({ rules: [{ kind: 'expire', operations: ['ListAccounts'], skip: 1, times: 1 }] })
  const ended = await applied(portal)
  expect(ended.code).toBe(1)
  expect(ended.stderr).toMatch(/error +the access portal no longer accepts the login of sso-session work/)
  expect(portal.profiles()).toHaveLength(5)
  expect(await portal.run(['plan', '--check'])).toMatchObject({ code: 0, stderr: '' })
})

test('300 accounts on many pages are read from a portal that throttles, politely', async () => {
  const portal = await start(manyAccounts(300), { ...contents, assignments: [] })
  await portal.login()
  await portal.faults({ rules: [{ kind: 'throttle', operations: ['portal:*'], perSecond: 60 }] })
  expect(await portal.run(['apply', '--yes'])).toMatchObject({ code: 0 })
  const asked = await portal.asked()
  expect(asked['portal:ListAccounts']).toBe(6)
  expect(portal.profiles()).toHaveLength(300)
  expect(new Set(portal.profiles()).size).toBe(300)
}, 120_000)

test('the login’s token is written nowhere but where it was', async () => {
  const portal = await start()
  const login = await portal.login()
  await applied(portal)
  const json = await portal.run(['plan', '--json'])
  expect(json.stdout).not.toContain(login.accessToken)
  expect(readFileSync(join(portal.desk.home, '.aws', 'config'), 'utf8')).not.toContain(login.accessToken)
})
