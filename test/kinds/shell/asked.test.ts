import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isInstalled } from '../../local/shell/support/terminal.ts'
import { tree } from '../../scenarios/e2e/support/desk.ts'
import { run } from '../../support/here.ts'
import { type Laptop, newLaptop } from '../../support/machine.ts'

const local = (shells: string, profile = 'a') =>
  `local: { sso_session: s, profiles: { a: { account: dev, permission_set: Admin } }, shell: { aws_profile: ${profile}, shells: [${shells}] } }\n`
const all = 'zsh, bash, fish'
const missing = ['zsh', 'bash', 'fish'].filter((shell) => !isInstalled(shell))
for (const shell of missing) process.stderr.write(`skipped: ${shell} is not installed\n`)

/** A folder for PATH whose shells say nothing and leave a note in the home of this machine that they were started. */
function watched(laptop: Laptop): { readonly PATH: string; readonly asked: () => string } {
  const folder = join(laptop.desk.folder, 'bin')
  mkdirSync(folder)
  for (const shell of ['zsh', 'bash', 'fish']) {
    writeFileSync(join(folder, shell), `#!/bin/sh\necho "${shell} $HOME" >> '${join(laptop.desk.home, 'asked')}'\n`)
    chmodSync(join(folder, shell), 0o755)
  }
  return { PATH: `${folder}:/usr/bin:/bin`, asked: () => laptop.read('asked') ?? '' }
}

describe('when shells are asked', () => {
  test('never for other parts of the manifest', async () => {
    const laptop = newLaptop(`users: {}\n${local(all)}`)
    const { PATH, asked } = watched(laptop)
    await run(laptop.desk, ['plan', '--sandbox', '--only', 'cloud'], { PATH })
    await run(laptop.desk, ['plan', '--only', 'profile,sso-session'], { PATH })
    await run(laptop.desk, ['doctor', '--sandbox', '--only', 'cloud'], { PATH })
    laptop.manifest('local: { sso_session: s, profiles: { a: { account: dev, permission_set: Admin } } }\n')
    await laptop.run('plan', [], { PATH })
    expect(asked()).toBe('')
    laptop.manifest(local('bash'))
    await laptop.run('plan', ['--target', 'profile/a'], { PATH })
    expect(asked()).toBe('')
    await laptop.run('plan', [], { PATH })
    // Of zsh only where a block from before would be.
    expect(asked().split('\n').sort()).toEqual([
      '',
      ...['bash', 'bash', 'zsh'].map((one) => `${one} ${laptop.desk.home}`),
    ])
  })

  test('with the private home of a sandbox', async () => {
    const laptop = newLaptop(local('zsh, bash'))
    const { PATH, asked } = watched(laptop)
    await run(laptop.desk, ['plan', '--sandbox'], { PATH })
    expect(asked()).toContain(`bash ${laptop.desk.work}/.sso-sandbox/home\n`)
    expect(asked()).not.toContain(` ${laptop.desk.home}\n`)
  })

  test.skipIf(missing.length > 0)('a plan leaves nothing behind', async () => {
    const files = {
      '.zshrc': 'autoload -Uz compinit\n',
      '.bashrc': 'HISTFILE=~/.history\n',
      '.profile': '. ~/.bashrc\n',
    }
    const laptop = newLaptop(local(all), files)
    const before = tree(laptop.desk.home)
    await laptop.run('plan')
    expect(tree(laptop.desk.home)).toEqual(before)
  })
})

describe('where a shell cannot be asked', () => {
  test('one that is not installed is told by doctor alone, and its file is where it would look', async () => {
    const laptop = newLaptop(local(all))
    const env = { PATH: '/nowhere', ZDOTDIR: join(laptop.desk.home, 'z') }
    expect(await laptop.run('apply', [], env)).toMatchObject({
      code: 0,
      stderr: expect.not.stringMatching(/warning .*(zsh|bash|fish)/),
    })
    expect(laptop.read('z/.zshrc')).toContain("AWS_PROFILE='a'")
    expect((await laptop.run('plan', [], env)).stdout).toContain('No changes. This machine matches')
    const { checks } = JSON.parse((await run(laptop.desk, ['doctor', '--only', 'local', '--json'], env)).stdout)
    expect(checks.filter(({ check }: { check: string }) => check === 'shells')).toMatchObject(
      ['zsh', 'bash', 'fish'].map((shell) => ({
        level: 'ok',
        code: 'shell-missing',
        message: expect.stringContaining(shell),
      })),
    )
  })

  test('one without an answer is unknown, not fine', async () => {
    const laptop = newLaptop(local('zsh'))
    const { PATH } = watched(laptop)
    const { code, stderr } = await laptop.run('apply', [], { PATH })
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/zsh -i and zsh -li exited or became another program before/),
    ])
    const { stdout } = await laptop.run('plan', [], { PATH })
    expect(stdout).toBe('No changes to make, but these differ from sso.yaml: shell/zsh (the messages say why).\n')
  })

  test.skipIf(missing.length > 0)('one that takes too long is unknown, and the rest goes on', async () => {
    const laptop = newLaptop(local('zsh'), { '.zshrc': 'sleep 60\n' })
    const { code, stderr } = await laptop.run('apply')
    expect([code, stderr]).toEqual([0, expect.stringMatching(/were still reading its start-up files after 10 seconds/)])
    expect(laptop.config()).toContain('[profile a]')
  })
})

describe('a start-up file that cannot be read', () => {
  const trouble: readonly [what: string, make: (path: string) => void, told: RegExp][] = [
    ['a folder', (path) => mkdirSync(path), /warning .*\.zshrc is a folder/],
    [
      'a link into nothing',
      (path) => symlinkSync('/no/such/place', path),
      /warning .*\.zshrc .*points into a folder that does not exist/,
    ],
    ['Latin-1', (path) => writeFileSync(path, Buffer.from([0xe9, 10])), /warning .*\.zshrc/],
  ]
  test.for(trouble)('%s blocks nothing else, and is told', async ([, make, told]) => {
    const laptop = newLaptop(local('zsh, bash'), { '.profile': '. ~/.bashrc\n' })
    make(join(laptop.desk.home, '.zshrc'))
    const { code, stdout, stderr } = await laptop.run('apply')
    expect([code, stderr]).toEqual([0, expect.stringMatching(told)])
    expect(stdout).toContain('Next: open a new terminal, or: source ~/.bashrc\n')
    expect(laptop.config()).toContain('[profile a]')
    expect((await laptop.run('plan')).stdout).toContain('these differ from sso.yaml: shell/zsh')
  })
})

test('the plan names the file of each block', async () => {
  const laptop = newLaptop(local('zsh, bash'), { '.zshenv': 'ZDOTDIR=~/.config/zsh\n', '.config/zsh/.zshrc': '' })
  if (!missing.includes('zsh'))
    expect((await laptop.run('plan')).stdout).toMatch(/\+ shell\/zsh +create +~\/\.config\/zsh\/\.zshrc +sso\.yaml:4\n/)
  expect((await laptop.run('plan')).stdout).toMatch(/\+ shell\/bash +create +~\/\.bashrc +sso\.yaml:4\n/)
})
