import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { refusedWith } from '../../model/diagnostic.ts'
import type { Environment } from '../aws-config/paths.ts'
import { type FileSystem, ifExists, type Machine } from './disk.ts'
import { type FileSnapshot, readTextFile } from './file.ts'
import { install } from './install.ts'
import { runningRivals } from './temporary.ts'

/** Where backups go. */
export interface BackupPlaces {
  readonly home: string
  /** Folder for backups that must not lie beside their file. */
  readonly elsewhere: string
}

/** A backup that is due before a change. */
export interface Backup extends BackupPlaces {
  /** Texts that the change takes away: a new backup is made where no earlier one has them all. None: one backup is enough for ever. */
  readonly holds: readonly string[]
}

/** Where backups of this person go: `sso-reconcile/backups` below XDG_STATE_HOME or `~/.local/state`. */
export function backupPlaces(env: Environment, home: string): BackupPlaces {
  const named = env.XDG_STATE_HOME
  // A relative one counts as unset: XDG Base Directory Specification.
  const state = named && isAbsolute(named) ? named : join(home, '.local', 'state')
  return { home, elsewhere: join(state, 'sso-reconcile', 'backups') }
}

const SUFFIX = '.before-sso-reconcile'

/** Content of a file before a change of this tool: a file beside the path (and so beside a link). */
export function backupPath(path: string): string {
  return `${path}${SUFFIX}`
}

const OWN_FOLDER = 0o700

/** Keeps the content of a file before a change; gives the path of the copy when one was made, undefined when an earlier one will do. */
export async function backUp(snapshot: FileSnapshot, backup: Backup, machine: Machine): Promise<string | undefined> {
  if (!snapshot.text) return undefined
  const isBeside = await mayLieBeside(snapshot.path, backup.home, machine.files)
  const first = isBeside ? backupPath(snapshot.path) : join(backup.elsewhere, fileName(snapshot.path))
  const place = await freePlace(first, backup.holds, machine)
  if (place === undefined) return undefined
  if (!isBeside) await machine.files.mkdir(backup.elsewhere, { recursive: true, mode: OWN_FOLDER })
  const like = isBeside ? snapshot : { path: place, target: place, text: undefined }
  await install(place, { text: snapshot.text, like }, machine, async (temporary) => {
    await runningRivals(place, temporary, machine)
  })
  return place
}

/** The first free name; undefined where the backups there are hold everything. */
async function freePlace(first: string, holds: readonly string[], machine: Machine): Promise<string | undefined> {
  let missing = holds
  for (let number = 1; ; number += 1) {
    const place = number === 1 ? first : `${first}.${number}`
    if (!(await ifExists(machine.files.lstat(place)))) return place
    const held = await textAt(place, machine.files)
    missing = missing.filter((text) => !held.includes(text))
    if (missing.length === 0) return undefined
  }
}

async function textAt(place: string, files: FileSystem): Promise<string> {
  try {
    return (await readTextFile(place, files)).text ?? ''
  } catch (thrown) {
    // A folder, a pipe or other bytes under the name: it holds nothing that was ours to keep.
    if (refusedWith(thrown, 'file-not-regular') || refusedWith(thrown, 'file-not-utf8')) return ''
    throw thrown
  }
}

/** Names that version control gives the folder it keeps at the top of a working tree. */
const CONTROLLED = ['.git', '.hg', '.jj', '.svn'] as const

/**
 * False where a copy beside the file would land in somebody's repository, as that of dotfiles: where its folder is reached through a
 * link of the person's, or lies in a working tree. Links above the home do not count, nor does a home that is a working tree as a whole.
 */
async function mayLieBeside(path: string, home: string, files: FileSystem): Promise<boolean> {
  const folder = dirname(resolve(path))
  const [real, realHome] = [await files.realpath(folder), (await ifExists(files.realpath(home))) ?? home]
  const below = relative(home, folder)
  const isInHome = below !== '..' && !below.startsWith('../') && !isAbsolute(below)
  if (real !== (isInHome ? join(realHome, below) : folder)) return false
  for (let at = real; at !== realHome; at = dirname(at)) {
    for (const name of CONTROLLED) if (await ifExists(files.lstat(join(at, name)))) return false
    if (at === dirname(at)) break
  }
  return true
}

/** The whole path as one name, as editors name what they keep elsewhere. */
function fileName(path: string): string {
  return `${resolve(path).replaceAll('/', '%')}${SUFFIX}`
}
