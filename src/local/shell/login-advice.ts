import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'
import { readTextFile } from '../files/file.ts'
import { splitLines } from '../files/lines.ts'
import type { LoginAdvice } from './answers.ts'
import { type Asking, ask } from './ask.ts'
import { defaultLine, syntax } from './syntax.ts'

/** The line by which a login file of bash reads `.bashrc`. */
export const sourceLine = `if [ -n "\${BASH_VERSION-}" ] && [ -f ~/.bashrc ]; then . ~/.bashrc; fi`

/** The files of which a login bash reads the first that it can, in its order. */
export function bashLoginFiles(home: string): readonly string[] {
  return ['.bash_profile', '.bash_login', '.profile'].map((name) => join(home, name))
}

/** The login file that bash reads; undefined where there is none. */
function bashLoginFile(home: string): string | undefined {
  return bashLoginFiles(home).find(isReadable)
}

/** What login shells of bash need to get a profile, and what shells have that read `.bashrc` alone. */
export interface LoginNeed {
  readonly home: string
  readonly profile: string
  /** Value of AWS_PROFILE that `.bashrc` leads to now; empty for none. */
  readonly now: string
}

/**
 * What to add to the login file of bash. That it reads `.bashrc` is advised only when that was tried, gave the value, and came to an end
 * without reading the login file again; else the line that sets the profile itself, which reads nothing. Never throws.
 */
export async function loginAdvice(asking: Asking, { home, profile, now }: LoginNeed): Promise<LoginAdvice> {
  const found = bashLoginFile(home)
  const isSafe = found !== undefined && (await leadsTo(now, asking, found))
  const read = found === undefined ? undefined : await readTextFile(found).catch(() => undefined)
  return {
    file: found ?? join(home, '.bash_profile'),
    exists: found !== undefined,
    namesBashrc: splitLines(read?.text ?? '').some(({ text }) => /^[^#]*bashrc/.test(text)),
    line: isSafe ? sourceLine : defaultLine('bash', profile),
  }
}

async function leadsTo(value: string, asking: Asking, loginFile: string): Promise<boolean> {
  const answer = await ask('bash', ['-lic', trial(loginFile)], asking)
  return typeof answer === 'object' && answer.value === `ends with ${value}`
}

// A login shell that then does what it would do with the line in its login file; that file is told of instead of being read again.
function trial(loginFile: string): string {
  const say = (what: string) => `printf '%s%s%s%s%s' '<<sso-' 'reconcile:' ${what} ':sso-' 'reconcile>>'`
  return `source() { if [ "$1" -ef ${syntax.bash.quote(loginFile)} ]; then ${say('again')}; exit; fi; builtin source "$@"; }
function . { source "$@"; }
if [ -f ~/.bashrc ]; then builtin source ~/.bashrc; fi
${say(`"ends with \${AWS_PROFILE-}"`)}`
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK)
    return true
  } catch {
    return false
  }
}
