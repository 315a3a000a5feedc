import type { Address } from '../../model/address.ts'
import { type Diagnostic, warning } from '../../model/diagnostic.ts'
import { type LoginAdvice, type Mention, type ShellLook, said } from './answers.ts'
import { type ShellName, shownPath } from './syntax.ts'

/** What the manifest wants of a shell, and what is in its start-up file. */
export interface Desired {
  readonly shell: ShellName
  readonly at: Address
  readonly profile: string
  /** The start-up file of the block. */
  readonly file: string
  /** What the block sets now; undefined without a block, empty where that cannot be told. */
  readonly block: string | undefined
}

/** True for what concerns login shells alone, so that a new terminal may well be as desired. Pure. */
export function concernsLoginsAlone({ code }: Diagnostic): boolean {
  return code === loginCode
}

const loginCode = 'shell-login-bash'

type Way = 'interactive' | 'login'

/**
 * Why new shells do not, or will not, have the desired profile, from what the shell itself said. Silent about what an apply is going to
 * change. Pure.
 */
export function shellVerdict(desired: Desired, look: ShellLook): Diagnostic[] {
  const unanswered = (['interactive', 'login'] as const).filter((way) => ['late', 'silent'].includes(String(look[way])))
  return [
    ...others(desired, look),
    ...without(desired, look),
    ...(unanswered.length > 0 ? [noAnswer(desired, look, unanswered)] : []),
  ]
}

/** Ways in which a shell starts with another profile, each value once. */
function others({ shell, at, profile, block }: Desired, look: ShellLook): Diagnostic[] {
  const values = waysWith(look, (value) => value !== '' && value !== profile && value !== block)
  return [...values].map(([value, ways]) => {
    const leaves = block === undefined ? '; the sso-reconcile block does not overwrite an existing value' : ''
    const naming = look.mentions.filter(({ text }) => text.includes(value))
    const suspects = naming.length > 0 ? naming : look.mentions
    const [only, second] = naming
    return warning(
      'shell-own-profile',
      `${started(shell, ways)} with AWS_PROFILE=${value.slice(0, 100)}, not ${profile}${leaves}`,
      {
        hint: `${culprit(suspects, look.home)}, or leave ${shell} out of local.shell.shells`,
        unmet: at,
        ...(only && !second ? { at: { file: only.file, line: only.line, column: 1 } } : {}),
      },
    )
  })
}

/** Ways in which a shell starts without any profile although the block is there, or will be. */
function without({ shell, at, file, block }: Desired, look: ShellLook): Diagnostic[] {
  const ways = waysWith(look, (value) => value === '').get('') ?? []
  const isLoginAlone = !ways.includes('interactive') || block === undefined
  if (look.advice && ways.includes('login') && isLoginAlone) return loginWithout(at, look.advice, block)
  if (block === undefined || ways.length === 0) return []
  const where = shownPath(file, look.home) ?? file
  return [
    warning('shell-no-profile', `${started(shell, ways)} without AWS_PROFILE, although the block is in ${where}`, {
      hint: dropped(shell, look),
      unmet: at,
    }),
  ]
}

function dropped(shell: ShellName, { mentions, home }: ShellLook): string {
  const universal = universalAmong(mentions)
  if (universal) return universal
  const places = placesOf(mentions, home)
  const line = places === '' ? 'a later line or a prompt hook' : `a later line or a prompt hook (perhaps ${places})`
  return `${shell} does not reach the block or loses the value: a return, an exit or an error above the block ends the file early, or ${line} unsets the variable or sets it without export; if start-up files test for a terminal (plan has none), check in a new one: echo "$AWS_PROFILE"`
}

function loginWithout(at: Address, advice: LoginAdvice, block: string | undefined): Diagnostic[] {
  // Without a block yet, only what the file says can be judged: one that names .bashrc is taken at its word until it can be asked.
  if (block === undefined && advice.namesBashrc) return []
  const found = advice.exists
    ? `does not read .bashrc ${block === undefined ? 'by its name' : 'as far as the block'}`
    : 'does not exist'
  const probably = advice.exists && block === undefined ? ' probably' : ''
  return [
    warning(
      loginCode,
      `${advice.file} ${found}, so login shells of bash (macOS Terminal, ssh)${probably} get no AWS_PROFILE`,
      // Where bash has no login file at all nobody has set up login shells; new terminals are as desired.
      { hint: `add this line to ${advice.file}: ${advice.line}`, ...(advice.exists ? { unmet: at } : {}) },
    ),
  ]
}

function noAnswer({ shell, at, profile }: Desired, look: ShellLook, ways: readonly Way[]): Diagnostic {
  const isLate = ways.some((way) => look[way] === 'late')
  const how = ways.map((way) => (way === 'login' ? `${shell} -li` : `${shell} -i`)).join(' and ')
  const what = isLate
    ? `${ways.length > 1 ? 'were' : 'was'} still reading its start-up files after 10 seconds`
    : 'exited or became another program before its AWS_PROFILE could be read'
  return warning('shell-no-answer', `${how} ${what}, so it is unknown whether new shells get ${profile}`, {
    hint: isLate
      ? `find what is slow or waiting in the start-up files of ${shell}, then run plan again`
      : `if its start-up files start another shell or tmux, list the shell you end up in under local.shell.shells instead of ${shell}; otherwise look for an exit or an error in them`,
    unmet: at,
  })
}

/** The ways of starting by the value they lead to. */
function waysWith(look: ShellLook, counts: (value: string) => boolean): Map<string, Way[]> {
  const found = new Map<string, Way[]>()
  for (const way of ['interactive', 'login'] as const) {
    const value = said(look[way])
    if (value !== undefined && counts(value)) found.set(value, [...(found.get(value) ?? []), way])
  }
  return found
}

function started(shell: ShellName, ways: readonly Way[]): string {
  if (ways.length > 1) return `new ${shell} shells start`
  return ways.includes('login')
    ? `login shells of ${shell} (macOS Terminal, ssh) start`
    : `new ${shell} shells that are not login shells start`
}

function culprit(mentions: readonly Mention[], home: string): string {
  const universal = universalAmong(mentions)
  if (universal) return universal
  const places = placesOf(mentions, home)
  if (places === '') return 'look for AWS_PROFILE in the files that its start-up files source, and remove it there'
  return `perhaps ${places} sets it: delete that line`
}

function universalAmong(mentions: readonly Mention[]): string | undefined {
  if (!mentions.some(({ file }) => file.endsWith('/fish_variables'))) return undefined
  return 'it is a fish universal variable: remove it with "set --erase --universal AWS_PROFILE"'
}

function placesOf(mentions: readonly Mention[], home: string): string {
  const places = mentions.slice(0, 3).map(({ file, line }) => `line ${line} of ${shownPath(file, home) ?? file}`)
  return places.join(' or ')
}
