import { constants } from 'node:fs'
import { access, lstat, stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { dirname } from 'node:path'
import { type Diagnostic, error, Refusal, refusedWith } from '../../model/diagnostic.ts'
import { errorCode, ifExists, type Machine } from '../files/disk.ts'
import { readTextFile } from '../files/file.ts'
import { install } from '../files/install.ts'
import { runningRivals } from '../files/temporary.ts'
import { fileTrouble } from '../files/trouble.ts'

const ownerOnly = 0o600
const folderOfOwner = 0o700

/**
 * Puts a file in place that nobody but its owner may read, in one step, whatever was there before: the last login counts. Links
 * stay links. Throws a Refusal when the system does not allow it.
 */
export async function replaceSecret(path: string, text: string, machine: Machine): Promise<void> {
  try {
    await machine.files.mkdir(dirname(path), { recursive: true, mode: folderOfOwner })
    const target = (await ifExists(machine.files.realpath(path))) ?? path
    const before = await ifExists(machine.files.stat(target))
    const owner = before && { uid: before.uid, gid: before.gid }
    const like = { path, target, text: undefined, mode: ownerOnly, ...(owner ? { owner } : {}) }
    await install(target, { text, like }, machine, async (temporary) => {
      await runningRivals(target, temporary, machine)
    })
  } catch (cause) {
    throw fileTrouble(cause, 'write', path)
  }
}

/**
 * Why a secret could not be read or replaced at a place, looked up before anybody is asked to sign in for it; undefined when
 * nothing stands in the way. What the file holds does not matter.
 */
export async function secretObstacle(path: string): Promise<Diagnostic | undefined> {
  const unread = await readTextFile(path).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (unread !== undefined && !refusedWith(unread, 'file-not-utf8')) return obstacle(path, unread, 'read')
  const folder = await nearest(dirname(path))
  const closed = await access(folder, constants.W_OK | constants.X_OK).then(
    () => undefined,
    (thrown: unknown) => fileTrouble(thrown, 'write', folder),
  )
  return closed === undefined ? undefined : obstacle(folder, closed, 'written')
}

async function obstacle(place: string, thrown: unknown, need: 'read' | 'written'): Promise<Diagnostic> {
  if (!(thrown instanceof Refusal)) throw thrown
  const [{ code, message, hint = '' }] = thrown.diagnostics as readonly [Diagnostic]
  const owner = await stat(place).then(
    ({ uid }) => uid,
    () => undefined,
  )
  const isOthers = owner !== undefined && owner !== userInfo().uid && code === 'file-eacces'
  const taking = `it belongs to another user (uid ${owner}), perhaps after a login with sudo; take it back: sudo chown -R "$(id -u):$(id -g)" '${place}'`
  const told = code === 'file-erofs' ? readOnly : hint
  return error('login-cache', `the login cache cannot be ${need}: ${message}`, { hint: isOthers ? taking : told })
}

const readOnly =
  'AWS tools keep logins only in the home folder: mount it writable, or log in where it is writable, then run this again'

/** The folder itself, or the nearest one above it that is there, be it a link that leads nowhere. */
async function nearest(folder: string): Promise<string> {
  try {
    await lstat(folder)
    return folder
  } catch (cause) {
    const above = dirname(folder)
    return errorCode(cause) === 'ENOENT' && above !== folder ? nearest(above) : folder
  }
}
