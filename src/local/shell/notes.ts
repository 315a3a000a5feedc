import type { Address } from '../../model/address.ts'
import { type Diagnostic, warning } from '../../model/diagnostic.ts'
import { splitLines } from '../files/lines.ts'
import { findBlocks, type ShellBlock, type ShellName } from './block.ts'

/** A start-up file as it was read, and what the manifest wants in it. */
export interface StartupFile {
  readonly shell: ShellName
  readonly file: string
  readonly text: string
  readonly owner: string
  /** The desired profile and its address, and the profile that the shell says it starts with, where it was asked. */
  readonly desired?: { readonly at: Address; readonly profile: string; readonly found: string | undefined }
}

/** What a person should know about a start-up file that is to hold a block of ours. Pure. */
export function shellNotes(startup: StartupFile): Diagnostic[] {
  return [...otherBlocks(startup), ...carriageReturns(startup)]
}

function otherBlocks(startup: StartupFile): Diagnostic[] {
  const { shell, file, text, owner } = startup
  const blocks = findBlocks(text, file, shell)
  const own = blocks.find((one) => one.owner === owner)
  const where = own ? `line ${own.first + 1}` : 'the end of the file'
  return blocks
    .filter((one) => one.owner !== owner)
    .map((other) =>
      warning(
        'shell-two-blocks',
        `the block of ${other.owner} on line ${other.first + 1} and the block of ${owner} at ${where} both set AWS_PROFILE; the first one wins`,
        {
          hint: 'remove local.shell from one of the two manifests (shell: {} removes its block)',
          at: { file, line: other.first + 1, column: 1 },
          ...(startup.desired && explains(other, startup.desired) ? { unmet: startup.desired.at } : {}),
        },
      ),
    )
}

/** True where the block of another manifest is why a shell does not start with the desired profile. */
function explains({ profile }: ShellBlock, { profile: desired, found }: NonNullable<StartupFile['desired']>): boolean {
  return profile !== undefined && profile !== desired && profile === found
}

function carriageReturns({ file, text }: StartupFile): Diagnostic[] {
  const line = splitLines(text).findIndex(({ end }) => end === '\r\n') + 1
  if (line === 0) return []
  return [
    warning('shell-crlf', 'lines end in CRLF here, which shells read as part of a command or value', {
      hint: 'save the file with LF line endings; the sso-reconcile block always uses them',
      at: { file, line, column: 1 },
    }),
  ]
}
