import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Variables } from '../scenarios/e2e/support/binary.ts'
import { configPath, type Desk, newDesk, tree } from '../scenarios/e2e/support/desk.ts'
import { noTerminal, runOnTerminal } from '../scenarios/e2e/support/pty.ts'
import { run } from '../support/here.ts'
import { cachePath, manifestOf, nobody, startPortal } from '../support/portal.ts'

const url = 'https://acme.awsapps.com/start'

/** A desk without a manifest, at which nothing can be reached. */
function bare(config?: string): Desk {
  const desk = newDesk('http://127.0.0.1:1')
  rmSync(join(desk.work, 'sso.yaml'))
  if (config !== undefined) {
    mkdirSync(join(desk.home, '.aws'))
    writeFileSync(configPath(desk.home), config)
  }
  return desk
}

const init = (desk: Desk, words: readonly string[], env: Variables = {}) =>
  run(desk, ['init', ...words], { ...nobody, ...env })

describe('init --portal', () => {
  it('writes a manifest that validates, and names the commands that follow', async () => {
    const desk = bare()
    const ended = await init(desk, ['--portal', `${url}/#/`, '--region', 'ap-northeast-1'])
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(ended.stdout).toBe(`Wrote sso.yaml for ${url} in ap-northeast-1.
Next: sso-reconcile apply   (writes sso-session acme)
      sso-reconcile login acme   (opens the portal)
      sso-reconcile apply   (writes a profile for each account and permission set you have)
`)
    expect(manifestOf(desk)).toContain(`version: 1
identity_center:
  region: ap-northeast-1
  start_url: ${url}
local:
  sso_session: acme
`)
    expect(await run(desk, ['validate'], nobody)).toMatchObject({ code: 0, stderr: '' })
    expect((await init(desk, ['--portal', url, '--region', 'ap-northeast-1'])).stderr).toContain(
      'sso.yaml already exists; nothing was changed',
    )
    expect(await init(desk, ['--portal', url, '--region', 'eu-west-1', '--force'])).toMatchObject({ code: 0 })
    expect(manifestOf(desk)).toContain('region: eu-west-1')
    expect(tree(desk.work).join('\n')).toContain('sso.yaml.before-sso-reconcile')
  })

  it('says in JSON what it did, and writes nothing on a dry run', async () => {
    const desk = bare()
    const dry = await init(desk, ['--portal', url, '--dry-run'], { AWS_REGION: 'eu-west-1' })
    expect(dry.stdout).toContain(`start_url: ${url}`)
    expect(tree(desk.work)).toEqual([])
    const json = JSON.parse((await init(desk, ['--portal', url, '--json'], { AWS_DEFAULT_REGION: 'eu-west-1' })).stdout)
    expect(json).toMatchObject({ format_version: 1, file: 'sso.yaml', written: true, diagnostics: [] })
  })

  it.each<[string, string | undefined, readonly string[], Variables, string]>([
    [
      'the address',
      undefined,
      ['--portal', 'https://ssoins-1234567890abcdef.portal.eu-west-3.app.aws'],
      { AWS_REGION: 'us-east-1' },
      'region: eu-west-3',
    ],
    [
      'a session of the same portal',
      `[sso-session mine]\nsso_start_url = ${url}#/\nsso_region = eu-north-1\n`,
      ['--portal', url],
      { AWS_REGION: 'us-east-1' },
      'region: eu-north-1',
    ],
    [
      'the flag',
      `[sso-session mine]\nsso_start_url = ${url}\nsso_region = eu-north-1\n`,
      ['--portal', url, '--region', 'eu-west-2'],
      {},
      'region: eu-west-2',
    ],
    ['the environment', undefined, ['--portal', url], { AWS_REGION: 'eu-west-1' }, 'region: eu-west-1'],
  ])('takes the Region from %s', async (_what, config, words, env, expected) => {
    const desk = bare(config)
    expect(await init(desk, words, env)).toMatchObject({ code: 0, stderr: '' })
    expect(manifestOf(desk)).toContain(expected)
  })

  it.each<[string, readonly string[], Variables, RegExp]>([
    ['no Region', ['--portal', url], {}, /does not say which Region[\s\S]*--region REGION/],
    ['no Region of AWS', ['--portal', url, '--region', 'Tokyo'], {}, /"Tokyo" \(from --region\) is not an AWS region/],
    [
      'a Region of another partition',
      ['--portal', url],
      { AWS_REGION: 'cn-north-1' },
      /portal of partition aws, and cn-north-1 \(from AWS_REGION\)/,
    ],
    ['no portal', ['--portal', 'https://example.com'], {}, /is not an access portal address/],
    ['what asks AWS', ['--portal', url, '--scan', '--only', 'local'], {}, /--scan and --only/],
  ])('refuses %s, and writes nothing', async (_what, words, env, told) => {
    const desk = bare()
    const ended = await init(desk, words, env)
    expect(ended).toMatchObject({ code: 1, stdout: '' })
    expect(ended.stderr).toMatch(told)
    expect(tree(desk.work)).toEqual([])
  })

  it('keeps a session’s name, and takes none that another portal has', async () => {
    const own = bare(`[sso-session mine]\nsso_start_url = ${url}\nsso_region = eu-west-1\n`)
    await init(own, ['--portal', url])
    expect(manifestOf(own)).toContain('sso_session: mine\n')
    const other = bare(
      '[sso-session acme]\nsso_start_url = https://d-1234567890.awsapps.com/start\nsso_region = eu-west-1\n',
    )
    await init(other, ['--portal', url, '--region', 'eu-west-1'])
    expect(manifestOf(other)).toContain('sso_session: acme-2\n')
    const broken = bare('[sso-session acme\n')
    expect(await init(broken, ['--portal', url, '--region', 'eu-west-1'])).toMatchObject({ code: 0 })
  })

  it.each(['123', 'null', '0x1f'])('writes a session named %s as text', async (alias) => {
    const desk = bare()
    const words = ['--portal', `https://${alias}.awsapps.com/start`, '--region', 'eu-west-1']
    expect(await init(desk, words)).toMatchObject({ code: 0, stderr: '' })
    expect(manifestOf(desk)).toContain(`sso_session: "${alias}"\n`)
  })

  it('takes a login of another Region for none', async () => {
    const desk = bare()
    const cached = cachePath(desk.home, 'acme')
    mkdirSync(dirname(cached), { recursive: true })
    const login = { startUrl: url, accessToken: 'x', expiresAt: '2999-01-01T00:00:00Z' }
    const words = ['--portal', url, '--region', 'eu-west-1', '--force']
    for (const [region, next] of [
      ['us-east-1', 'sso-reconcile login acme'],
      ['eu-west-1', 'permission set you have)'],
    ]) {
      writeFileSync(cached, JSON.stringify({ ...login, region }))
      expect((await init(desk, words)).stdout).toContain(next)
    }
  })

  it.skipIf(Boolean(noTerminal))('asks nothing on a terminal where it must not', async () => {
    const ended = await runOnTerminal(bare(), ['init', '--portal', url, '--no-input'], { replies: [], env: nobody })
    expect(ended.code).toBe(1)
    expect(ended.stdout).toContain('add --region REGION')
  })

  it.skipIf(Boolean(noTerminal))('asks for the Region on a terminal', async () => {
    const desk = bare()
    const replies = [['Which Region', 'eu-west-1\r']] as const
    const ended = await runOnTerminal(desk, ['init', '--portal', url], {
      replies: replies.map(([a, b]) => [a, b]),
      env: nobody,
    })
    expect(ended.code).toBe(0)
    expect(manifestOf(desk)).toContain('region: eu-west-1')
  })
})

it('from the address of the portal to profiles, with nothing but a login', async () => {
  const portal = await startPortal(
    [{ id: '444455556666', name: 'Dev' }],
    {
      users: [{ userName: 'taro', email: 'taro@example.com' }],
      permissionSets: [{ name: 'Admin' }],
      assignments: [{ permissionSet: 'Admin', account: '444455556666', user: 'taro' }],
    },
    onTestFinished,
  )
  rmSync(join(portal.desk.work, 'sso.yaml'))
  expect(await portal.run(['init', '--portal', portal.startUrl, '--region', 'ap-northeast-1'])).toMatchObject({
    code: 0,
  })
  const first = await portal.run(['apply', '--yes'])
  expect(first).toMatchObject({ code: 0 })
  expect(first.stdout).toContain(`\nYour access portal: ${portal.startUrl}\n`)
  expect(first.stdout).toContain(
    '\nNext: sso-reconcile login sso, then sso-reconcile apply, which writes the profiles\n',
  )
  const login = await portal.login()
  writeFileSync(cachePath(portal.desk.home, 'sso'), JSON.stringify(login))
  const second = await portal.run(['apply', '--yes'])
  expect(second).toMatchObject({ code: 0 })
  expect(second.stdout).not.toContain('Your access portal')
  expect(portal.profiles()).toEqual(['Dev-Admin'])
  expect((await portal.run(['console', 'Dev-Admin'])).stdout).toBe(
    `${portal.startUrl}/#/console?account_id=444455556666&role_name=Admin\n`,
  )
  const again = await portal.run(['init', '--portal', portal.startUrl, '--force', '--region', 'ap-northeast-1'])
  expect(again.stdout).toContain(
    'Next: sso-reconcile apply   (writes a profile for each account and permission set you have)',
  )
  expect(readFileSync(configPath(portal.desk.home), 'utf8')).toContain('[sso-session sso]')
})
