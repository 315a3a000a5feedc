import { loginNotes, shellNotes } from '../../local/shell/notes.ts'
import { address } from '../../model/address.ts'
import type { Notes } from '../notes.ts'

/** What in start-up files keeps the block of ours from doing what it is for. */
export const notes: Notes = ({ desired, facts, file, beside }) => {
  const shells = (['zsh', 'bash', 'fish'] as const).filter((shell) => desired.shell.has(address('shell', shell)))
  const told = shells.flatMap((shell) => {
    const { path = '', text = '' } = file(shell) ?? {}
    return shellNotes({ shell, file: path, text, owner: facts.owner })
  })
  const login = beside.map(({ path, text }) => ({ file: path, text }))
  return shells.includes('bash') ? [...told, ...loginNotes(login)] : told
}
