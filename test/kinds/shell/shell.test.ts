import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { newLaptop } from '../../support/machine.ts'

const profiles = 'profiles: { a: { account: dev, permission_set: Admin }, b: { account: dev, permission_set: Read } }'
const local = (shell: string) => `local:\n  sso_session: personal\n  ${profiles}\n  ${shell}\n`
const all = 'shell: { aws_profile: a, shells: [zsh, bash, fish] }'
const line = (profile: string) => `[ -n "\${AWS_PROFILE-}" ] || export AWS_PROFILE='${profile}'`
const block = (profile: string, owner = 'sso-reconcile') =>
  `# >>> ${owner} >>>\n# managed by sso-reconcile; edits here will be overwritten\n${line(profile)}\n# <<< ${owner} <<<\n`
const fish = '.config/fish/config.fish'

describe('AWS_PROFILE in the shell', () => {
  test('comes, changes and goes with the manifest, and leaves files as they were', async () => {
    const laptop = newLaptop(local(all), { '.zshrc': 'alias l=ls\n', '.profile': '. ~/.bashrc\n' })
    expect(await laptop.run('apply')).toMatchObject({ code: 0, stderr: expect.not.stringContaining('warning') })
    expect(laptop.read('.zshrc')).toBe(`alias l=ls\n\n${block('a')}`)
    expect(laptop.read('.bashrc')).toBe(block('a'))
    expect(laptop.read(fish)).toContain("set -q AWS_PROFILE; or set -gx AWS_PROFILE 'a'\n")
    expect([laptop.mode('.bashrc'), laptop.mode(fish), laptop.mode('.aws/config')]).toEqual([0o644, 0o644, 0o600])
    expect(laptop.read('.zshrc.before-sso-reconcile')).toBe('alias l=ls\n')
    expect(laptop.read('.bashrc.before-sso-reconcile')).toBeUndefined()
    expect((await laptop.run('plan', ['--check'])).code).toBe(0)

    laptop.manifest(local('shell: { aws_profile: b, shells: [zsh] }'))
    const { stdout } = await laptop.run('plan')
    expect(stdout).toMatch(/~ shell\/zsh .*\n.*a -> b\n/)
    expect(stdout).toMatch(/- shell\/bash .* no longer in sso\.yaml\n/)
    await laptop.run('apply')
    expect(laptop.read('.zshrc')).toBe(`alias l=ls\n\n${block('b')}`)
    expect(laptop.read('.bashrc')).toBe('')

    laptop.manifest(local(''))
    expect((await laptop.run('plan', ['--check'])).code).toBe(0)
    laptop.manifest(local('shell: {}'))
    await laptop.run('apply')
    expect(laptop.read('.zshrc')).toBe('alias l=ls\n')
  })

  test('is found where ZDOTDIR and XDG_CONFIG_HOME say, and not looked for without a word in the manifest', async () => {
    const laptop = newLaptop(local(all))
    const env = { ZDOTDIR: join(laptop.desk.home, 'z'), XDG_CONFIG_HOME: join(laptop.desk.home, 'x') }
    await laptop.run('apply', [], env)
    expect(laptop.read('z/.zshrc')).toBe(block('a'))
    expect(laptop.read('x/fish/config.fish')).toContain('AWS_PROFILE')

    const other = newLaptop(local(''), { '.zshrc': '# >>> sso-reconcile >>>\n' })
    mkdirSync(join(other.desk.home, '.bashrc'))
    expect((await other.run('apply')).code).toBe(0)
  })

  test('a block that somebody changed is put right', async () => {
    const laptop = newLaptop(local('shell: { aws_profile: a, shells: [zsh] }'))
    laptop.write('.zshrc', block('a').replace('# managed', 'export MINE=1\n# managed'))
    expect((await laptop.run('plan')).stdout).toMatch(/changed by hand +yes -> \(none\)/)
    await laptop.run('apply')
    expect(laptop.read('.zshrc')).toBe(block('a'))
  })

  test('markers that do not pair up are refused with their lines, and nothing is written', async () => {
    const laptop = newLaptop(local('shell: { aws_profile: a, shells: [zsh] }'))
    const text = `x=1\n${block('a')}# >>> sso-reconcile >>>\nexport KEEP=1\n`
    laptop.write('.zshrc', text)
    const { code, stderr } = await laptop.run('apply')
    expect(code).toBe(1)
    expect(stderr).toContain(
      'begin of sso-reconcile on line 2, end of sso-reconcile on line 5, begin of sso-reconcile on line 6',
    )
    expect(laptop.read('.zshrc')).toBe(text)
    expect(laptop.read('.aws/config')).toBeUndefined()
  })

  test('a file the manifest wants nothing in is no reason to stop when it cannot be read', async () => {
    const laptop = newLaptop(local('shell: { aws_profile: a, shells: [zsh] }'))
    mkdirSync(join(laptop.desk.home, '.bashrc'))
    const { code, stderr } = await laptop.run('apply')
    expect(code).toBe(0)
    expect(stderr).toMatch(/warning .*\.bashrc is a folder/)
    expect(laptop.read('.zshrc')).toBe(block('a'))
  })

  test('two manifests each have a block, and are told of each other', async () => {
    const laptop = newLaptop(`name: work\n${local('shell: { aws_profile: a, shells: [zsh] }')}`)
    await laptop.run('apply')
    const mine = `name: home\nlocal: { shell: { aws_profile: c, shells: [zsh] } }\n`
    laptop.manifest(mine)
    const { code, stderr } = await laptop.run('apply')
    expect(code).toBe(0)
    expect(stderr).toMatch(/\.zshrc:1:1 +warning +the block of sso-reconcile\/work on line 1 and the block of/)
    expect(laptop.read('.zshrc')).toBe(`${block('a', 'sso-reconcile/work')}\n${block('c', 'sso-reconcile/home')}`)
    laptop.manifest('name: home\nlocal: { shell: {} }\n')
    await laptop.run('apply')
    expect(laptop.read('.zshrc')).toBe(block('a', 'sso-reconcile/work'))
  })

  test('what stands in its way is told with file and line', async () => {
    const laptop = newLaptop(local(all), {
      '.zshrc': '# mine\nexport AWS_PROFILE=old\n',
      '.bashrc': 'a\r\n',
      '.bash_profile': 'export PATH\n',
    })
    const { code, stderr } = await laptop.run('plan')
    expect(code).toBe(0)
    expect(stderr).toMatch(
      /\.zshrc:2:1 +warning +new zsh shells start with AWS_PROFILE=old, not a; .*\n +hint: perhaps line 2 of ~/,
    )
    expect(stderr).toMatch(/\.bashrc:1:1 +warning +lines end in CRLF/)
    expect(stderr).toMatch(/warning .*\.bash_profile does not read \.bashrc/)
  })

  test('a profile that is not declared needs nothing here; a declared one comes first', async () => {
    const laptop = newLaptop('local: { shell: { aws_profile: elsewhere, shells: [zsh] } }\n')
    expect((await laptop.run('apply')).code).toBe(0)
    laptop.manifest(local('shell: { aws_profile: b, shells: [zsh] }'))
    const alone = await laptop.run('plan', ['--only', 'shell', '--format', 'json'])
    expect(JSON.parse(alone.stdout)).toMatchObject({
      operations: [{ address: 'shell/zsh', needs: ['profile/b'] }],
      refusals: [{ code: 'plan-blocked' }],
    })
  })
})
