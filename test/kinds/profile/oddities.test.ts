import { describe, expect, test } from 'vitest'
import { run } from '../../support/here.ts'
import { newLaptop } from '../../support/machine.ts'

const prod = (more = '') =>
  `local: { sso_session: personal, profiles: { prod: { account: dev, permission_set: Admin }${more} } }\n`

/** What AWS tools read differently, and how a plan names it. */
const odd: readonly (readonly [what: string, text: string, about: string, line: number, found: RegExp])[] = [
  [
    'a default in two spellings',
    '[default]\nregion = a\n[profile default]\nregion = b\n',
    'default',
    3,
    /default" appears twice/,
  ],
  [
    'a profile in two spellings',
    '[profile alpha]\nregion = a\n\n[profile "alpha"]\nregion = b\n',
    'alpha',
    4,
    /alpha" appears twice/,
  ],
  [
    'a profile in three spellings',
    '[profile alpha]\n[profile\talpha]\n[profile  alpha]\n',
    'alpha',
    2,
    /alpha" appears twice/,
  ],
  [
    'a header that only the AWS CLI takes',
    '[profiles alpha]\nregion = a\n',
    'alpha',
    1,
    /\[profiles alpha\] is profile "alpha" for the AWS CLI only/,
  ],
]

describe('an oddity elsewhere in the file', () => {
  test.each(odd)('%s is told with its line and blocks nothing', async (_what, text, _about, line, found) => {
    const laptop = newLaptop(prod(), { '.aws/config': text })
    const plan = await laptop.run('plan')
    expect(plan).toMatchObject({ code: 0, stdout: expect.stringContaining('profile/prod') })
    expect(plan.stderr).toMatch(new RegExp(`config:${line}:1 +warning +.*`))
    expect(plan.stderr).toMatch(found)
    expect(await laptop.run('apply')).toMatchObject({ code: 0 })
    expect(laptop.config().startsWith(text)).toBe(true)
    expect(await laptop.run('plan', ['--check'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('No changes'),
    })
  })

  test.each(odd)('%s is refused where the manifest wants it', async (_what, text, about, line, found) => {
    const laptop = newLaptop(prod(`, ${about}: { account: dev, permission_set: Admin }`), { '.aws/config': text })
    for (const command of ['plan', 'apply'] as const) {
      const { code, stdout, stderr } = await laptop.run(command)
      expect(code).toBe(1)
      expect(stderr).toMatch(new RegExp(`config:${line}:1 +error +.*`))
      expect(stderr).toMatch(found)
      expect(stdout).not.toContain('No changes')
    }
    expect(laptop.config()).toBe(text)
    // What is asked for alone does not rely on it.
    expect(await laptop.run('apply', ['--target', 'profile/prod'])).toMatchObject({ code: 0 })
    expect(laptop.config()).toContain('[profile prod]')
  })

  test.each(odd)('%s is refused where the manifest removes it', async (_what, text, about, line) => {
    const laptop = newLaptop(`${prod()}absent: { profiles: [${about}] }\n`, { '.aws/config': text })
    const { code, stderr } = await laptop.run('apply')
    expect(code).toBe(1)
    expect(stderr).toMatch(new RegExp(`config:${line}:1 +error`))
    expect(laptop.config()).toBe(text)
  })

  test('a session in two spellings is relied on by each profile of the manifest, and keeps those that others use', async () => {
    const text = '[sso-session personal]\nsso_region = eu-west-1\n[sso-session "personal"]\nsso_region = eu-west-1\n'
    const laptop = newLaptop(prod(), { '.aws/config': text })
    expect((await laptop.run('plan')).stderr).toMatch(/config:3:1 +error +sso-session "personal" appears twice/)
    laptop.manifest(prod().replace('personal', 'corp'))
    const apply = await laptop.run('apply')
    expect(apply).toMatchObject({ code: 0, stderr: expect.stringMatching(/config:3:1 +warning/) })
    laptop.write(
      '.aws/config',
      `${laptop.config()}[profile x]\nsso_session = corp\n[profile "x"]\nsso_session = other\n`,
    )
    laptop.manifest('local: { sso_session: new, profiles: {} }\n')
    expect(await laptop.run('apply')).toMatchObject({ code: 0 })
    // Nobody can tell which of the two x is.
    expect(laptop.config()).toContain('[sso-session corp]')
  })

  test('init leaves such a profile out, says why and adopts the rest', async () => {
    const session =
      '[sso-session corp]\nsso_start_url = https://d-1234567890.awsapps.com/start\nsso_region = eu-west-1\nsso_registration_scopes = sso:account:access\n'
    const profile = (header: string) =>
      `${header}\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Engineer\n`
    const laptop = newLaptop('', {
      '.aws/config': session + profile('[profile a]') + profile('[profile b]') + profile('[profile "b"]'),
    })
    const { code, stdout } = await run(laptop.desk, ['init', '--only', 'local', '--force', '--dry-run'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^ {4}a:/m)
    expect(stdout).toMatch(/# profile b: it appears twice, as \[profile b\] on line 9 and \[profile "b"\] on line 13/)
  })
})
