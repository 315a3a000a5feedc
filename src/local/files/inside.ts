import type { Stats } from 'node:fs'
import * as files from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { failure, mustBeFile, readBytes } from './bytes.ts'
import { errorCode, ifExists } from './disk.ts'

type Handle = Awaited<ReturnType<typeof files.open>>

/**
 * Reads a file that another one names, relative to its folder, if it is inside that folder once all links are resolved. Where the other
 * one is a link, as dotfiles managers make them, both the folder of the link and the folder of the file it leads to count. What is
 * compared is the file that was opened. Throws an error with the code `EOUTSIDE` for anything that leads out, or what readBytes throws.
 */
export async function readInside(from: string, named: string, limit: number): Promise<Buffer> {
  const folders = await foldersOf(from)
  const candidates = [...new Set(folders.map(({ written }) => resolve(written, named)))]
  const path = await firstThere(candidates)
  const roots = folders.map(({ real }) => real)
  if (path === undefined) throw missing(candidates.some((one) => isWithin(folders.flatMap(Object.values), one)))
  await mustBeInside(path, roots)
  const { bytes } = await readBytes(path, { limit, check: (handle) => mustBeOpenedInside(handle, path, roots) })
  return bytes
}

interface Folder {
  readonly written: string
  readonly real: string
}

async function foldersOf(from: string): Promise<readonly Folder[]> {
  const written = resolve(dirname(from))
  const target = await ifExists(files.realpath(from))
  const own = { written, real: await files.realpath(written) }
  return target === undefined ? [own] : [own, { written: dirname(target), real: dirname(target) }]
}

async function firstThere(candidates: readonly string[]): Promise<string | undefined> {
  for (const one of candidates) if (await ifExists(files.lstat(one))) return one
  return undefined
}

// What does not exist outside must look like what does.
function missing(isInside: boolean): Error {
  return isInside ? failure('ENOENT', 'does not exist') : outside()
}

function outside(): Error {
  return failure('EOUTSIDE', 'leads out of the folder')
}

function isWithin(roots: readonly string[], path: string): boolean {
  return roots.some((root) => {
    const way = relative(root, path)
    return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
  })
}

// Opening a device can do something, so this is asked before as well.
async function mustBeInside(path: string, roots: readonly string[]): Promise<{ real: string; stats: Stats }> {
  const real = await files.realpath(path)
  if (!isWithin(roots, real)) throw outside()
  const stats = await files.lstat(real)
  mustBeFile(stats)
  return { real, stats }
}

async function mustBeOpenedInside(handle: Handle, path: string, roots: readonly string[]): Promise<void> {
  const opened = await openedAt(handle)
  if (opened !== undefined) {
    if (!isWithin(roots, opened)) throw outside()
    return
  }
  const [one, { stats: other }] = [await handle.stat(), await mustBeInside(path, roots)]
  if (one.dev !== other.dev || one.ino !== other.ino) throw outside()
}

/** Where the system says that an open file is; undefined where it does not say. */
async function openedAt({ fd }: Handle): Promise<string | undefined> {
  try {
    return await files.readlink(join('/proc/self/fd', String(fd)))
  } catch (cause) {
    if (errorCode(cause) === undefined) throw cause
    return undefined
  }
}
