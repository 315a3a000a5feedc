import type { FileWriter } from '../apply/file-writer.ts'
import { localFiles } from '../kinds/local-files.ts'
import { backupPlaces } from '../local/files/backup.ts'
import { replaceTextFile } from '../local/files/replace.ts'
import { reportDiagnostics } from '../session/diagnostics.ts'
import type { Session } from '../session/runtime.ts'
import type { Observed } from './observe.ts'

/** Writes a file of this machine once, on the text that the plan was made from; a file that changed since is refused. */
export function fileWriter({ files, input }: Observed, { runtime, sources, env, home }: Session): FileWriter {
  return async (name, operations) => {
    const snapshot = files.get(name)
    if (!snapshot) throw new Error(`${name} was planned without being read`)
    const file = localFiles[name]
    const before = snapshot.text ?? ''
    const { owner } = input.facts
    const text = file.edit(before, operations, owner, snapshot.path)
    // What the tool itself wrote is no loss. Anything else is kept once, as it was before the first change, and again before it goes.
    const isOurs = snapshot.text === undefined || file.isOurs(before, snapshot.path)
    const holds = file.takesAway?.(before, operations, owner, snapshot.path) ?? []
    const backup = isOurs ? (false as const) : { ...backupPlaces(env, home), holds }
    const replaced = await replaceTextFile(snapshot, text, { machine: runtime.machine, backup, newMode: file.newMode })
    reportDiagnostics(runtime, replaced.warnings, sources)
    return { type: 'file', path: snapshot.path, ...(replaced.backup ? { backup: replaced.backup } : {}) }
  }
}
