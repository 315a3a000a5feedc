import { localKinds } from '../kinds/index.ts'
import type { LocalKind } from '../kinds/kind.ts'
import type { LocalFileName } from '../kinds/local-file.ts'
import type { FileText, NotesContext } from '../kinds/notes.ts'
import { readTextFile } from '../local/files/file.ts'
import type { Address } from '../model/address.ts'
import { type Diagnostic, Refusal } from '../model/diagnostic.ts'
import type { KindName } from '../model/specs.ts'
import type { State } from '../model/state.ts'
import type { Session } from '../session/runtime.ts'

/** What was read and what is desired. */
export type Seen = Pick<NotesContext, 'desired' | 'live' | 'facts' | 'shells'>

/** Files that kinds read for what they say and never write, by kind. */
export type Beside = ReadonlyMap<KindName, readonly FileText[]>

/** Reads them, once a look. */
export async function readBeside({ env, home, selected }: Session, desired: State): Promise<Beside> {
  const all = localKinds.filter(({ name, notes, proof }) => (notes || proof) && selected.has(name))
  const read = all.map(async ({ name, readsBeside }) => {
    const isDesired = desired[name].size > 0
    const paths = unlessRefused(() => readsBeside?.({ env, home }, desired[name]) ?? [], isDesired)
    return [name, await Promise.all(paths.map(textOf))] as const
  })
  return new Map(await Promise.all(read))
}

/** What a person has to know about this machine although no plan changes it, kind by kind. Pure. */
export function machineNotes(session: Session, files: Files, beside: Beside, seen: Seen): readonly Diagnostic[] {
  return selectedKinds(session).flatMap((kind) => kind.notes?.(contextOf(kind, session, files, beside, seen)) ?? [])
}

/** What will not be as desired once a plan is carried out, kind by kind; `files` as they will be. Pure. */
export function machineProofs(
  session: Session,
  files: Files,
  beside: Beside,
  seen: Seen,
  isSettled: (at: Address) => boolean,
): readonly Diagnostic[] {
  return selectedKinds(session).flatMap(
    (kind) => kind.proof?.({ ...contextOf(kind, session, files, beside, seen), isSettled }) ?? [],
  )
}

type Files = ReadonlyMap<LocalFileName, FileText>

function selectedKinds({ selected }: Session): readonly LocalKind[] {
  return localKinds.filter(({ name }) => selected.has(name))
}

function contextOf(
  { name }: LocalKind,
  { env, manifest }: Session,
  files: Files,
  beside: Beside,
  seen: Seen,
): NotesContext {
  return { ...seen, manifest, env, file: (one) => files.get(one), beside: beside.get(name) ?? [] }
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
