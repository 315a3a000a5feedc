import { localKinds } from '../kinds/index.ts'
import type { LocalKind } from '../kinds/kind.ts'
import type { LocalFileName } from '../kinds/local-file.ts'
import type { FileText, NotesContext } from '../kinds/notes.ts'
import { readTextFile } from '../local/files/file.ts'
import type { Address } from '../model/address.ts'
import { type Diagnostic, Refusal } from '../model/diagnostic.ts'
import type { Session } from '../session/runtime.ts'

/** What was read and what is desired. */
type Seen = Pick<NotesContext, 'desired' | 'live' | 'facts'>

/** What a person has to know about this machine although no plan changes it, kind by kind. */
export async function machineNotes(
  session: Session,
  files: ReadonlyMap<LocalFileName, FileText>,
  seen: Seen,
): Promise<Diagnostic[]> {
  const all = localKinds.filter(({ name, notes }) => notes && session.selected.has(name))
  const told = await Promise.all(
    all.map(async (kind) => kind.notes?.(await contextOf(kind, session, files, seen)) ?? []),
  )
  return told.flat()
}

/** What will not be as desired once a plan is carried out, kind by kind; `files` as they will be. */
export async function machineProofs(
  session: Session,
  files: ReadonlyMap<LocalFileName, FileText>,
  seen: Seen,
  isSettled: (at: Address) => boolean,
): Promise<Diagnostic[]> {
  const all = localKinds.filter(({ name, proof }) => proof && session.selected.has(name))
  const told = await Promise.all(
    all.map(async (kind) => kind.proof?.({ ...(await contextOf(kind, session, files, seen)), isSettled }) ?? []),
  )
  return told.flat()
}

async function contextOf(
  { name, readsBeside }: LocalKind,
  { env, home, manifest }: Session,
  files: ReadonlyMap<LocalFileName, FileText>,
  seen: Seen,
): Promise<NotesContext> {
  const isDesired = seen.desired[name].size > 0
  const paths = unlessRefused(() => readsBeside?.({ env, home }, seen.desired[name]) ?? [], isDesired)
  const beside = await Promise.all(paths.map(textOf))
  return { ...seen, manifest, env, file: (one) => files.get(one), beside }
}

// A path that nobody can follow must not stand in the way of what needs no file.
function unlessRefused(paths: () => readonly string[], isDesired: boolean): readonly string[] {
  try {
    return paths()
  } catch (thrown) {
    if (isDesired || !(thrown instanceof Refusal)) throw thrown
    return []
  }
}

// Nothing is written to these files: whoever relies on one says what it means that it cannot be read.
async function textOf(path: string): Promise<FileText> {
  try {
    return { path, text: (await readTextFile(path)).text }
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    return { path, text: undefined, refused: thrown.diagnostics }
  }
}
