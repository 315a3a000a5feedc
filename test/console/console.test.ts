import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { type Desk, newDesk } from '../scenarios/e2e/support/desk.ts'
import { run } from '../support/here.ts'

const manifest = (profiles: string, rest = '', center = 'start_url: "https://Acme.awsapps.com/start/#/"') => `version: 1
identity_center: { region: eu-west-1, ${center} }
accounts: { dev: "012345678901" }
local: { sso_session: work, profiles: { ${profiles} }${rest} }
`
const dev = 'dev: { account: dev, permission_set: "Admin+Ops@x" }'
const named = 'named: { account: { name: Dev }, permission_set: Read }'

const config = `[sso-session work]
sso_start_url = https://d-1234567890.awsapps.com/start
sso_region = eu-west-1
[profile named]
sso_session = work
sso_account_id = 777788889999
sso_role_name = Read
[profile old]
sso_start_url = https://d-9999999999.awsapps.com/start
sso_region = us-east-1
sso_account_id = 111122223333
sso_role_name = Old
[profile role]
source_profile = named
role_arn = arn:aws-cn:iam::444455556666:role/team/Deploy
[profile far]
source_profile = role
role_arn = arn:aws:iam::555566667777:role/Far
[profile round]
source_profile = round2
role_arn = arn:aws:iam::555566667777:role/Far
[profile round2]
source_profile = round
role_arn = arn:aws:iam::555566667777:role/Far
`

/** A desk; nothing there can be reached. */
function deskWith(text: string | undefined, sections = config): Desk {
  const desk = newDesk('http://127.0.0.1:1', text ?? '')
  if (text === undefined) rmSync(join(desk.work, 'sso.yaml'))
  mkdirSync(join(desk.home, '.aws'))
  writeFileSync(join(desk.home, '.aws', 'config'), sections)
  return desk
}

const link = 'https://acme.awsapps.com/start/#/console?account_id=012345678901&role_name=Admin%2BOps%40x\n'

describe('console prints the portal’s link, and nothing else to stdout', () => {
  it.each<[string, string | undefined, readonly string[], string]>([
    ['the only profile of the manifest', manifest(dev), [], link],
    ['one of several by name', manifest(`${dev}, ${named}`), ['dev'], link],
    ['what shells use', manifest(`${dev}, ${named}`, ', shell: { aws_profile: dev, shells: [zsh] }'), [], link],
    [
      'an account that only the config knows by its id',
      manifest(named),
      ['named'],
      'https://d-1234567890.awsapps.com/start/#/console?account_id=777788889999&role_name=Read\n',
    ],
    [
      'a generated profile, from the config',
      manifest(dev),
      ['named'],
      'https://d-1234567890.awsapps.com/start/#/console?account_id=777788889999&role_name=Read\n',
    ],
    [
      'a profile of the older form, without a manifest',
      undefined,
      ['old'],
      'https://d-9999999999.awsapps.com/start/#/console?account_id=111122223333&role_name=Old\n',
    ],
    [
      'a start URL from the session',
      manifest(dev, '', 'instance: ssoins-1234567890abcdef'),
      ['dev'],
      link.replace('acme', 'd-1234567890'),
    ],
    [
      'a portal of the newer form',
      manifest(dev, '', 'start_url: "https://ssoins-1234567890abcdef.portal.eu-west-1.app.aws"'),
      ['dev'],
      link.replace('acme.awsapps.com/start', 'ssoins-1234567890abcdef.portal.eu-west-1.app.aws'),
    ],
  ])('%s', async (_what, text, words, expected) => {
    expect(await run(deskWith(text), ['console', ...words])).toEqual({ code: 0, stdout: expected, stderr: '' })
  })

  it('takes AWS_PROFILE, and a page of the console', async () => {
    const page = 'https://eu-west-1.console.aws.amazon.com/s3/buckets?region=eu-west-1#x'
    const ended = await run(deskWith(manifest(`${dev}, ${named}`)), ['console', '--destination', page], {
      AWS_PROFILE: 'dev',
    })
    expect(ended.stdout).toBe(`${link.trimEnd()}&destination=${encodeURIComponent(page)}\n`)
    for (const bad of [
      'http://console.aws.amazon.com',
      'https://console.aws.amazon.com.evil.example',
      'javascript:alert(1)',
      'https://console.amazonaws.cn',
    ]) {
      const refused = await run(deskWith(manifest(dev)), ['console', '--destination', bad])
      expect(refused).toMatchObject({ code: 1, stdout: '' })
      expect(refused.stderr).toContain('is not a console page; those are at https://console.aws.amazon.com')
    }
  })

  it('gives both links of a role that is taken, in each partition that has such a page', async () => {
    const chained = `${dev}, deploy: { source: dev, role_arn: "arn:aws:iam::444455556666:role/Deploy", external_id: abc }`
    const ended = await run(deskWith(manifest(chained)), ['console', 'deploy'])
    expect(ended).toMatchObject({
      code: 0,
      stdout: `${link}https://signin.aws.amazon.com/switchrole?account=444455556666&roleName=Deploy&displayName=deploy\n`,
    })
    expect(ended.stderr).toContain(
      'deploy is a role assumed through dev: open the first link and sign in, then the second',
    )
    expect(ended.stderr).toContain('external id, which the console cannot send')
    const china = await run(deskWith(undefined), ['console', 'role'])
    expect(china.stdout).toContain(
      'https://signin.amazonaws.cn/switchrole?account=444455556666&roleName=team%2FDeploy&displayName=role\n',
    )
    const far = JSON.parse((await run(deskWith(undefined), ['console', 'far', '--json'])).stdout)
    expect(far).toMatchObject({
      format_version: 1,
      profile: 'far',
      source: 'named',
      account: '777788889999',
      permission_set: 'Read',
      role_arn: 'arn:aws:iam::555566667777:role/Far',
      switch_url: 'https://signin.aws.amazon.com/switchrole?account=555566667777&roleName=Far&displayName=far',
      obstacles: [expect.stringContaining('not through another role')],
    })
  })

  it('is data with --json', async () => {
    const { stdout } = await run(deskWith(manifest(dev)), ['console', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({
      profile: 'dev',
      account: '012345678901',
      permission_set: 'Admin+Ops@x',
      url: link.trimEnd(),
    })
  })
})

describe('console says what is missing', () => {
  it.each<[string, string | undefined, readonly string[], RegExp]>([
    ['no such profile', manifest(dev), ['nope'], /there is no profile nope/],
    ['several', manifest(`${dev}, ${named}`), [], /sso-reconcile console dev \| named/],
    ['no manifest and no name', undefined, [], /no profile was named/],
    ['a circle', undefined, ['round'], /form a loop and never sign in/],
    [
      'the token issuer',
      manifest(dev, '', 'start_url: "https://identitycenter.amazonaws.com/ssoins-1234567890abcdef"'),
      ['dev'],
      /not a page to open/,
    ],
    ['a manifest with an error', 'version: 1\n', ['dev'], /the manifest has no identity_center/],
  ])('%s', async (_what, text, words, told) => {
    const ended = await run(deskWith(text), ['console', ...words])
    expect(ended).toMatchObject({ code: 1, stdout: '' })
    expect(ended.stderr).toMatch(told)
  })

  it('a portal that nothing names', async () => {
    const ended = await run(deskWith(manifest(dev, '', 'instance: ssoins-1234567890abcdef'), ''), ['console'])
    expect(ended).toMatchObject({ code: 1, stdout: '' })
    expect(ended.stderr).toMatch(/access portal of profile dev is not known[\s\S]*start_url: https:\/\/d-…/)
  })
})

describe('console --open', () => {
  it('opens the link with the program that BROWSER names', async () => {
    const desk = deskWith(manifest(dev))
    const browser = join(desk.folder, 'browser')
    writeFileSync(browser, `#!/bin/sh\nprintf %s "$1" > "${desk.folder}/opened"\n`)
    chmodSync(browser, 0o755)
    const ended = await run(desk, ['console', '--open'], { BROWSER: browser })
    expect(ended).toEqual({ code: 0, stdout: link, stderr: '' })
    // Nobody waits for a browser.
    await vi.waitFor(() => expect(readFileSync(join(desk.folder, 'opened'), 'utf8')).toBe(link.trimEnd()), 10_000)
  })

  it.each([
    ['an SSH session', { SSH_CONNECTION: '1 2 3 4', DISPLAY: ':0' }, 'this is an SSH session'],
    [
      'no display',
      { SSH_CONNECTION: undefined, DISPLAY: undefined, WAYLAND_DISPLAY: undefined },
      /there is no display|this is a container/,
    ],
  ])('prints it in %s, and says why', async (_what, env, why) => {
    const desk = deskWith(manifest(dev))
    const ended = await run(desk, ['console', '--open'], { ...env, PATH: '/nonexistent' })
    expect(ended).toMatchObject({ code: 0, stdout: link })
    expect(ended.stderr).toMatch(why)
    expect(existsSync(join(desk.folder, 'opened'))).toBe(false)
  })
})
