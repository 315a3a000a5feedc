import { kindNames, localKinds } from '../kinds/index.ts'
import type { LocalFile, LocalFileName } from '../kinds/local-file.ts'
import { localFiles } from '../kinds/local-files.ts'
import { type FileSnapshot, readTextFile } from '../local/files/file.ts'
import { asWarning, type Diagnostic, Refusal } from '../model/diagnostic.ts'
import type { Facts } from '../model/facts.ts'
import type { KindName } from '../model/specs.ts'
import type { State } from '../model/state.ts'
import type { Session } from '../session/runtime.ts'
import type { ObserveOptions } from './observe-cloud.ts'

/** The files of this machine that the manifest has to do with. */
interface ObservedFiles {
  readonly files: ReadonlyMap<LocalFileName, FileSnapshot>
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads the files of this machine, each once; none where nothing that is planned lives in one. */
export async function readFiles(session: Session, viewing: ObserveOptions = {}): Promise<ObservedFiles> {
  const { selected, manifest } = session
  const names = new Set(localKinds.flatMap((kind) => (selected.has(kind.name) ? kind.files : [])))
  const concerned = [...names]
    .map((name) => localFiles[name])
    .filter((file) => file.concerns(manifest.manifest) !== 'no')
  const all = isCloudAlone(session, viewing) ? [] : concerned
  const read = await Promise.all(all.map(async (file) => [file.name, await readSheet(file, session)] as const))
  return {
    files: new Map(read.flatMap(([name, one]) => ('path' in one ? [[name, one]] : []))),
    diagnostics: read.flatMap(([, one]) => ('path' in one ? [] : one)),
  }
}

// A broken file must not stand in the way of what needs none: one user's access, or targets in the cloud.
function isCloudAlone({ options: { target = [] } }: Session, { user }: ObserveOptions): boolean {
  const isCloud = (address: string) => kindNames.some((name) => address.startsWith(`${name}/`) && !isLocal(name))
  return user !== undefined || (target.length > 0 && target.every(isCloud))
}

function isLocal(name: KindName): boolean {
  return localKinds.some((kind) => kind.name === name)
}

// A file the manifest wants nothing in can at most hold something of ours from before: that alone must not stop a run.
async function readSheet(file: LocalFile, { env, home, manifest }: Session): Promise<FileSnapshot | Diagnostic[]> {
  try {
    const snapshot = await readTextFile(file.path({ env, home }))
    for (const kind of localKinds)
      if (kind.files.includes(file.name)) kind.live(snapshot.text ?? '', snapshot.path, file.name, '')
    return snapshot
  } catch (thrown) {
    if (file.concerns(manifest.manifest) === 'yes' || !(thrown instanceof Refusal)) throw thrown
    return thrown.diagnostics.map(asWarning)
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
