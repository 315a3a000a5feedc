import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { newLaptop } from '../../support/machine.ts'

const undo = readFileSync(fileURLToPath(new URL('../../../examples/undo.yaml', import.meta.url)), 'utf8')

const applied = `local:
  sso_session: personal
  region: eu-west-1
  output: json
  profiles:
    personal: { account: management, permission_set: Admin }
    dev: { account: dev, permission_set: Admin, settings: { s3: { addressing_style: path } } }
  shell: { aws_profile: personal, shells: [zsh, bash] }
`

/** What ~/.aws/config and ~/.zshrc held before the first apply. */
const befores: readonly (readonly [what: string, config: string | undefined, startup: string | undefined])[] = [
  ['no file', undefined, undefined],
  ['empty files', '', ''],
  ['a profile of somebody else', '[profile other]\nregion = us-east-1\n', 'export A=1\n'],
  ['no line end at the end', '[profile other]\nregion = us-east-1', 'export A=1'],
  ['empty lines at the end', '[default]\nregion = us-east-1\n\n\n', 'export A=1\n\n\n'],
  ['comments alone', '# mine\n\n; also mine\n', '# mine\n'],
  ['a comment at the end', '[default]\nregion = x\n# the end', 'export A=1\n# the end'],
  ['lines of Windows', '[default]\r\nregion = us-east-1\r\n', 'export A=1\r\n'],
  ['lines of Windows without an end', '[default]\r\nregion = us-east-1', 'export A=1'],
  ['nested settings', '[default]\ns3 =\n  max_queue_size = 10\n', 'if true; then\n  :\nfi\n'],
  ['an empty line alone', '\n', '\n'],
  ['blanks behind lines', '[default]  \nregion = x  \n \n', 'A=1  \n \n'],
]

function homeOf(config: string | undefined, startup: string | undefined): Readonly<Record<string, string>> {
  return {
    ...(config === undefined ? {} : { '.aws/config': config }),
    ...(startup === undefined ? {} : { '.zshrc': startup, '.bashrc': startup }),
  }
}

/** Applies a manifest in a home, takes everything back with the example, and gives what the files hold then. */
async function thereAndBack(
  files: Readonly<Record<string, string>>,
  back = undo,
): Promise<readonly (string | undefined)[]> {
  const laptop = newLaptop(applied, files)
  const done = await laptop.run('apply')
  expect(done, done.stderr).toMatchObject({ code: 0 })
  expect(laptop.config()).toContain('[sso-session personal]')
  writeFileSync(join(laptop.desk.work, 'undo.yaml'), back.replaceAll('ap-northeast-1', 'eu-west-1'))
  const undone = await laptop.run('apply', ['-f', 'undo.yaml'])
  expect(undone, undone.stderr).toMatchObject({ code: 0 })
  const again = await laptop.run('plan', ['-f', 'undo.yaml', '--check'])
  expect(again, again.stdout).toMatchObject({ code: 0 })
  return ['.aws/config', '.zshrc', '.bashrc'].map((name) => laptop.read(name))
}

describe('the example that takes everything back', () => {
  test.each(befores)('leaves every byte as it was before the first apply: %s', async (_what, config, startup) => {
    // A file that was not there is left, with nothing in it; a start-up file keeps the line end that a block has to be set apart with.
    const [after = '', zsh = '', bash = ''] = await thereAndBack(homeOf(config, startup))
    expect(after).toBe(config ?? '')
    const whole = startup && !startup.endsWith('\n') ? `${startup}\n` : (startup ?? '')
    expect([zsh, bash]).toEqual([whole, whole])
  })

  test('and so does an empty list of profiles in the manifest itself, with the session still named', async () => {
    const text = '[profile other]\nregion = us-east-1\n'
    const back = `version: 1
identity_center: { region: eu-west-1, start_url: "https://d-1234567890.awsapps.com/start" }
local: { sso_session: personal, region: eu-west-1, profiles: {}, shell: {} }
`
    expect(await thereAndBack(homeOf(text, ''), back)).toEqual([text, '', ''])
    expect(await thereAndBack(homeOf(text, ''), back.replace('sso_session: personal, ', ''))).toEqual([text, '', ''])
  })

  test('keeps a session that a profile of somebody else uses', async () => {
    const laptop = newLaptop(applied)
    expect(await laptop.run('apply')).toMatchObject({ code: 0 })
    const own = '[profile own]\nsso_session = personal\nsso_account_id = 111122223333\nsso_role_name = Admin\n'
    laptop.write('.aws/config', laptop.config() + own)
    writeFileSync(join(laptop.desk.work, 'undo.yaml'), undo.replace('ap-northeast-1', 'eu-west-1'))
    expect(await laptop.run('apply', ['-f', 'undo.yaml'])).toMatchObject({ code: 0 })
    expect(laptop.config()).toContain('[sso-session personal]')
    expect(laptop.config()).toContain(own)
    expect(laptop.config()).not.toContain('[profile dev]')
  })
})
