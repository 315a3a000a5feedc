import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hasTerminals, isInstalled, typedIn } from '../../local/shell/support/terminal.ts'
import { type Laptop, newLaptop } from '../../support/machine.ts'

const local = (shells: string) =>
  `local: { sso_session: s, profiles: { a: { account: dev, permission_set: Admin } }, shell: { aws_profile: a, shells: [${shells}] } }\n`
const reads = (name: string) => `[ -f ~/${name} ] && . ~/${name}\n`
const sourceLine = 'if [ -n "$' + '{BASH_VERSION-}" ] && [ -f ~/.bashrc ]; then . ~/.bashrc; fi'
const ownLine = `[ -n "$` + `{AWS_PROFILE-}" ] || export AWS_PROFILE='a'`

/** Set-ups in which login shells of bash get no profile, and the line that is to help; sourcing `.bashrc` only where it cannot loop. */
const rows: readonly [what: string, files: Readonly<Record<string, string>>, file: string, line: string][] = [
  ['no login file', {}, '.bash_profile', ownLine],
  ['no login file, but .bashrc looks for one', { '.bashrc': reads('.bash_profile') }, '.bash_profile', ownLine],
  ['.bash_profile', { '.bash_profile': 'PATH=$PATH:~/bin\n' }, '.bash_profile', sourceLine],
  ['.bash_login', { '.bash_login': 'umask 022\n', '.profile': '' }, '.bash_login', sourceLine],
  ['.profile, which others read too', { '.profile': 'PATH=$PATH:~/bin\n' }, '.profile', sourceLine],
  ['a last line without an end', { '.bash_profile': 'PATH=$PATH:~/bin\n# end\n' }, '.bash_profile', sourceLine],
  [
    '.bashrc reads .bash_profile',
    { '.bashrc': reads('.bash_profile'), '.bash_profile': 'X=1\n' },
    '.bash_profile',
    ownLine,
  ],
  [
    'an empty one, too',
    { '.bashrc': 'source ~/.bash_profile\n', '.bash_profile': '# nothing\n' },
    '.bash_profile',
    ownLine,
  ],
  ['.bashrc reads .profile', { '.bashrc': reads('.profile'), '.profile': 'X=1\n' }, '.profile', ownLine],
  [
    '.bashrc gets there by another file',
    { '.bashrc': 'source ~/.common\n', '.common': 'for f in ~/.bash_p*; do . "$f"; done\n', '.bash_profile': 'X=1\n' },
    '.bash_profile',
    ownLine,
  ],
  [
    'through a link of its folder',
    { '.bashrc': '. "$PWD"/./.bash_profile\n', '.bash_profile': 'X=1\n' },
    '.bash_profile',
    ownLine,
  ],
  [
    '.bashrc reads it once',
    { '.bashrc': `[ -n "$SEEN" ] || . ~/.bash_profile\n`, '.bash_profile': 'SEEN=1\n' },
    '.bash_profile',
    sourceLine,
  ],
  [
    '.bashrc becomes another shell in login shells',
    { '.bashrc': 'shopt -q login_shell && exec sh\n', '.bash_profile': '' },
    '.bash_profile',
    ownLine,
  ],
]

const missing = ['bash', 'dash'].filter((shell) => !isInstalled(shell))
for (const shell of missing) process.stderr.write(`skipped: ${shell} is not installed\n`)

describe.skipIf(missing.length > 0 || !hasTerminals)('what is advised for login shells of bash', () => {
  test.concurrent.for(rows)('%s', async ([, files, file, line]) => {
    const laptop = newLaptop(local('bash'), files)
    await laptop.run('apply')
    const path = join(laptop.desk.home, file)
    expect(await advised(laptop)).toEqual([path, line])
    appendFileSync(path, `${line}\n`)
    expect(await typedIn('bash -li', laptop.desk.home)).toBe('a')
    expect(await typedIn('bash -i', laptop.desk.home)).toBe('a')
    const again = await laptop.run('plan')
    expect(again).toMatchObject({ stdout: expect.stringContaining('No changes. This machine matches'), stderr: '' })
    // Whoever reads the file besides bash has to understand it.
    const env = { PATH: process.env.PATH, HOME: laptop.desk.home }
    const posix = spawnSync('dash', ['-e', '-u', '-c', `. ${path}`], { env, encoding: 'utf8', timeout: 20_000 })
    expect([posix.status, posix.stdout, posix.stderr]).toEqual([0, '', ''])
  })
})

async function advised(laptop: Laptop): Promise<readonly string[]> {
  const { stderr } = await laptop.run('plan')
  return /hint: add this line to (\S+): (.*)/.exec(stderr)?.slice(1) ?? [stderr]
}

const loads: readonly [
  shell: 'zsh' | 'bash' | 'fish',
  start: readonly string[],
  env: Readonly<Record<string, string>>,
][] = [
  ['zsh', ['-f', '-c'], {}],
  ['zsh', ['-f', '-c'], { ZDOTDIR: "it's my/zsh" }],
  ['bash', ['--norc', '-c'], {}],
  ['fish', ['--no-config', '-c'], {}],
  ['fish', ['--no-config', '-c'], { XDG_CONFIG_HOME: "it's \\my" }],
]

describe('what loads the profile into a shell that runs', () => {
  for (const [shell, start, folders] of loads)
    test.skipIf(!isInstalled(shell))(`${shell} ${Object.values(folders)}`, async () => {
      const laptop = newLaptop(local(shell))
      const { home } = laptop.desk
      const around = Object.fromEntries(Object.entries(folders).map(([name, folder]) => [name, join(home, folder)]))
      const inside = (set: string | undefined) => {
        const env = { PATH: process.env.PATH, HOME: home, ...(set ? { AWS_PROFILE: set } : {}) }
        return spawnSync(shell, [...start, `${command}; printenv AWS_PROFILE`], { env, encoding: 'utf8' }).stdout
      }
      const first = await laptop.run('apply', [], around)
      let command = /^Next: open a new terminal, or: (source .*)$/m.exec(first.stdout)?.[1]
      expect(inside(undefined)).toBe('a\n')
      laptop.manifest(local(shell).replaceAll(/\ba\b/g, 'b'))
      const second = await laptop.run('apply', [], { ...around, AWS_PROFILE: 'a' })
      command = /^Next: open a new terminal, or: (.*)$/m.exec(second.stdout)?.[1]
      expect(inside('a')).toBe('b\n')
    })

  test('is told once a shell, and not for a sandbox', async () => {
    const laptop = newLaptop(local('zsh, bash'))
    const { stdout } = await laptop.run('apply')
    expect(stdout).toContain(
      'Next: open a new terminal, or:\n      in bash: source ~/.bashrc\n      in zsh: source ~/.zshrc\n',
    )
    const sandbox = await newLaptop(local('zsh')).run('apply', ['--sandbox'])
    expect(sandbox.stdout).toMatch(/^Applied/m)
    expect(sandbox.stdout).not.toContain('new terminal')
    expect(existsSync(join(laptop.desk.home, '.zshrc'))).toBe(true)
  })
})
