import { type Diagnostic, warning } from '../../model/diagnostic.ts'
import { splitLines } from '../files/lines.ts'
import { findBlocks, type ShellName } from './block.ts'

/** A start-up file as it was read, and what the manifest wants in it. */
export interface StartupFile {
  readonly shell: ShellName
  readonly file: string
  readonly text: string
  readonly owner: string
}

/** What a person should know about a start-up file that is to hold a block of ours. Pure. */
export function shellNotes(startup: StartupFile): Diagnostic[] {
  return [...ownAssignments(startup), ...otherBlocks(startup), ...carriageReturns(startup)]
}

function ownAssignments({ shell, file, text }: StartupFile): Diagnostic[] {
  const blocks = findBlocks(text, file, shell)
  const sets = shell === 'fish' ? setsInFish : setsInPosix
  const lines = splitLines(text).flatMap((line, n) => {
    const inside = blocks.some(({ first, last }) => first <= n && n <= last)
    return !inside && statements(line.text).some(sets) ? [n + 1] : []
  })
  return lines.map((line) =>
    warning('shell-own-profile', 'this line sets AWS_PROFILE as well, and wins over the profile of the manifest', {
      hint: 'delete the line, or leave the shell out of local.shell.shells',
      at: { file, line, column: 1 },
    }),
  )
}

/** Commands of one line. Quotes are not looked at: what a separator within quotes cuts off does not read as an assignment. */
function statements(line: string): string[] {
  if (/^\s*#/.test(line)) return []
  return line.split(/;|&&|\|\||\b(?:then|do|else|and|or)\b/).map((one) => one.trim())
}

// A value of a function's own, such as $1, is not set when a shell starts.
const VALUE = /(?:'[^']*'|"(?:(?!\$[1-9@*])[^"])*"|(?!\$[1-9@*])[^\s'"#]*)/.source
const DECLARED = new RegExp(`^(?:export|typeset|declare|readonly)\\s+(?:\\S+\\s+)*AWS_PROFILE=${VALUE}(?:\\s|$)`)
const ASSIGNED = new RegExp(`^(?:\\w+=${VALUE}\\s+)*AWS_PROFILE=${VALUE}(?:\\s+\\w+=${VALUE})*\\s*(?:#.*)?$`)

function setsInPosix(statement: string): boolean {
  return DECLARED.test(statement) || ASSIGNED.test(statement)
}

function setsInFish(statement: string): boolean {
  if (/^export\s+AWS_PROFILE=/.test(statement)) return true
  return (
    /^set\s+(?:-\S+\s+)*AWS_PROFILE\s+(?!\$argv)\S/.test(statement) &&
    !/^set\s+(?:-[a-z]*[qe]|--(?:query|erase))/.test(statement)
  )
}

function otherBlocks({ shell, file, text, owner }: StartupFile): Diagnostic[] {
  const blocks = findBlocks(text, file, shell)
  const own = blocks.find((one) => one.owner === owner)
  const where = own ? `line ${own.first + 1}` : 'the end of the file'
  return blocks
    .filter((one) => one.owner !== owner)
    .map((other) =>
      warning(
        'shell-two-blocks',
        `the block of ${other.owner} on line ${other.first + 1} sets AWS_PROFILE as well as that of ${owner} at ${where}; the first one wins`,
        {
          hint: 'take local.shell out of one of the two manifests (shell: {} removes its block)',
          at: { file, line: other.first + 1, column: 1 },
        },
      ),
    )
}

function carriageReturns({ file, text }: StartupFile): Diagnostic[] {
  const line = splitLines(text).findIndex(({ end }) => end === '\r\n') + 1
  if (line === 0) return []
  return [
    warning('shell-crlf', 'lines end in CRLF here, which shells take as part of a command or a value', {
      hint: 'save the file with LF line ends; the block of sso-reconcile has them in any case',
      at: { file, line, column: 1 },
    }),
  ]
}

/** The files of which a login bash reads the first that exists, relative to the home. */
export const bashLoginFiles = ['.bash_profile', '.bash_login', '.profile'] as const

/** A login file of bash; without text where it does not exist. */
export interface LoginFile {
  readonly file: string
  readonly text: string | undefined
}

/** Says so where login shells of bash (macOS Terminal, ssh) would not see what stands in `.bashrc`. Pure. */
export function loginNotes(files: readonly LoginFile[]): Diagnostic[] {
  const read = files.find(({ text }) => text !== undefined) ?? files[0]
  if (!read || splitLines(read.text ?? '').some(({ text }) => /^[^#]*bashrc/.test(text))) return []
  const found = read.text === undefined ? 'does not exist' : 'does not read .bashrc'
  return [
    warning(
      'shell-login-bash',
      `${read.file} ${found}, so login shells of bash (macOS Terminal, ssh) get no AWS_PROFILE`,
      {
        hint: `add this line to ${read.file}: [ -f ~/.bashrc ] && . ~/.bashrc`,
      },
    ),
  ]
}
