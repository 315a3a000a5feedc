import { dirname } from 'node:path'
import { errorCode, type Machine } from './disk.ts'
import type { FileSnapshot } from './file.ts'
import { createTemporary, dropTemporary, releaseTemporary } from './temporary.ts'
import { advice, refuseFile } from './trouble.ts'

/** What a file is to be: its text, and the snapshot whose mode and owner it takes over. */
export interface Content {
  readonly text: string
  readonly like: FileSnapshot
  /** Mode when the snapshot has none. */
  readonly newMode?: number
}

const NEW_FILE = 0o600

/**
 * Puts a file with this content in place by one rename, and makes that last through a power failure. `ready` runs when
 * the content is complete beside the place, with the path it has there; when it throws, nothing has happened.
 */
export async function install(
  place: string,
  content: Content,
  machine: Machine,
  ready: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = await writeTemporary(place, content, machine)
  try {
    await ready(temporary)
    await machine.files.rename(temporary, place)
    releaseTemporary(temporary)
  } catch (cause) {
    await dropTemporary(temporary, machine)
    throw cause
  }
  await syncFolder(dirname(place), machine)
}

/** A complete, synced file beside `place`, with mode and owner set before it holds any content. */
async function writeTemporary(place: string, content: Content, machine: Machine): Promise<string> {
  const { path, handle } = await createTemporary(place, machine)
  try {
    const { owner, mode } = content.like
    const made = await handle.stat()
    if (owner && (owner.uid !== made.uid || owner.gid !== made.gid))
      await keepOwner(() => handle.chown(owner.uid, owner.gid), content.like)
    await handle.chmod(mode ?? content.newMode ?? NEW_FILE)
    await handle.writeFile(content.text, 'utf8')
    await handle.sync()
    await handle.close()
    return path
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
      advice(target, `make it yours: sudo chown "$(id -u):$(id -g)" '${target}'`),
    )
  }
}

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
