import { localKinds } from '../kinds/index.ts'
import type { LocalFile, LocalFileName } from '../kinds/local-file.ts'
import { localFiles } from '../kinds/local-files.ts'
import { type FileSnapshot, readTextFile } from '../local/files/file.ts'
import type { Manifest } from '../manifest/types.ts'
import { type Diagnostic, Refusal } from '../model/diagnostic.ts'
import type { Facts } from '../model/facts.ts'
import { type State, withEntry } from '../model/state.ts'
import type { Session } from '../session/runtime.ts'

/** The files of this machine that the manifest has to do with. */
interface ObservedFiles {
  readonly files: ReadonlyMap<LocalFileName, FileSnapshot>
  readonly diagnostics: readonly Diagnostic[]
  /** Start-up files that are to hold something and could not be read, with why. */
  readonly unread: ReadonlyMap<LocalFileName, readonly Diagnostic[]>
}

/** Reads the files of this machine, each once; `paths` says where those are that shells were asked about. */
export async function readFiles(
  { env, home, selected, manifest }: Session,
  paths: ReadonlyMap<LocalFileName, string>,
): Promise<ObservedFiles> {
  const placed = (file: LocalFile) => paths.get(file.name) ?? file.path({ env, home })
  const names = new Set(localKinds.flatMap((kind) => (selected.has(kind.name) ? kind.files : [])))
  const all = [...names].map((name) => localFiles[name]).filter((file) => file.concerns(manifest.manifest) !== 'no')
  const read = await Promise.all(
    all.map(async (file) => [file.name, await readSheet(file, placed(file), manifest.manifest)] as const),
  )
  return {
    files: new Map(read.flatMap(([name, one]) => ('path' in one ? [[name, one]] : []))),
    diagnostics: read.flatMap(([name, one]) => ('path' in one || isDesired(name, manifest.manifest) ? [] : one)),
    unread: new Map(
      read.flatMap(([name, one]) => ('path' in one || !isDesired(name, manifest.manifest) ? [] : [[name, one]])),
    ),
  }
}

function isDesired(name: LocalFileName, manifest: Manifest): boolean {
  return localFiles[name].concerns(manifest) === 'yes'
}

// A file the manifest wants nothing in can at most hold something of ours from before: that alone must not stop a run. Nor must a
// start-up file, which nothing else needs.
async function readSheet(file: LocalFile, path: string, manifest: Manifest): Promise<FileSnapshot | Diagnostic[]> {
  try {
    return await readTextFile(path)
  } catch (thrown) {
    const isNeeded = file.concerns(manifest) === 'yes' && !file.startup
    if (isNeeded || !(thrown instanceof Refusal)) throw thrown
    return thrown.diagnostics.map((one) => ({ ...one, severity: 'warning' }))
  }
}

/** Things in those files. Pure. */
export function observeFiles(files: ReadonlyMap<LocalFileName, FileSnapshot>, { owner }: Facts): Partial<State> {
  return Object.fromEntries(
    localKinds.map((kind) => {
      const entries = kind.files.flatMap((sheet) => {
        const file = files.get(sheet)
        return file ? [...kind.live(file.text ?? '', file.path, sheet, owner)] : []
      })
      return [kind.name, new Map(entries)]
    }),
  )
}

/** What is desired but for what belongs into files that could not be read, and what is said of that. Pure. */
export function withoutUnread(desired: State, unread: ObservedFiles['unread']) {
  const left = localKinds.flatMap((kind) =>
    [...desired[kind.name].keys()].flatMap((at) => {
      const why = unread.get(kind.fileOf(at))
      return why ? [{ at, diagnostics: why.map((one) => ({ ...one, unmet: at })) }] : []
    }),
  )
  return {
    desired: left.reduce((state, { at }) => withEntry(state, at, undefined), desired),
    diagnostics: left.flatMap(({ diagnostics }) => diagnostics),
  }
}
