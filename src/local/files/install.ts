import type { FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { errorCode, type Machine } from './disk.ts'
import type { FileSnapshot } from './file.ts'
import { octal } from './replaceable.ts'
import { createTemporary, dropTemporary, releaseTemporary } from './temporary.ts'
import { advice, refuseFile } from './trouble.ts'

/** What a file is to be: its text, and the snapshot whose mode, owner and attributes it takes over. */
export interface Content {
  readonly text: string
  readonly like: FileSnapshot
  /** Mode when the snapshot has none. */
  readonly newMode?: number
}

/** Mode of a file that did not exist: only its owner reads it. */
export const NEW_FILE = 0o600

/**
 * Puts a file with this content in place by one rename, makes that last through a power failure, and gives the permission bits it has.
 * `ready` runs when the content is complete beside the place, with the path it has there; when it throws, nothing has happened.
 */
export async function install(
  place: string,
  content: Content,
  machine: Machine,
  ready: (temporary: string) => Promise<void>,
): Promise<number> {
  const { path: temporary, mode } = await writeTemporary(place, content, machine)
  try {
    await ready(temporary)
    await machine.files.rename(temporary, place)
    releaseTemporary(temporary)
  } catch (cause) {
    await dropTemporary(temporary, machine)
    throw cause
  }
  await syncFolder(dirname(place), machine)
  return mode
}

/** A complete, synced file beside `place`, with owner, attributes and mode set before it holds any content. */
async function writeTemporary(
  place: string,
  content: Content,
  machine: Machine,
): Promise<{ readonly path: string; readonly mode: number }> {
  const { path, handle } = await createTemporary(place, machine)
  try {
    const { owner } = content.like
    const made = await handle.stat()
    if (owner && (owner.uid !== made.uid || owner.gid !== made.gid))
      await keepOwner(() => handle.chown(owner.uid, owner.gid), content.like)
    if (content.like.text !== undefined) await keepAttributes(path, content.like, machine)
    const mode = await giveMode(handle, content)
    await handle.truncate(0)
    await handle.writeFile(content.text, 'utf8')
    await handle.sync()
    await handle.close()
    return { path, mode }
  } catch (cause) {
    await handle.close()
    await dropTemporary(path, machine)
    throw cause
  }
}

async function keepOwner(chown: () => Promise<void>, snapshot: FileSnapshot): Promise<void> {
  try {
    await chown()
  } catch {
    const { path, target, owner } = snapshot
    const found = `belongs to user ${owner?.uid} and group ${owner?.gid}, and replacing it would change that`
    throw refuseFile(
      'file-other-owner',
      path,
      target,
      found,
      advice(target, `take ownership: sudo chown "$(id -u):$(id -g)" '${target}'`),
    )
  }
}

async function keepAttributes(temporary: string, snapshot: FileSnapshot, machine: Machine): Promise<void> {
  const { path, target } = snapshot
  if (await machine.copyAttributes(target, temporary)) return
  const found = 'has an access control list or extended attributes, and replacing it would lose them'
  const hint = `show them with ls -l, getfacl or getfattr; to continue, remove them (setfacl -b '${target}'), then run this again`
  throw refuseFile('file-attributes', path, target, found, advice(target, hint))
}

/** Sets the mode unless the file has it: some file systems take no change of it, not even to what it is. */
async function giveMode(handle: FileHandle, { like, newMode }: Content): Promise<number> {
  const mode = like.mode ?? newMode ?? NEW_FILE
  const made = (await handle.stat()).mode & 0o7777
  if (made === mode) return mode
  try {
    await handle.chmod(mode)
    return mode
  } catch (cause) {
    if (!NO_MODES.has(errorCode(cause) ?? '')) throw cause
    if (like.mode === undefined) return made
    const found = `has mode ${octal(mode)}, which its file system cannot give to a new file; replacing it would change that`
    throw refuseFile('file-mode', like.path, like.target, found, advice(like.target, 'move it to another file system'))
  }
}

/** Codes of file systems that keep no permission bits. */
const NO_MODES = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL'])

/** Codes of file systems that cannot sync a folder; the rename is atomic there all the same. */
const CANNOT_SYNC = new Set(['EINVAL', 'ENOTSUP', 'EISDIR', 'EPERM', 'EACCES', 'EBADF'])

async function syncFolder(folder: string, machine: Machine): Promise<void> {
  try {
    const handle = await machine.files.open(folder, 'r')
    await handle.sync().finally(() => handle.close())
  } catch (cause) {
    if (!CANNOT_SYNC.has(errorCode(cause) ?? '')) throw cause
  }
}
