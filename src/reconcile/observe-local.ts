import { kindNames, localKinds } from '../kinds/index.ts'
import type { LocalFile, LocalFileName } from '../kinds/local-file.ts'
import { localFiles } from '../kinds/local-files.ts'
import { type FileSnapshot, readTextFile } from '../local/files/file.ts'
import { asWarning, type Diagnostic, Refusal } from '../model/diagnostic.ts'
import type { Facts } from '../model/facts.ts'
import type { KindName } from '../model/specs.ts'
import { type State, withEntry } from '../model/state.ts'
import type { Session } from '../session/runtime.ts'
import type { ObserveOptions } from './observe-cloud.ts'

/** The files of this machine that the manifest has to do with. */
interface ObservedFiles {
  readonly files: ReadonlyMap<LocalFileName, FileSnapshot>
  readonly diagnostics: readonly Diagnostic[]
  /** Those that could not be read, whether anything is to be in them or not. */
  readonly missed: ReadonlySet<LocalFileName>
  /** Start-up files that are to hold something and could not be read, with why. */
  readonly unread: ReadonlyMap<LocalFileName, readonly Diagnostic[]>
}

/**
 * Reads the files of this machine, each once; none where nothing that is planned lives in one. `paths` says where those are that shells were asked
 * about.
 */
export async function readFiles(
  session: Session,
  viewing: ObserveOptions = {},
  paths: ReadonlyMap<LocalFileName, string> = new Map(),
): Promise<ObservedFiles> {
  const {
    selected,
    manifest: { manifest },
  } = session
  const asked = new Set(localKinds.flatMap((kind) => (selected.has(kind.name) ? kind.files : [])))
  const isDesired = (name: LocalFileName) => asked.has(name) && localFiles[name].concerns(manifest) === 'yes'
  const names = new Set([...asked, ...filesBefore(selected)])
  const concerned = [...names].map((name) => localFiles[name]).filter((file) => file.concerns(manifest) !== 'no')
  const all = isCloudAlone(session, viewing) ? [] : concerned
  const read = await Promise.all(
    all.map(async (file) => [file.name, await readSheet(file, isDesired(file.name), session, paths)] as const),
  )
  return {
    files: new Map(read.flatMap(([name, one]) => ('path' in one ? [[name, one]] : []))),
    diagnostics: read.flatMap(([name, one]) => ('path' in one || isDesired(name) ? [] : one)),
    missed: new Set(read.flatMap(([name, one]) => ('path' in one ? [] : [name]))),
    unread: new Map(read.flatMap(([name, one]) => ('path' in one || !isDesired(name) ? [] : [[name, one]]))),
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

/** Files of kinds that come before those selected: a block in a start-up file is judged by the profile it names. */
function filesBefore(selected: Session['selected']): readonly LocalFileName[] {
  const before = new Set(localKinds.flatMap(({ name, after }) => (selected.has(name) ? after : [])))
  return localKinds.flatMap(({ name, files }) => (before.has(name) ? files : []))
}

// A file the manifest wants nothing in can at most hold something of ours from before: that alone must not stop a run. Nor must a
// start-up file, which nothing else needs.
async function readSheet(
  file: LocalFile,
  isDesired: boolean,
  { env, home }: Session,
  paths: ReadonlyMap<LocalFileName, string>,
): Promise<FileSnapshot | Diagnostic[]> {
  try {
    const snapshot = await readTextFile(paths.get(file.name) ?? file.path({ env, home }))
    return isDesired ? snapshot : understood(file, snapshot)
  } catch (thrown) {
    const isNeeded = isDesired && !file.startup
    if (isNeeded || !(thrown instanceof Refusal)) throw thrown
    return thrown.diagnostics.map(asWarning)
  }
}

/** What was read, where the kinds that live in it can make something of it. Throws a Refusal where they cannot. */
function understood(file: LocalFile, snapshot: FileSnapshot): FileSnapshot {
  for (const kind of localKinds)
    if (kind.files.includes(file.name)) kind.live(snapshot.text ?? '', snapshot.path, file.name, '')
  return snapshot
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
