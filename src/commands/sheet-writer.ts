import type { SheetWriter } from '../apply/sheets.ts'
import { sheets } from '../kinds/sheets.ts'
import { replaceTextFile } from '../local/replace.ts'
import type { Session } from './context.ts'
import { reportDiagnostics } from './diagnostics.ts'
import type { Survey } from './survey.ts'

/** Writes a file of this machine once, on the text that the plan was made from; a file that changed since is refused. */
export function sheetWriter({ files, sides }: Survey, { shell, sources }: Session): SheetWriter {
  return async (name, operations) => {
    const snapshot = files.get(name)
    if (!snapshot) throw new Error(`${name} was planned without being read`)
    const sheet = sheets[name]
    const before = snapshot.text ?? ''
    const text = sheet.edit(before, operations, sides.facts.owner, snapshot.path)
    // What the tool itself wrote from nothing is no loss; anything else is kept once, as it was before the first change.
    const backup = snapshot.text !== undefined && !sheet.isOurs(before, snapshot.path)
    const replaced = await replaceTextFile(snapshot, text, { machine: shell.machine, backup, newMode: sheet.newMode })
    reportDiagnostics(shell, replaced.warnings, sources)
    return { type: 'file', path: snapshot.path, ...(replaced.backup ? { backup: replaced.backup } : {}) }
  }
}
