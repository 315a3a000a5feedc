import { join } from 'node:path'
import { loadSharedConfigFiles } from '@smithy/core/config'
import { describe, expect, test } from 'vitest'
import { configOf, newDesk } from '../../scenarios/e2e/support/desk.ts'
import { run } from '../../support/here.ts'
import { newLaptop } from '../../support/machine.ts'

const one = 'local: { sso_session: personal, profiles: { a: { account: dev, permission_set: Admin } } }\n'
const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'

describe('profiles on a machine without credentials', () => {
  test('what is missing is named with the line to add', async () => {
    const laptop = newLaptop(`version: 1
identity_center: { region: eu-west-1 }
local:
  sso_session: personal
  profiles:
    a: { account: management, permission_set: Admin }
    b: { account: { name: Dev }, permission_set: Admin }
`)
    const { code, stderr } = await laptop.run('plan')
    expect(code).toBe(1)
    expect(stderr).toMatch(/sso\.yaml:4:.*\n[\s\S]*hint: .*start_url: https:/)
    expect(stderr).toMatch(/sso\.yaml:6:.*account of profile a[\s\S]*hint: .*management: "111122223333"/)
    expect(stderr).toMatch(/sso\.yaml:7:.*account of profile b[\s\S]*hint: .*dev: "444455556666"/)
    expect(laptop.read('.aws/config')).toBeUndefined()
  })

  test('AWS_CONFIG_FILE with ~ and variables', async () => {
    const laptop = newLaptop(one)
    await laptop.run('apply', [], { AWS_CONFIG_FILE: '~/dots/$WHERE/config', WHERE: 'aws' })
    expect(laptop.read('dots/aws/config')).toContain('[profile a]')
    expect(laptop.read('.aws/config')).toBeUndefined()
  })

  test('--verbose shows each file’s change and hides the neighbours’ secrets; JSON holds neither', async () => {
    const laptop = newLaptop(one, {
      '.aws/config': `[profile old]\nregion = x\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${secret}\n`,
    })
    const text = await laptop.run('plan', ['--verbose'])
    expect(text.stdout).toContain(`--- ${join(laptop.desk.home, '.aws/config')}\n`)
    expect(text.stdout).toContain('\n aws_secret_access_key = ********\n')
    expect(text.stdout).toContain('\n+[profile a]\n')
    const markdown = await laptop.run('plan', ['--verbose', '--format', 'markdown'])
    expect(markdown.stdout).toContain('\n+[profile a]\n')
    const json = await laptop.run('plan', ['--verbose', '--json'])
    expect((await laptop.run('plan')).stdout).not.toContain('+[profile a]')
    laptop.manifest('absent: { profiles: [old] }\n')
    const absent = [await laptop.run('plan', ['--verbose']), await laptop.run('plan', ['--json'])]
    for (const { stdout, stderr } of [text, markdown, json, ...absent]) {
      expect(stdout + stderr).not.toContain(secret)
      expect(stdout + stderr).not.toContain('AKIAIOSFODNN7EXAMPLE')
    }
  })

  test('keys that stand above the login are named', async () => {
    const laptop = newLaptop(
      'local: { sso_session: personal, profiles: { default: { account: dev, permission_set: Admin }, a: { account: dev, permission_set: Admin } } }\n',
      {
        '.aws/credentials': `[a]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${secret}\n[other]\naws_access_key_id = x\n`,
        '.aws/config': `[default]\nregion = x\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${secret}\n`,
      },
    )
    const { code, stderr } = await laptop.run('plan', [], { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' })
    expect(code).toBe(0)
    expect(stderr).toMatch(/credentials:2:1 +warning +profile a has access keys here/)
    expect(stderr).toMatch(/config:3:1 +warning +profile default has access keys here/)
    expect(stderr).toMatch(/warning +AWS_ACCESS_KEY_ID is set in the environment/)
    expect(stderr).not.toContain('other')
    expect(stderr).not.toContain('AKIA')
  })

  test('a profile of somebody’s that its session contradicts is named', async () => {
    const laptop = newLaptop(one, {
      '.aws/config': '[profile own]\nsso_session = personal\nsso_start_url = https://old.awsapps.com/start\n',
    })
    const { code, stderr } = await laptop.run('plan')
    expect(code).toBe(0)
    expect(stderr).toMatch(/profile own in .*config has sso_start_url https:\/\/old\.awsapps\.com\/start/)
  })

  test('two manifests share a file; a name both want stops the second', async () => {
    const laptop = newLaptop(`name: home\n${one}`)
    await laptop.run('apply')
    const home = laptop.config()
    laptop.manifest(`name: work\n${one.replace('personal', 'work').replace('a:', 'w:')}`)
    expect((await laptop.run('apply')).code).toBe(0)
    expect(laptop.config().startsWith(home)).toBe(true)
    laptop.manifest(`name: work\n${one.replace('personal', 'work').replace('Admin', 'Read')}`)
    const both = await laptop.run('apply')
    expect(both.code).toBe(1)
    expect(both.stderr).toMatch(/profile a is managed by sso-reconcile\/home/)
    laptop.manifest('name: work\nlocal: { sso_session: none, profiles: {} }\n')
    await laptop.run('apply')
    expect(laptop.config()).toContain(home)
    expect(laptop.config()).not.toContain('[profile w]')
  })

  test('nested settings are kept, changed and read back by the AWS SDK', async () => {
    const laptop = newLaptop(
      'local: { sso_session: personal, profiles: { a: { account: dev, permission_set: Admin, settings: { s3: { max_queue_size: 10, addressing_style: "" }, cli_pager: "" } } } }\n',
      {
        '.aws/config':
          '[profile a]\ncli_pager = less\ns3 =\n\tmax_queue_size=5\n\taddressing_style = path\n\t# note\n\tuse_dualstack_endpoint = true\nregion = x\n',
      },
    )
    expect((await laptop.run('apply')).code).toBe(0)
    expect(laptop.config()).toContain(
      's3 =\n\tmax_queue_size=10\n\t# note\n\tuse_dualstack_endpoint = true\nregion = x\n',
    )
    const configFilepath = join(laptop.desk.home, '.aws/config')
    const { configFile } = await loadSharedConfigFiles({ configFilepath, filepath: '/none', ignoreCache: true })
    expect(configFile.a).toMatchObject({
      region: 'x',
      's3.max_queue_size': '10',
      's3.use_dualstack_endpoint': 'true',
      sso_session: 'personal',
    })
    expect((await laptop.run('plan', ['--check'])).code).toBe(0)
  })

  test('an edit that would be refused is refused by the plan already', async () => {
    const laptop = newLaptop(
      'local: { sso_session: personal, profiles: { a: { account: dev, permission_set: Admin, settings: { s3: x } } } }\n',
      { '.aws/config': '[profile a]\ns3 =\n  max_queue_size = 5\n' },
    )
    const { code, stdout, stderr } = await laptop.run('plan', ['--json'])
    expect(code).toBe(1)
    expect(JSON.parse(stdout).refusals).toMatchObject([{ code: 'config-nested-value', at: { line: 2 } }])
    expect(stderr).toContain('s3 of profile "a" is a block of nested settings')
    expect((await laptop.run('apply')).code).toBe(1)
  })
})

const grants = (accounts: string, rest = '') => `users: { taro: { external: true } }
groups: { ops: { members: [taro] } }
permission_sets: { Admin: { description: x }, Read: {} }
assignments:
  - { users: [taro], permission_sets: [Admin], accounts: [${accounts}] }
  ${rest}
local: { sso_session: personal, generate: { user: taro, lower_case: true } }
`
const names = (config: string) => [...config.matchAll(/^\[profile (.*)\]$/gm)].map(([, name]) => name)

describe('generated profiles', () => {
  test('offline, from the ids the manifest names; what cannot be told stays as it is', async () => {
    const laptop = newLaptop(grants('management, dev', '- { groups: [ops], permission_sets: [Read], accounts: [dev] }'))
    expect(await laptop.run('apply')).toMatchObject({ code: 0 })
    expect(names(laptop.config())).toEqual(['dev-admin', 'dev-read', 'management-admin'])

    laptop.manifest(grants('management, { ou: Sandbox }, all'))
    const { code, stdout, stderr } = await laptop.run('plan', ['--check'])
    expect(code, stdout).toBe(0)
    expect(stderr).toMatch(/accounts for {"ou":"Sandbox"}, all cannot be determined offline/)

    laptop.manifest(grants('management'))
    await laptop.run('apply')
    expect(names(laptop.config())).toEqual(['management-admin'])
  })

  test('all leave when the user is revoked, those through groups too', async () => {
    const rule = '- { groups: [ops], permission_sets: [Read], accounts: [dev] }'
    const laptop = newLaptop(grants('management, dev', rule))
    await laptop.run('apply')
    expect(names(laptop.config())).toHaveLength(3)
    laptop.manifest(`${grants('management, dev', rule)}revoked: { taro: 2026-11-20T08:00:00Z }\n`)
    expect((await laptop.run('apply')).code).toBe(0)
    expect(names(laptop.config())).toEqual([])
  })

  test('online, through groups and wide nets; they leave with the grant', async () => {
    const manifest = (accounts: string) => `version: 1
identity_center: { region: eu-west-1 }
accounts: { dev: "444455556666" }
users: { taro: { given_name: T, family_name: Y, email: t@example.com } }
groups: { ops: { members: [taro] } }
permission_sets: { Admin: {} }
assignments: [{ groups: [ops], permission_sets: [Admin], accounts: [${accounts}] }]
local: { sso_session: personal, generate: { user: taro } }
`
    const desk = newDesk(undefined, manifest('management, all'))
    const home = join(desk.work, '.sso-sandbox', 'home')
    expect(await run(desk, ['apply', '--yes', '--sandbox'])).toMatchObject({ code: 0 })
    expect(names(configOf(home))).toEqual(['Management-Admin', 'dev-Admin'])
    const shrunk = newDesk(undefined, manifest('dev'))
    const words = ['apply', '--yes', '--sandbox-dir', join(desk.work, '.sso-sandbox')]
    expect(await run(shrunk, words)).toMatchObject({ code: 0 })
    expect(names(configOf(home))).toEqual(['dev-Admin'])
  })
})
