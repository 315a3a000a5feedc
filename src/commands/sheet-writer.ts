import type { SheetWriter } from '../apply/sheets.ts'
import { awsConfig } from '../kinds/aws-config.ts'
import { holdsOnlyMarked, parseConfig } from '../local/document.ts'
import { replaceTextFile } from '../local/replace.ts'
import type { Session } from './context.ts'
import { reportDiagnostics } from './diagnostics.ts'
import type { Survey } from './survey.ts'

/** Writes `~/.aws/config` once, on the text that the plan was made from; a file that changed since is refused. */
export function sheetWriter({ awsConfig: snapshot, sides }: Survey, { shell, sources }: Session): SheetWriter {
  return async (operations) => {
    const before = snapshot.text ?? ''
    const text = awsConfig.edit(before, operations, sides.facts.owner, snapshot.path)
    // What the tool itself wrote from nothing is no loss; anything else is kept once, as it was before the first change.
    const backup = snapshot.text !== undefined && !holdsOnlyMarked(parseConfig(before, snapshot.path))
    const replaced = await replaceTextFile(snapshot, text, { machine: shell.machine, backup })
    reportDiagnostics(shell, replaced.warnings, sources)
    return { type: 'file', path: snapshot.path, ...(replaced.backup ? { backup: replaced.backup } : {}) }
  }
}
