import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hasTerminals, isInstalled, typedIn } from '../../local/shell/support/terminal.ts'
import { removedAtEnd } from '../../support/at-end.ts'
import { run } from '../../support/here.ts'
import { newLaptop } from '../../support/machine.ts'

type Shell = 'zsh' | 'bash' | 'fish'
type Files = Readonly<Record<string, string>>

const other = 'export AWS_PROFILE=other\n'
const profile = '. ~/.bashrc\n'
const zdotdir = (line: string) => ({ '.zshenv': `${line}\n`, '.config/zsh/.zshrc': 'alias l=ls\n' })
const sourcesProfile = '[ -f ~/.bash_profile ] && . ~/.bash_profile\n'
const config = '.config/fish/config.fish'

/** Start-up files before the first apply, and what every plan after it has to say; nothing where new shells have the profile. */
const rows: readonly [shell: Shell, what: string, files: Files, told: readonly string[], env?: Files][] = [
  ['zsh', 'nothing at all', {}, []],
  ['zsh', 'ZDOTDIR without export in .zshenv', zdotdir('ZDOTDIR=$HOME/.config/zsh'), []],
  ['zsh', 'ZDOTDIR with export in .zshenv', zdotdir('export ZDOTDIR=~/.config/zsh'), []],
  ['zsh', 'ZDOTDIR by condition', zdotdir('[[ -d ~/.config/zsh ]] && ZDOTDIR=~/.config/zsh'), []],
  ['zsh', 'ZDOTDIR in a sourced file', { ...zdotdir('. ~/.zsh-folder'), '.zsh-folder': 'ZDOTDIR=~/.config/zsh\n' }, []],
  ['zsh', 'ZDOTDIR in .zprofile', { '.zprofile': 'ZDOTDIR=~/z\n', 'z/.zshrc': '' }, ['shell-no-profile']],
  ['zsh', 'the profile in .zshenv', { '.zshenv': other }, ['shell-own-profile']],
  ['zsh', 'the profile in .zprofile', { '.zprofile': other }, ['shell-own-profile']],
  ['zsh', 'the profile in .zlogin', { '.zlogin': other }, ['shell-own-profile']],
  ['zsh', 'the profile in a sourced file', { '.zshrc': 'source ~/.mine\n', '.mine': other }, ['shell-own-profile']],
  [
    'zsh',
    'the profile found in a loop',
    { '.zshrc': 'for f in ~/z/*.zsh; do . $f; done\n', 'z/a.zsh': other },
    ['shell-own-profile'],
  ],
  [
    'zsh',
    'the profile as a default',
    { '.zshrc': `: \${AWS_PROFILE:=other}; export AWS_PROFILE\n` },
    ['shell-own-profile'],
  ],
  ['zsh', 'the right profile in a line of one’s own', { '.zshrc': 'export AWS_PROFILE=a\n' }, []],
  ['zsh', 'a variable that is not exported', { '.zshrc': 'AWS_PROFILE=other\n' }, ['shell-no-profile']],
  [
    'zsh',
    'a function that would set it',
    { '.zshrc': `prod() {\n${other}}\nalias p='export AWS_PROFILE=other'\n` },
    [],
  ],
  ['zsh', 'a condition that does not hold', { '.zshrc': `if [[ -n $NOPE ]]; then\n${other}fi\n` }, []],
  [
    'zsh',
    'much printed',
    { '.zshrc': 'echo AWS_PROFILE=other; seq 20000; printf "<<sso-reconcile:"; print -u2 hm\n' },
    [],
  ],
  ['zsh', 'a question', { '.zshrc': 'read "x?Which profile? "\n' }, []],
  ['zsh', 'commands shown', { '.zshrc': 'exec 2>&1\nset -x\n' }, []],
  ['zsh', 'an early return', { '.zshrc': 'return\n' }, ['shell-no-profile']],
  ['zsh', 'an error of syntax', { '.zshrc': 'if then fi )\n' }, ['shell-no-profile']],
  ['zsh', 'an error in between', { '.zshrc': 'no-such-command-here\nfalse\n' }, []],
  ['zsh', 'unset at login', { '.zlogin': 'unset AWS_PROFILE\n' }, ['shell-no-profile']],
  ['zsh', 'no start-up files wanted', { '.zshenv': 'setopt no_rcs\n' }, ['shell-no-profile']],
  [
    'zsh',
    'the profile before each prompt',
    { '.zshrc': 'precmd() { export AWS_PROFILE=other }\n' },
    ['shell-own-profile'],
  ],
  [
    'zsh',
    'unset before each prompt, and settings of ksh',
    { '.zshrc': 'f() { unset AWS_PROFILE }\nprecmd_functions=(no-such-hook f)\nsetopt ksh_arrays no_unset\n' },
    ['shell-no-profile'],
  ],
  ['zsh', 'another shell', { '.zshrc': 'exec bash\n' }, ['shell-no-answer']],
  ['zsh', 'a session of tmux', { '.zshrc': '[ -n "$TMUX" ] || exec tmux-is-not-here\n' }, ['shell-no-answer']],
  ['zsh', 'a service left running', { '.zshrc': 'sleep 300 &\nnohup sleep 300 >/dev/null 2>&1 &\n' }, []],
  ['bash', 'nothing at all', {}, ['shell-login-bash']],
  ['bash', '.bash_profile that reads .bashrc', { '.bash_profile': profile }, []],
  ['bash', '.bash_login that reads .bashrc', { '.bash_login': profile, '.profile': '' }, []],
  ['bash', '.profile as Debian has it', { '.profile': 'if [ -n "$BASH_VERSION" ]; then . "$HOME/.bashrc"; fi\n' }, []],
  ['bash', '.bash_login before .profile', { '.bash_login': 'true\n', '.profile': profile }, ['shell-login-bash']],
  [
    'bash',
    '.bashrc that reads .bash_profile',
    { '.bashrc': sourcesProfile, '.bash_profile': 'PATH=$PATH:~/b\n' },
    ['shell-login-bash'],
  ],
  ['bash', '.bashrc named in a comment', { '.profile': '# . ~/.bashrc\n' }, ['shell-login-bash']],
  ['bash', '.bashrc named and not read', { '.bash_profile': 'alias rc="vi ~/.bashrc"\n' }, ['shell-login-bash']],
  ['bash', '.bashrc read another way', { '.bash_profile': 'for f in ~/.bash?c; do . "$f"; done\n' }, []],
  [
    'bash',
    '.bashrc for terminals alone',
    { '.bash_profile': profile, '.bashrc': 'case $- in *i*) ;; *) return ;; esac\n' },
    [],
  ],
  [
    'bash',
    'the profile in .bash_aliases',
    { '.profile': profile, '.bashrc': '. ~/.bash_aliases\n', '.bash_aliases': other },
    ['shell-own-profile'],
  ],
  ['bash', 'the profile at login', { '.bash_profile': `${other}${profile}` }, ['shell-own-profile']],
  [
    'bash',
    'a folder’s own profile, before each prompt',
    {
      '.profile': profile,
      '.bashrc': '_hook() { [ -f .envrc ] && . ./.envrc; }\nPROMPT_COMMAND=_hook\n',
      '.envrc': other,
    },
    ['shell-own-profile'],
  ],
  [
    'bash',
    'harmless hooks before each prompt, and strict settings',
    { '.profile': profile, '.bashrc': 'set -u\nPROMPT_COMMAND="history -a; history -c; history -r; no-such-hook"\n' },
    [],
  ],
  ['bash', 'strict settings', { '.profile': profile, '.bashrc': 'set -u\n' }, []],
  ['bash', 'a function that would set it', { '.profile': profile, '.bashrc': `p() {\n${other}}\n` }, []],
  ['bash', 'another shell', { '.profile': profile, '.bashrc': 'exec fish\n' }, ['shell-no-answer']],
  [
    'bash',
    'another shell, unless there is a command',
    { '.profile': profile, '.bashrc': '[ -n "$BASH_EXECUTION_STRING" ] || exec fish\n' },
    ['shell-no-answer'],
  ],
  ['bash', 'an exit', { '.profile': profile, '.bashrc': 'exit 3\n' }, ['shell-no-answer']],
  ['bash', 'a service left running', { '.profile': profile, '.bashrc': 'sleep 300 & disown\n' }, []],
  ['fish', 'nothing at all', {}, []],
  ['fish', 'XDG_CONFIG_HOME', { 'x/fish/config.fish': '' }, [], { XDG_CONFIG_HOME: 'x' }],
  [
    'fish',
    'the profile in conf.d',
    { '.config/fish/conf.d/aws.fish': 'set -gx AWS_PROFILE other\n' },
    ['shell-own-profile'],
  ],
  [
    'fish',
    'a universal variable',
    { '.config/fish/fish_variables': '# VERSION: 3.0\nSETUVAR --export AWS_PROFILE:other\n' },
    ['shell-own-profile'],
  ],
  [
    'fish',
    'the profile at login',
    { [config]: 'status is-login; and set -gx AWS_PROFILE other\n' },
    ['shell-own-profile'],
  ],
  [
    'fish',
    'a universal variable that is not exported',
    { '.config/fish/fish_variables': '# VERSION: 3.0\nSETUVAR AWS_PROFILE:other\n' },
    ['shell-no-profile'],
  ],
  ['fish', 'a function that would set it', { [config]: 'function p\n  set -gx AWS_PROFILE other\nend\n' }, []],
  ['fish', 'a variable that is not exported', { [config]: 'set -g AWS_PROFILE other\n' }, ['shell-no-profile']],
  [
    'fish',
    'the profile before each prompt',
    { [config]: 'function p --on-event fish_prompt\n  set -gx AWS_PROFILE other\nend\n' },
    ['shell-own-profile'],
  ],
  ['fish', 'for terminals alone', { [config]: 'status is-interactive; or return\n' }, []],
  ['fish', 'another shell', { [config]: 'status is-interactive; and exec bash\n' }, ['shell-no-answer']],
]

/** PATH with an AWS CLI that says its version at once; the real one takes seconds, and nothing here is about it. */
const quickCli = `${folderWithCli()}:${process.env.PATH}`

function folderWithCli(): string {
  const folder = removedAtEnd(mkdtempSync(join(tmpdir(), 'sso-reconcile-cli-')))
  writeFileSync(join(folder, 'aws'), '#!/bin/sh\necho aws-cli/2.30.0\n', { mode: 0o755 })
  return folder
}

const text = (shells: string) =>
  `local: { sso_session: s, profiles: { a: { account: dev, permission_set: Admin } }, shell: { aws_profile: a, shells: [${shells}] } }\n`

const absent = ['zsh', 'bash', 'fish'].filter((shell) => !isInstalled(shell))
for (const shell of absent) process.stderr.write(`skipped: ${shell} is not installed\n`)
if (!hasTerminals) process.stderr.write('skipped: no "script" of util-linux, which opens terminals\n')

describe.skipIf(!hasTerminals)('a new terminal has the profile, or the plan said that it has not', () => {
  test.concurrent.for(rows.filter(([shell]) => !absent.includes(shell)))(
    '%s: %s',
    async ([shell, , files, told, env = {}]) => {
      const laptop = newLaptop(text(shell), files)
      const { home } = laptop.desk
      const around = Object.fromEntries(Object.entries(env).map(([name, folder]) => [name, `${home}/${folder}`]))
      const applied = await laptop.run('apply', ['--json'], around)
      const foretold = codesIn(JSON.parse(applied.stdout.split('\n')[0] ?? '').plan)
      const after = await laptop.run('plan', ['--json'], around)
      const seen = await run(laptop.desk, ['doctor', '--only', 'shell', '--json'], {
        ...around,
        PATH: quickCli,
      })
      const [terminal, login] = await Promise.all([
        typedIn(`${shell} -i`, home, around),
        typedIn(`${shell} -li`, home, around),
      ])

      expect(codesIn(JSON.parse(after.stdout))).toEqual(told)
      // Doctor asks by itself, and says the same.
      expect(troublesIn(JSON.parse(seen.stdout))).toEqual(told)
      if (told.length === 0) expect([terminal, login]).toEqual(['a', 'a'])
      else if (!told.includes('shell-no-answer')) expect([terminal, login]).not.toEqual(['a', 'a'])
      // Done well means: as desired, or as it was said before.
      expect(applied.code).toBe(told.every((code) => foretold.includes(code)) ? 0 : 1)
      expect(JSON.parse(after.stdout).operations).toEqual([])
    },
  )
})

/** Codes of what a plan says about new shells. */
function codesIn({ diagnostics }: { readonly diagnostics: readonly { readonly code: string }[] }): readonly string[] {
  return diagnostics.map(({ code }) => code).filter((code) => code.startsWith('shell-'))
}

/** Codes of what doctor finds wrong with new shells. */
function troublesIn({ checks }: { readonly checks: readonly { check: string; level: string; code: string }[] }) {
  return checks.filter(({ check, level }) => check === 'shells' && level !== 'ok').map(({ code }) => code)
}
