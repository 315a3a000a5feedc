// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are start-up files, not templates
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from '../../support/here.ts'
import { type Desk, newDesk } from '../e2e/support/desk.ts'

const manifest = `version: 1
identity_center: { region: us-east-1 }
accounts: { management: "111122223333" }
local:
  sso_session: corp
  profiles: { prod: { account: management, permission_set: Admin } }
  shell: { aws_profile: prod, shells: [zsh, bash, fish] }
`

function withHome(files: Readonly<Record<string, string>>): { readonly desk: Desk; readonly home: string } {
  const desk = newDesk(undefined, manifest)
  const home = join(desk.work, '.sso-sandbox', 'home')
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, name)), { recursive: true })
    writeFileSync(join(home, name), text.replace('{mark}', join(desk.folder, 'ran')))
  }
  return { desk, home }
}

async function expectRefused({ desk }: { readonly desk: Desk }, path: string): Promise<void> {
  for (const words of [['plan'], ['apply', '--yes'], ['doctor']]) {
    const { code, stderr } = await run(desk, [...words, '--sandbox'])
    expect(code).toBe(1)
    expect(stderr).toContain(`holds ${path}, which sso-reconcile did not write`)
  }
  expect(existsSync(join(desk.folder, 'ran'))).toBe(false)
}

const line = 'touch {mark}\n'
const block =
  '# >>> sso-reconcile >>>\n# managed by sso-reconcile; edits here will be overwritten\n[ -n "${AWS_PROFILE-}" ] || export AWS_PROFILE=\'x\''

/** A repository can bring a sandbox along. */
describe('a sandbox that somebody else filled', () => {
  it.each([
    ['.zshrc', line],
    ['.zshenv', line],
    ['.bashrc', line],
    ['.bash_profile', line],
    ['.profile', line],
    ['.config/fish/config.fish', line],
    ['.config/fish/conf.d/x.fish', line],
    ['.config/fish/functions/fish_prompt.fish', line],
    ['.config/fish/fish_variables', 'SETUVAR fish_user_paths:/tmp\n'],
    ['.local/share/fish/vendor_conf.d/x.fish', line],
    ['.zshrc', `${block}; ${line}# <<< sso-reconcile <<<\n`],
    ['.zshrc', `${block.slice(0, -1)}'; ${line.trim()}; : '\n# <<< sso-reconcile <<<\n`],
    ['.zshrc.zwc', 'compiled'],
  ])('runs nothing of it: %s', async (name, text) => {
    const place = withHome({ [name]: text })
    await expectRefused(place, join(place.home, name))
  })

  it.each(['.', '.aws', '.config', '.zshrc', '.aws/config'])('is not followed where %s is a link', async (name) => {
    const { desk, home } = withHome({})
    const elsewhere = join(desk.folder, 'elsewhere')
    mkdirSync(elsewhere)
    writeFileSync(join(elsewhere, 'config'), '[default]\n')
    mkdirSync(dirname(join(home, name)), { recursive: true })
    symlinkSync(/rc$|\/config$/.test(name) ? join(elsewhere, 'config') : elsewhere, join(home, name))
    await expectRefused({ desk }, join(home, name === '.' ? '' : name))
    expect(readFileSync(join(elsewhere, 'config'), 'utf8')).toBe('[default]\n')
  })

  it('is fine where all in it is of ours, also what an advice says and what shells keep', async () => {
    const { desk, home } = withHome({
      '.bash_profile': 'if [ -n "${BASH_VERSION-}" ] && [ -f ~/.bashrc ]; then . ~/.bashrc; fi\n',
      '.bash_history': 'ls\n',
      'notes.txt': 'mine\n',
    })
    expect((await run(desk, ['apply', '--yes', '--sandbox'])).code).toBe(0)
    expect(readFileSync(join(home, '.zshrc'), 'utf8')).toContain("AWS_PROFILE='prod'")
    const { code, stdout } = await run(desk, ['plan', '--check', '--sandbox'])
    expect(code, stdout).toBe(0)
    expect((await run(desk, ['doctor', '--sandbox'])).stderr).not.toContain('did not write')
  })

  it.each([
    ['.aws/config', '[profile prod]\ncredential_process = touch {mark}\n', 'config:2, where credential_process'],
    ['.aws/config', '[default]\ncli_pager = sh -c "touch {mark}"\n', 'config:2, where cli_pager'],
    ['.aws/config', '[plugins]\nx = evil\n', 'config:2, where x is an AWS CLI plugin'],
    ['.aws/credentials', '[prod]\ncredential_process: touch {mark}\n', 'credentials:2, where credential_process'],
    ['.aws/cli/alias', '[toplevel]\nsso = !touch {mark}\n', 'alias, which redefines AWS CLI commands'],
  ])('starts no login with what %s says', async (name, text, says) => {
    const { desk } = withHome({ [name]: text })
    const { code, stderr } = await run(desk, ['login', 'prod', '--sandbox', '--', 'true'])
    expect(code).toBe(1)
    expect(stderr).toContain(says)
    expect(existsSync(join(desk.folder, 'ran'))).toBe(false)
  })

  it('starts one with what apply has written', async () => {
    const { desk } = withHome({})
    expect((await run(desk, ['apply', '--yes', '--sandbox'])).code).toBe(0)
    const { stderr } = await run(desk, ['login', 'nobody', '--sandbox'])
    expect(stderr).toContain('nobody')
    expect(stderr).not.toContain('the private home of the sandbox holds')
  })
})

it('no command is broken in what grant says about the end, be it as long as a line', async () => {
  const words = ['grant', 'taro', 'AdministratorAccess', 'management', '--for', '4h', '--yes', '--sandbox']
  const text = `version: 1
identity_center: { region: us-east-1 }
accounts: { management: "111122223333" }
users: { taro: { external: true } }
permission_sets: { AdministratorAccess: { managed_policies: [AdministratorAccess] } }
assignments: []
`
  const { code, stderr } = await run(newDesk(undefined, text), words)
  expect(code, stderr).toBe(0)
  const command = 'apply --yes --target assignment/AdministratorAccess:user:taro@111122223333 --sandbox'
  expect(stderr.split('\n').filter((one) => one.includes(`sso-reconcile ${command}`))).toHaveLength(1)
})
