import { localKinds } from '../kinds/index.ts'
import type { LocalFileName } from '../kinds/local-file.ts'
import type { FileText, NotesContext } from '../kinds/notes.ts'
import { type FileSnapshot, readTextFile } from '../local/files/file.ts'
import { type Diagnostic, Refusal } from '../model/diagnostic.ts'
import type { Session } from '../session/runtime.ts'

/** What was read and what is desired. */
type Seen = Pick<NotesContext, 'desired' | 'live' | 'facts'>

/** What a person has to know about this machine although no plan changes it, kind by kind. */
export async function machineNotes(
  { env, home, selected, manifest }: Session,
  files: ReadonlyMap<LocalFileName, FileSnapshot>,
  seen: Seen,
): Promise<Diagnostic[]> {
  const speaking = localKinds.filter(({ name, notes }) => notes && selected.has(name))
  const told = await Promise.all(
    speaking.map(async ({ name, notes, readsBeside }) => {
      const beside = await Promise.all((readsBeside?.({ env, home }, seen.desired[name]) ?? []).map(textOf))
      return notes?.({ ...seen, manifest, env, file: (one) => files.get(one), beside }) ?? []
    }),
  )
  return told.flat()
}

// Nothing is written to these files, so one that cannot be read is nobody's concern here.
async function textOf(path: string): Promise<FileText> {
  try {
    return { path, text: (await readTextFile(path)).text }
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    return { path, text: undefined, unreadable: true }
  }
}
