import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { localFiles } from '../../../src/kinds/local-files.ts'
import { type ShellName, setBlock } from '../../../src/local/shell/block.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const show = {
  zsh: 'print -r -- "<$AWS_PROFILE>"',
  bash: 'printf "<%s>\\n" "$AWS_PROFILE"',
  fish: 'echo "<$AWS_PROFILE>"',
}
const start = { zsh: ['-i', '-c'], bash: ['-i', '-c'], fish: ['-i', '-c'] }

/** What an interactive shell has in AWS_PROFILE with this start-up file. */
function profileIn(shell: ShellName, text: (before: string) => string, env: Record<string, string> = {}): string {
  const home = mkdtempSync(join(tmpdir(), 'sso-reconcile-shell-'))
  folders.push(home)
  const file = localFiles[shell].path({ env: {}, home })
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text(''))
  const { stdout, stderr } = spawnSync(shell, [...start[shell], show[shell]], {
    env: { PATH: process.env.PATH, HOME: home, TERM: 'dumb', ...env },
    encoding: 'utf8',
    input: '',
  })
  const found = /<(.*)>/s.exec(stdout)
  if (!found) throw new Error(`${shell} said ${stdout}${stderr}`)
  return found[1] ?? ''
}

for (const shell of ['zsh', 'bash', 'fish'] as const) {
  const absent = spawnSync(shell, ['-c', 'true']).error !== undefined
  if (absent) process.stderr.write(`skipped: ${shell} is not installed\n`)
  const owner = 'sso-reconcile'
  const written = (profile: string) => (text: string) => setBlock(text, 'rc', { shell, owner, profile })

  describe.skipIf(absent)(shell, () => {
    test('a new shell has the profile', () => expect(profileIn(shell, written('dev'))).toBe('dev'))

    test('a value that is there already wins', () =>
      expect(profileIn(shell, written('dev'), { AWS_PROFILE: 'prod' })).toBe('prod'))

    test('names are quoted', () => {
      for (const name of ["it's", 'a b', '$HOME', '`id`', '\\', "\\'", 'a"b', '本番', '~', '*', '!x', 'a;b'])
        expect(profileIn(shell, written(name))).toBe(name)
    })

    test('a file in CRLF does not reach into the block', () => {
      expect(profileIn(shell, () => written('dev')('# comment\r\n'))).toBe('dev')
    })

    test('an unset variable is no error under strict settings', () => {
      const strict = shell === 'fish' ? '' : 'set -u\nset -e\n'
      expect(profileIn(shell, () => written('dev')(strict))).toBe('dev')
      expect(profileIn(shell, () => written('dev')(strict), { AWS_PROFILE: 'prod' })).toBe('prod')
    })
  })
}
