import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { run } from '../../support/here.ts'
import { newLaptop } from '../../support/machine.ts'
import { newDesk } from '../e2e/support/desk.ts'

const settled = `[sso-session corp]
sso_start_url = https://d-1234567890.awsapps.com/start
sso_region = eu-west-1
[profile -x]
sso_session = corp
sso_account_id = 444455556666
sso_role_name = ReadOnly
[profile prod]
sso_session = corp
sso_account_id = 444455556666
sso_role_name = ReadOnly
cli_pager = sh -c id
endpoint_url = https://evil.example
`

it.each(['-x', '--profile', '-', '--'])(
  'a profile named %s is refused with what it would be taken for',
  async (name) => {
    const laptop = newLaptop(
      `local: { sso_session: corp, profiles: { "${name}": { account: dev, permission_set: Read } } }\n`,
    )
    const { code, stderr } = await laptop.run('apply')
    expect(code).toBe(1)
    expect(stderr).toContain(`"${name}" is not a valid profile name`)
    expect(stderr).toMatch(
      name.replaceAll('-', '') ? /hint: .*option; did you mean (x|profile)\?/ : /hint: .*no leading -/,
    )
  },
)

it('one that is there already can be removed by name', async () => {
  const laptop = newLaptop('absent: { profiles: ["-x"] }\n', { '.aws/config': settled })
  expect((await laptop.run('apply')).code).toBe(0)
  expect(laptop.config()).not.toContain('-x')
})

it('init leaves it out with the reason, and takes settings as they are, which then are no change', async () => {
  const laptop = newLaptop('', { '.aws/config': settled })
  const { stdout, code, stderr } = await run(laptop.desk, ['init', '--only', 'local', '--force'])
  expect(code, stdout + stderr).toBe(0)
  const plan = await laptop.run('plan', ['--check'])
  expect(plan.code, plan.stderr).toBe(0)
  const { stdout: dry } = await run(laptop.desk, ['init', '--only', 'local', '--force', '--dry-run'])
  expect(dry).toMatch(/# .*-x.*begins with -/)
})

it.each([
  [
    'an account that is called so in AWS',
    'generate: { user: taro, name: "{account}" }',
    '',
    /would make .* the profile default/,
  ],
  ['a nickname of the manifest', 'generate: { user: taro, name: "{account}" }', 'default: "222233334444"', undefined],
  ['a template that says so', 'generate: { user: taro, name: default }', '', undefined],
  [
    'a declared one',
    'generate: { user: taro, name: "{account}" }, profiles: { default: { account: "222233334444", permission_set: A } }',
    '',
    undefined,
  ],
])(
  'the profile of every command is generated only where the manifest says so: %s',
  async (_what, local, nick, says) => {
    const desk = newDesk(
      undefined,
      `version: 1
identity_center: { region: us-east-1 }
accounts: { management: "111122223333", ${nick} }
users: { taro: { given_name: Taro, family_name: Yamada, email: taro@example.com } }
permission_sets: { A: {} }
assignments: [{ users: [taro], permission_sets: [A], accounts: ["222233334444"] }]
local: { sso_session: corp, ${local} }
`,
    )
    writeFileSync(join(desk.work, 'accounts.json'), '[{ "id": "222233334444", "name": "default" }]')
    const words = ['sandbox', '--seed', 'sso.yaml', '--accounts', 'accounts.json', '--export']
    expect((await run(desk, words)).code).toBe(0)
    const { code, stderr } = await run(desk, ['plan', '--sandbox'])
    if (says) expect(stderr).toMatch(says)
    expect(code, stderr).toBe(says ? 1 : 0)
  },
)
