import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { browserAt } from '../../login/support/person.ts'
import { manifestOf, nobody, startPortal } from '../../support/portal.ts'
import { run } from './support/binary.ts'
import { configPath } from './support/desk.ts'

const whoAmI = fileURLToPath(new URL('../../support/who.mjs', import.meta.url))

it('from the address of a portal to work in an account, with nothing else: init, apply, login, apply, login -- CMD, console', async () => {
  const portal = await startPortal(
    [
      { id: '444455556666', name: 'Dev Sandbox' },
      { id: '012345678901', name: '開発' },
    ],
    {
      users: [{ userName: 'taro', email: 'taro@example.com' }],
      permissionSets: [{ name: 'Admin' }, { name: 'Read' }],
      assignments: [
        { permissionSet: 'Admin', account: '444455556666', user: 'taro' },
        { permissionSet: 'Read', account: '012345678901', user: 'taro' },
      ],
    },
    onTestFinished,
  )
  const { desk, startUrl } = portal
  rmSync(join(desk.work, 'sso.yaml'))
  // No AWS CLI, no keys, nothing that tells where this runs.
  const bare = { ...nobody, ...browserAt(desk), PATH: '/nonexistent' }
  const at = (...words: string[]) => run(desk, words, bare)

  const begun = await at('init', '--portal', `${startUrl}/#/`, '--region', 'ap-northeast-1')
  expect(begun).toMatchObject({ code: 0, stderr: '' })
  expect(begun.stdout).toContain('sso-reconcile login sso   (opens the portal)')
  const first = await at('apply', '--yes')
  expect(first).toMatchObject({ code: 0 })
  expect(first.stdout).toContain(
    `Your access portal: ${startUrl}\nNext: sso-reconcile login sso, then sso-reconcile apply`,
  )
  // Without a name too: there is no profile yet that could be meant.
  const login = await at('login', '--use-browser')
  expect(login).toMatchObject({ code: 0, stdout: expect.stringMatching(/^sso: logged in to sso; access token until/) })
  expect(JSON.parse((await at('login', 'sso', '--json')).stdout)).toMatchObject({ session: 'sso', logged_in: true })
  const second = await at('apply', '--yes')
  expect(second).toMatchObject({ code: 0, stderr: expect.not.stringContaining('warning') })
  expect(second.stdout).toMatch(/\nNext: aws sts get-caller-identity --profile 012345678901-Read\n$/)
  expect(portal.profiles()).toEqual(['012345678901-Read', 'Dev-Sandbox-Admin'])
  expect(await at('plan', '--check')).toMatchObject({ code: 0, stderr: '' })

  for (const [profile, account, set] of [
    ['Dev-Sandbox-Admin', '444455556666', 'Admin'],
    ['012345678901-Read', '012345678901', 'Read'],
  ] as const) {
    const who = await at('login', profile, '--', process.execPath, whoAmI)
    expect(who, profile).toMatchObject({ code: 0 })
    expect(who.stdout).toMatch(
      new RegExp(`^arn:aws:sts::${account}:assumed-role/AWSReservedSSO_${set}_[0-9a-f]{16}/taro$`, 'm'),
    )
  }
  expect((await at('console', 'Dev-Sandbox-Admin')).stdout).toBe(
    `${startUrl}/#/console?account_id=444455556666&role_name=Admin\n`,
  )
  const nobodyIsMeant = await at('login', 'sso', '--', process.execPath, whoAmI)
  expect(nobodyIsMeant).toMatchObject({ code: 1, stdout: '' })
  expect(nobodyIsMeant.stderr).toContain('sso is an sso-session, not a profile')

  // A role that is taken through a generated profile signs in as that profile.
  const chained =
    '  profiles:\n    deploy: { source: Dev-Sandbox-Admin, role_arn: "arn:aws:iam::012345678901:role/Deploy" }\n'
  writeFileSync(join(desk.work, 'sso.yaml'), `${manifestOf(desk)}${chained}`)
  expect(await at('apply', '--yes')).toMatchObject({ code: 0 })
  expect(readFileSync(configPath(desk.home), 'utf8')).toContain(
    'source_profile = Dev-Sandbox-Admin\nrole_arn = arn:aws:iam::012345678901:role/Deploy\n',
  )
  const through = await at('login', 'deploy', '--', process.execPath, '-e', 'console.log(process.env.AWS_PROFILE)')
  expect(through).toMatchObject({ code: 0, stdout: 'deploy\n' })
}, 120_000)
