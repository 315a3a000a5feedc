import { said } from '../../local/shell/answers.ts'
import { findBlocks, type ShellName } from '../../local/shell/block.ts'
import { shellNotes } from '../../local/shell/notes.ts'
import { shellVerdict } from '../../local/shell/verdict.ts'
import { nameOf } from '../../model/address.ts'
import type { Diagnostic } from '../../model/diagnostic.ts'
import type { Notes, NotesContext } from '../notes.ts'

/** What keeps new shells from having the profile, as the shells say themselves, and what is odd in their start-up files. */
export const notes: Notes = (context) =>
  [...context.desired.shell].flatMap(([at, { spec }]) => {
    const shell = nameOf(at) as ShellName
    return spec.aws_profile === undefined ? [] : notesOf({ shell, at, profile: spec.aws_profile }, context)
  })

function notesOf(
  desired: Pick<Parameters<typeof shellVerdict>[0], 'shell' | 'at' | 'profile'>,
  { facts: { owner }, file, shells }: NotesContext,
): readonly Diagnostic[] {
  const { shell, at, profile } = desired
  const { path = '', text = '' } = file(shell) ?? {}
  const look = shells.get(shell)
  const found = look && said(look.interactive)
  const told = shellNotes({ shell, file: path, text, owner, desired: { at, profile, found } })
  if (!look) return told
  const own = findBlocks(text, path, shell).find((one) => one.owner === owner)
  const verdict = shellVerdict({ ...desired, file: path, block: own && (own.profile ?? '') }, look)
  // A block of another manifest is named already.
  const isNamed = told.some(({ unmet }) => unmet === at)
  return [...verdict.filter(({ code }) => !(isNamed && code === 'shell-own-profile')), ...told]
}
