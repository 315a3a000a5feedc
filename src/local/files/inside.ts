import type { Stats } from 'node:fs'
import * as files from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { failure, mustBeFile, type Opened, readBytes } from './bytes.ts'
import { errorCode, ifExists } from './disk.ts'

/**
 * Reads a file that another one names, relative to its folder, if it is inside that folder once all links are resolved. Where the other
 * one is a link, as dotfiles managers make them, both the folder of the link and the folder of the file it leads to count. What is
 * compared is the file that was opened. Throws an error with the code `EOUTSIDE` for anything that leads out, whether it exists or not,
 * or what readBytes throws.
 */
export async function readInside(from: string, named: string, limit: number): ReturnType<typeof readBytes> {
  const { path, roots } = await placeInside(from, named)
  await mustBeInside(path, roots)
  return readBytes(path, { limit, check: (handle) => mustBeOpenedInside(handle, path, roots) })
}

/** Something in a folder. What a link leads to is not looked at. */
export interface FolderEntry {
  readonly name: string
  readonly is: 'file' | 'folder' | 'link'
}

/** Lists a folder that a file names, under the rules of `readInside`; its own folder is `.`. */
export async function listInside(from: string, named: string): Promise<readonly FolderEntry[]> {
  const { path, roots } = await placeInside(from, named)
  if (!isAt(roots, await files.realpath(path))) throw outside()
  const entries = await files.readdir(path, { withFileTypes: true })
  return entries.map((one) => ({
    name: one.name,
    is: one.isSymbolicLink() ? 'link' : one.isDirectory() ? 'folder' : 'file',
  }))
}

/** Where something is that a file names, and the folders that it has to be in. */
async function placeInside(from: string, named: string) {
  const folders = await foldersOf(from)
  const candidates = [...new Set(folders.map(({ written }) => resolve(written, named)))]
  const roots = folders.map(({ real }) => real)
  const inside = await filter(candidates, async (one) => isAt(roots, await leadsTo(one)))
  const [path] = await filter(inside, async (one) => (await ifExists(files.lstat(one))) !== undefined)
  if (path === undefined) throw inside.length > 0 ? failure('ENOENT', 'does not exist') : outside()
  return { path, roots }
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

async function filter<T>(list: readonly T[], isFit: (one: T) => Promise<boolean>): Promise<readonly T[]> {
  const fits = await Promise.all(list.map(isFit))
  return list.filter((_one, index) => fits[index])
}

/** As many links as systems follow. */
const mostLinks = 40

/**
 * Where a path leads once its links are followed as far as they lead, whether anything is there or not: by what is told of a place outside,
 * nobody may learn what is there. Throws the system's error only for links that go round in a circle.
 */
async function leadsTo(path: string, links = mostLinks): Promise<string> {
  const real = await files.realpath(path).catch(() => undefined)
  if (real !== undefined || path === dirname(path)) return real ?? path
  const target = await files.readlink(path).catch(() => undefined)
  if (target === undefined) return join(await leadsTo(dirname(path), links), basename(path))
  if (links === 0) throw failure('ELOOP', 'is a symbolic link loop')
  return leadsTo(resolve(await leadsTo(dirname(path), links - 1), target), links - 1)
}

function outside(): Error {
  return failure('EOUTSIDE', 'points outside the folder')
}

/** Within one of the folders, or one of them itself. */
function isAt(roots: readonly string[], path: string): boolean {
  return roots.includes(path) || isWithin(roots, path)
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

async function mustBeOpenedInside(handle: Opened, path: string, roots: readonly string[]): Promise<void> {
  const opened = await openedAt(handle)
  if (opened !== undefined) {
    if (!isWithin(roots, opened)) throw outside()
    return
  }
  const [one, { stats: other }] = [await handle.stat(), await mustBeInside(path, roots)]
  if (one.dev !== other.dev || one.ino !== other.ino) throw outside()
}

/** Where the system says that an open file is; undefined where it does not say. */
async function openedAt({ fd }: Opened): Promise<string | undefined> {
  try {
    return await files.readlink(join('/proc/self/fd', String(fd)))
  } catch (cause) {
    if (errorCode(cause) === undefined) throw cause
    return undefined
  }
}
