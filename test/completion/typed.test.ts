import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { completion } from '../../src/commands/completion.ts'
import { binary } from '../scenarios/e2e/support/binary.ts'
import { type Desk, newDesk } from '../scenarios/e2e/support/desk.ts'
import { noTerminal, runOnTerminal } from '../scenarios/e2e/support/pty.ts'

/** Names that a shell would act on, were they put onto the line as they are. Whatever acts leaves a file that begins with `pwned`. */
const names = [
  '$(>pwned-0)`>pwned-0`',
  ';>pwned-1;(echo>pwned-1)',
  "'$(>pwned-2)'",
  '"$(>pwned-3)"',
  '\\$(>pwned-4)\\',
  '*~/?[a]#!!&|<$0{x,>pwned-5}',
  '山田a:b=c@$(>pwned-6)',
]

/** What the help of `completion` says to do for a shell: one command a line. */
function advice(shell: string): string[] {
  const [, lines = ''] = new RegExp(`^  ${shell}: .*\\n((?: {4}.*\\n)+)`, 'm').exec(completion.notes ?? '') ?? []
  return lines.split('\n').filter(Boolean)
}

/** Follows the advice in an empty home, and makes the prompt one that can be waited for. */
const prepare = {
  bash: ({ home }: Desk) => writeFileSync(join(home, '.bashrc'), [...advice('bash'), "PS1='ready> '", ''].join('\n')),
  zsh: ({ home }: Desk) => writeFileSync(join(home, '.zshrc'), [...advice('zsh'), "PS1='ready> '", ''].join('\n')),
  fish({ home, work }: Desk, env: { readonly PATH: string }) {
    mkdirSync(join(home, '.config/fish/completions'), { recursive: true })
    writeFileSync(
      join(home, '.config/fish/config.fish'),
      "function fish_prompt; echo -n 'ready> '; end\nset fish_greeting\n",
    )
    const [line = ''] = advice('fish')
    expect(spawnSync('fish', ['-c', line], { cwd: work, env: { ...env, HOME: home } }).status).toBe(0)
  },
}

/** A desk with one manifest a name, and a program that completes as ours does and otherwise notes the user it was given. */
function deskFor(all: readonly string[]): Desk & { readonly env: { readonly PATH: string } } {
  const desk = newDesk()
  for (const [index, name] of all.entries()) {
    const users = `users: { ${JSON.stringify(name)}: { external: true } }`
    writeFileSync(join(desk.work, `${index}.yaml`), `version: 1\nidentity_center: { region: eu-west-1 }\n${users}\n`)
  }
  const bin = join(desk.folder, 'bin')
  mkdirSync(bin)
  const program = `#!/bin/sh
if [ "$1" = completion ]; then exec '${process.execPath}' '${binary}' "$@"; fi
printf %s "$4" > "$3.taken"
echo "noted-$3-"
`
  writeFileSync(join(bin, 'sso-reconcile'), program, { mode: 0o755 })
  return { ...desk, env: { PATH: `${bin}:${process.env.PATH}` } }
}

for (const shell of ['bash', 'zsh', 'fish'] as const)
  describe(`at a ${shell} prompt`, () => {
    const absent =
      noTerminal ?? (spawnSync(shell, ['--version']).status === 0 ? undefined : `${shell} is not on this machine`)
    if (absent) process.stdout.write(`skipped: names completed in ${shell} (${absent})\n`)

    it.skipIf(absent)('whatever a name holds arrives as that name, and nothing of it runs', async () => {
      const desk = deskFor(names)
      prepare[shell](desk, desk.env)
      const lines = names.flatMap((_, index): (readonly [string, string])[] => [
        [index === 0 ? 'ready> ' : `noted-${index - 1}.yaml-`, `sso-reconcile revoke -f ${index}.yaml \t`],
        [`pwned-${index}`, '\r'],
      ])
      const replies = [...lines, [`noted-${names.length - 1}.yaml-`, 'exit\r'] as const]
      await runOnTerminal(desk, ['-i'], { command: [shell], replies, env: { ...desk.env, LC_ALL: 'C.UTF-8' } })
      const taken = names.map((_, index) => readFileSync(join(desk.work, `${index}.yaml.taken`), 'utf8'))
      expect(taken).toEqual(names)
      expect(readdirSync(desk.work).filter((file) => file.startsWith('pwned'))).toEqual([])
    })

    it.skipIf(absent)('a name is completed from any letter of it on, an @ too', async () => {
      const name = 'aiko@corp.example'
      const desk = deskFor([name])
      prepare[shell](desk, desk.env)
      for (const typed of ['ai', 'aiko@', 'aiko@corp']) {
        const replies = [
          ['ready> ', `sso-reconcile revoke -f 0.yaml ${typed}\t`],
          [name, '\r'],
          ['noted-0.yaml-', 'exit\r'],
        ] as const
        await runOnTerminal(desk, ['-i'], { command: [shell], replies, env: { ...desk.env, LC_ALL: 'C.UTF-8' } })
        expect(readFileSync(join(desk.work, '0.yaml.taken'), 'utf8'), typed).toBe(name)
      }
    })
  })

it('the help says where the line goes, for every shell', () => {
  expect(['bash', 'zsh', 'fish'].map((shell) => advice(shell).length)).toEqual([1, 2, 1])
})
