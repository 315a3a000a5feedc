import { join } from 'node:path'
import { loadSharedConfigFiles } from '@smithy/core/config'
import { describe, expect, it } from 'vitest'
import { newLaptop } from '../../support/machine.ts'

const role = 'arn:aws:iam::444455556666:role/team/Deploy'
const signIn = 'personal: { account: management, permission_set: Admin }'
const local = (profiles: string, rest = '') =>
  `local: { sso_session: personal, region: eu-west-1, profiles: { ${profiles} }${rest} }\n`
const deploy = `deploy: { source: personal, role_arn: "${role}", external_id: partner-42, mfa_serial: "arn:aws:iam::111122223333:mfa/taro", role_session_name: taro, duration: 30m, output: json }`

describe('profiles that take a role through another profile', () => {
  it('are written with their keys, read back by the SDK, changed and removed, and then nothing is left to do', async () => {
    const laptop = newLaptop(local(`${deploy}, ${signIn}`))
    const first = await laptop.run('apply')
    expect(first).toMatchObject({ code: 0 })
    expect(first.stderr).toContain(
      'mfa_serial is the device of an IAM user, and "personal" signs in through Identity Center',
    )
    expect(laptop.config()).toContain(`# managed by sso-reconcile
[profile deploy]
source_profile = personal
role_arn = ${role}
external_id = partner-42
mfa_serial = arn:aws:iam::111122223333:mfa/taro
role_session_name = taro
duration_seconds = 1800
region = eu-west-1
output = json
`)
    const configFilepath = join(laptop.desk.home, '.aws/config')
    const { configFile } = await loadSharedConfigFiles({ configFilepath, filepath: '/none', ignoreCache: true })
    expect(configFile.deploy).toMatchObject({ role_arn: role, source_profile: 'personal', duration_seconds: '1800' })
    expect((await laptop.run('plan', ['--check'])).code).toBe(0)
    laptop.manifest(local(`${deploy.replace('30m', '1h')}, ${signIn}`))
    expect((await laptop.run('plan')).stdout).toMatch(/duration_seconds +1800 -> 3600/)
    laptop.manifest(local(''))
    const gone = await laptop.run('apply')
    expect(gone).toMatchObject({ code: 0 })
    expect(gone.stderr.indexOf('profile/deploy')).toBeLessThan(gone.stderr.indexOf('profile/personal'))
    expect(laptop.config()).not.toContain('profile')
  })

  it('come after their source whatever their names, through chains too', async () => {
    const chain = `a: { source: b, role_arn: "${role}" }, b: { source: z, role_arn: "${role}" }, z: { account: management, permission_set: Admin }`
    const laptop = newLaptop(local(chain))
    const plan = JSON.parse((await laptop.run('plan', ['--json'])).stdout) as { operations: { address: string }[] }
    expect(plan.operations.map(({ address }) => address)).toEqual([
      'sso-session/personal',
      'profile/z',
      'profile/b',
      'profile/a',
    ])
    expect(await laptop.run('apply')).toMatchObject({ code: 0 })
    expect((await laptop.run('plan', ['--target', 'profile/a', '--check'])).code).toBe(0)
    laptop.manifest(local(`c: { source: d, role_arn: "${role}" }, d: { source: c, role_arn: "${role}" }`))
    const circle = await laptop.run('plan')
    expect(circle.code).toBe(1)
    expect(circle.stderr).toContain('profile "c" assumes its role through d, a circle that never signs in')
  })

  it('a target brings its source along', async () => {
    const laptop = newLaptop(
      local(
        `a: { source: z, role_arn: "${role}" }, z: { account: management, permission_set: Admin }, other: { account: dev, permission_set: Admin }`,
      ),
    )
    expect(await laptop.run('apply', ['--target', 'profile/a'])).toMatchObject({ code: 0 })
    expect(laptop.config()).toContain('[profile z]')
    expect(laptop.config()).not.toContain('[profile other]')
  })

  it('what signs in by itself goes from a section that is adopted', async () => {
    const laptop = newLaptop(local(`deploy: { source: personal, role_arn: "${role}" }, ${signIn}`), {
      '.aws/config':
        '[profile deploy]\nsso_session = old\nsso_account_id = 111122223333\nsso_role_name = Admin\nsso_start_url = https://x.awsapps.com/start\nsso_region = eu-west-1\nca_bundle = /x\n[sso-session old]\nsso_region = eu-west-1\nsso_start_url = https://x.awsapps.com/start\n',
    })
    const applied = await laptop.run('apply')
    expect(applied).toMatchObject({ code: 0 })
    const section = laptop.config().slice(0, laptop.config().indexOf('[sso-session old]'))
    expect(section).not.toContain('sso_')
    expect(section).toContain('ca_bundle = /x')
    expect(section).toContain(`role_arn = ${role}`)
    // And back again: nothing of the role is left to win over the login.
    laptop.manifest(local(`deploy: { account: dev, permission_set: Read }, ${signIn}`))
    expect(await laptop.run('apply')).toMatchObject({ code: 0 })
    const back = laptop.config().slice(0, laptop.config().indexOf('[sso-session old]'))
    expect(back).not.toMatch(/role_arn|source_profile/)
    expect(back).toContain('sso_role_name = Read')
  })

  it.each([
    ['the config', { '.aws/config': '[profile keys]\naws_access_key_id = x\naws_secret_access_key = y\n' }, 0],
    ['the credentials file', { '.aws/credentials': '[keys]\naws_access_key_id = x\naws_secret_access_key = y\n' }, 0],
    ['neither', {}, 1],
  ])('a source may be a profile of %s', async (_where, files, code) => {
    const laptop = newLaptop(`local: { profiles: { deploy: { source: keys, role_arn: "${role}" } } }\n`, files)
    const applied = await laptop.run('apply')
    expect(applied.code).toBe(code)
    if (code === 0) return expect(laptop.config()).toContain('source_profile = keys')
    expect(applied.stderr).toMatch(
      /sso\.yaml:4:\d+ +error +profile deploy assumes its role through profile keys, which is neither in sso\.yaml nor/,
    )
    expect(applied.stderr).toContain('declare keys under local.profiles')
    expect(laptop.read('.aws/config')).toBeUndefined()
  })

  it('a person’s own sections that lead back are refused', async () => {
    const laptop = newLaptop(`local: { profiles: { deploy: { source: a, role_arn: "${role}" } } }\n`, {
      '.aws/config': `[profile a]\nsource_profile = b\nrole_arn = ${role}\n[profile b]\nsource_profile = deploy\nrole_arn = ${role}\n`,
    })
    const plan = await laptop.run('plan')
    expect(plan.code).toBe(1)
    expect(plan.stderr).toContain('through a, then b, a circle that never signs in')
  })

  it('a generated source counts, and while it is not known the profile is written and told', async () => {
    const generate = ', generate: { from: portal }'
    const laptop = newLaptop(local(`deploy: { source: Dev-Admin, role_arn: "${role}" }`, generate))
    const applied = await laptop.run('apply')
    expect(applied).toMatchObject({ code: 0 })
    expect(applied.stderr).toContain('profile deploy assumes its role through profile Dev-Admin')
    expect(laptop.config()).toContain('source_profile = Dev-Admin')
    expect((await laptop.run('plan')).stdout).toContain('these differ from sso.yaml')
  })
})
