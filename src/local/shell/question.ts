import type { Environment } from '../aws-config/paths.ts'
import type { ShellName } from './syntax.ts'

/**
 * How a shell is started: as a terminal starts it, as a login does (macOS Terminal, ssh), or for one command, as an editor's task or a
 * script does.
 */
export type Start = 'interactive' | 'login' | 'command' | 'login-command'

const flags: Readonly<Record<Start, string>> = {
  interactive: '-ic',
  login: '-lic',
  command: '-c',
  'login-command': '-lc',
}

// In two parts each, so that a shell that shows its commands (set -x) does not seem to answer.
const [open, close] = [`"<<sso-" "reconcile:"`, `":sso-" "reconcile>>"`]
const [begin, end] = ['<<sso-reconcile:', ':sso-reconcile>>']

/**
 * The words that start a shell and ask which AWS_PROFILE programs get that are started from it. Where the shell is named and would show a
 * prompt, what it runs before each prompt (hooks of direnv and the like) runs first, as it would before anybody can type.
 */
export function profileQuestion(start: Start, shell?: ShellName): readonly string[] {
  const hooks = shell !== undefined && (start === 'interactive' || start === 'login') ? `${beforePrompt[shell]}\n` : ''
  return [flags[start], `${hooks}/bin/sh -c 'printf "%s%s%s%s%s" ${open} "\${AWS_PROFILE-}" ${close}'`]
}

// Each in words that no setting of start-up files (set -e, set -u, ksh arrays) turns into something else.
const beforePrompt: Readonly<Record<ShellName, string>> = {
  zsh: `for _sso_hook in precmd "\${precmd_functions[@]-}"; do typeset -f -- "\${_sso_hook:-_}" >/dev/null && "$_sso_hook" >/dev/null 2>&1 || :; done`,
  bash: `for _sso_hook in "\${PROMPT_COMMAND[@]-}"; do eval "$_sso_hook" >/dev/null 2>&1 || :; done`,
  fish: 'emit fish_prompt',
}

/** The words that start zsh and ask where it looks for `.zshrc`; a variable that is not exported counts as well. */
export const zshFolderQuestion: readonly string[] = [
  '-c',
  `/bin/sh -c 'printf "%s%s%s%s%s" ${open} "$1" ${close}' sh "\${ZDOTDIR-}"`,
]

/** What a shell answered, among whatever else it printed; undefined where it has not yet. */
export function answerIn(output: string): string | undefined {
  // Of what looks like the beginning of an answer, the last that has an end is one.
  const last = output.lastIndexOf(end)
  const first = last < begin.length ? -1 : output.lastIndexOf(begin, last - begin.length)
  if (first < 0) return undefined
  const from = first + begin.length
  return output.slice(from, output.indexOf(end, from))
}

// What every terminal and every login gives a shell; all else comes from start-up files, which are asked for it. What an earlier shell
// left (AWS_PROFILE, marks that a file was read already) would be taken for theirs.
const kept =
  /^(?:PATH|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|TERM|TERM_PROGRAM|COLORTERM|DISPLAY|WAYLAND_DISPLAY|DBUS_SESSION_BUS_ADDRESS|SSH_\w+|WSL_\w+|WSLENV|WT_SESSION|TMUX|NIX_\w+|MSYSTEM|CODESPACES|REMOTE_CONTAINERS)$/
const folders = /^(?:ZDOTDIR|XDG_\w+)$/

/**
 * The environment of a new terminal, made from that of this process (`around`) and from the one whose folders count (`place`), which is
 * another in a sandbox.
 */
export function terminalEnvironment(around: Environment, place: Environment, home: string): Environment {
  const picked = (env: Environment, names: RegExp) =>
    Object.fromEntries(Object.entries(env).filter(([name, value]) => names.test(name) && value !== undefined))
  // Start-up files often stop at once where the terminal is said to be dumb.
  const term = around.TERM && around.TERM !== 'dumb' ? {} : { TERM: 'xterm-256color' }
  return { ...picked(around, kept), ...picked(place, folders), ...term, HOME: home }
}
