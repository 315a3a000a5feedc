import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Environment } from '../aws-config/paths.ts'
import type { ProcessGroups } from '../files/groups.ts'
import { type Answer, type ShellLook, said } from './answers.ts'
import { type Asking, ask } from './ask.ts'
import { loginAdvice } from './login-advice.ts'
import { mentions } from './mentions.ts'
import { profileQuestion, type Start, terminalEnvironment, zshFolderQuestion } from './question.ts'
import type { ShellName } from './syntax.ts'

/** Where shells are asked: the environment of this process, and the environment and home whose start-up files count. */
export interface Surroundings {
  readonly around: Environment
  readonly env: Environment
  readonly home: string
  readonly groups: ProcessGroups
  /** True for a private home: a shell that looks elsewhere is not followed there. */
  readonly isPrivate: boolean
}

/** Where a shell looks for its start-up file, and how it is to be asked for more. */
export interface ShellPlace {
  readonly shell: ShellName
  readonly home: string
  /** The folder that zsh says; absent where it was not asked or gave no answer. */
  readonly folder?: string
  readonly asking: Asking
}

/** Milliseconds that start-up files may take. Editors that ask shells in this way wait as long. */
const limit = 10_000

/** A variable by which start-up files tell that a shell is given a command, as it is with every question. */
const question = /\b(?:BA|Z)SH_EXECUTION_STRING\b/

/** Asks zsh where it looks for `.zshrc`; the other shells follow the environment alone. Never throws. */
export async function shellPlace(shell: ShellName, surroundings: Surroundings): Promise<ShellPlace> {
  const { around, env, home, groups, isPrivate } = surroundings
  const folder = existsSync(home) ? home : '/'
  const asking = { env: terminalEnvironment(around, env, home), folder, groups, limit }
  if (shell !== 'zsh') return { shell, home, asking }
  const { ZDOTDIR: inherited, ...others } = asking.env
  const own = await zshFolder({ ...asking, env: others }, home)
  // An inherited ZDOTDIR that start-up files set themselves is no part of a new terminal; one that they do not set is.
  const alone = inherited === undefined || inherited === '' || own === resolve(home, inherited)
  const found = alone ? own : await zshFolder(asking, home)
  const isElsewhere = isPrivate && found !== undefined && found !== home && !found.startsWith(`${home}/`)
  return {
    shell,
    home,
    asking: alone ? { ...asking, env: others } : asking,
    ...(found === undefined || isElsewhere ? {} : { folder: found }),
  }
}

async function zshFolder(asking: Asking, home: string): Promise<string | undefined> {
  const answer = await ask('zsh', zshFolderQuestion, asking)
  return typeof answer === 'object' ? resolve(home, answer.value) : undefined
}

/** Asks a shell how it is started in one way. Never throws. */
export function askStart({ shell, asking }: ShellPlace, start: Start): Promise<Answer> {
  return ask(shell, profileQuestion(start, shell), asking)
}

/**
 * Asks a shell which profile new ones have, and looks for what may be in the way of the one that is desired. `file` is the start-up file
 * that holds, or is to hold, the block. Never throws.
 */
export async function lookAtShell(place: ShellPlace, file: string, profile: string): Promise<ShellLook> {
  const { shell, asking, home } = place
  // A first start makes fish write files of its own, and before that it has nothing to say.
  if (shell === 'fish' && !existsSync(dirname(file)))
    return { home, interactive: 'unasked', login: 'unasked', mentions: [] }
  const [interactive, login, tells] = await Promise.all([
    askStart(place, 'interactive'),
    askStart(place, 'login'),
    mentions(shell, home, file, question),
  ])
  // Such a file does something else in a terminal, which no answer tells; another shell, mostly.
  if (tells.length > 0 && said(interactive) !== undefined)
    return { home, interactive: 'silent', login: 'silent', mentions: [] }
  const differ = [interactive, login].some((one) => (said(one) ?? profile) !== profile)
  const now = said(interactive)
  const isAdvised = shell === 'bash' && now !== undefined && said(login) === ''
  return {
    home,
    interactive,
    login,
    mentions: differ ? await mentions(shell, home, file) : [],
    ...(isAdvised ? { advice: await loginAdvice(asking, { home, profile, now }) } : {}),
  }
}
