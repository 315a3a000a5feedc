import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { newCloud } from '../cloud/support/cloud.ts'
import { newOffice, type Office } from '../cloud/support/office.ts'
import { binary, environment } from '../e2e/support/binary.ts'

const [user, set, dev, prod] = ['-bob', '-Look', '222233334444', '333344445555']
const flat = (text: string) => text.replace(/\s+/g, ' ')

/** What the binary says to a command that was pasted into a shell as it was advised. */
async function pasted({ desk }: Office, command: string): Promise<string> {
  const program = `sso-reconcile() { '${process.execPath}' '${binary}' "$@"; }; ${command}`
  const { stdout, stderr } = await promisify(execFile)('bash', ['-c', program], {
    cwd: desk.work,
    env: environment(desk),
  })
  return stdout + stderr
}

/** The commands of ours in a text, up to where the sentence goes on. */
function advised(text: string, command: RegExp): string {
  const [found] = command.exec(flat(text)) ?? []
  expect(found, text).toBeDefined()
  return found ?? ''
}

it('a user and a permission set whose names look like flags are granted, revoked and restored as the advice says', async () => {
  const cloud = await newCloud({ faults: { seconds: 0.02 } })
  const office = newOffice(cloud.url, {
    users: { [user]: { given_name: 'Bob', family_name: 'B', email: 'bob@example.com' } },
    permission_sets: { [set]: {} },
    assignments: [{ users: [user], permission_sets: [set], accounts: [dev] }],
  })
  const text = () => readFileSync(join(office.desk.work, 'sso.yaml'), 'utf8')
  expect(await office.apply()).toMatchObject({ code: 0 })
  const revoked = await office.run(['revoke', '--yes', '--', user])
  expect(revoked.code, revoked.stderr).toBe(0)
  expect(text()).toContain('revoked:')

  const again = await office.run(['grant', '--for', '4h', '--yes', '--', user, set, dev])
  expect(again.code).toBe(1)
  const undo = advised(again.stderr, /sso-reconcile revoke --undo -- -bob/)
  await pasted(office, undo.replace('--undo', '--undo --yes'))
  expect(text()).not.toContain('revoked:')

  const granted = await office.run(['grant', '--for', '4h', '--yes', '--', user, set, prod])
  expect(granted.code, granted.stderr).toBe(0)
  const ending = advised(granted.stdout + granted.stderr, /sso-reconcile revoke --sessions -- -bob/)
  expect(await pasted(office, ending.replace('--sessions', '--sessions --yes'))).toContain(user)
})

it('a saved plan whose name looks like a flag is applied as the advice says', async () => {
  const cloud = await newCloud({ faults: { seconds: 0.02 } })
  const office = newOffice(cloud.url, { permission_sets: { Look: {} } })
  const saved = await office.run(['plan', '--out', '-plan.json'])
  const apply = advised(saved.stderr, /sso-reconcile apply -- -plan\.json/)
  const shown = await office.run(['show', '--', '-plan.json'])
  expect(flat(shown.stderr)).toContain(apply)
  expect(await pasted(office, apply.replace('apply', 'apply --yes'))).toContain('permission-set/Look')
})

it('a profile whose name looks like a flag is logged in to as doctor says', async () => {
  const { desk, run } = newOffice('http://127.0.0.1:9')
  mkdirSync(join(desk.home, '.aws'))
  writeFileSync(
    join(desk.home, '.aws/config'),
    `[sso-session s]
sso_start_url = https://d-1234567890.awsapps.com/start
sso_region = us-east-1
[profile -a]
sso_session = s
sso_account_id = 111122223333
sso_role_name = Look
`,
  )
  const { stdout } = await run(['doctor', '--only', 'local'])
  expect(stdout).toContain('sso-reconcile login --profile -a')
  const { stderr } = await run(['login', '--profile', '-a'])
  expect(stderr).not.toMatch(/unknown option|no profile/)
})
