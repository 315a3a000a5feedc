import type { Stats } from 'node:fs'
import * as nodeFiles from 'node:fs/promises'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { readBytes } from './bytes.ts'
import { type FileSystem, ifExists } from './disk.ts'
import { fileTrouble, refuseFile } from './trouble.ts'
import { decodeMarked, decodeText } from './utf8.ts'

/** A text file as it was when it was read. */
export interface FileSnapshot {
  /** The path asked for. */
  readonly path: string
  /** The file itself, after all symbolic links; it may not exist yet. */
  readonly target: string
  /** The content; undefined when the file does not exist. */
  readonly text: string | undefined
  /** Permission bits, owner and number of hard links; absent when the file does not exist. */
  readonly mode?: number
  readonly owner?: { readonly uid: number; readonly gid: number }
  readonly links?: number
  /** The null device: it reads as empty, and what is written to it is gone. */
  readonly discards?: true
  /** How its text was read, where not as usual: it is read so again before it is replaced. */
  readonly reading?: TextReading
}

/** Bytes beyond which a text file is none that people or tools write here. */
const largest = 50_000_000

/** How the bytes of a text file become its text, and how many of them there may be. */
export interface TextReading {
  decode(bytes: Buffer, file: string): string
  readonly limit: number
}

const plain: TextReading = { decode: decodeText, limit: largest }

/** Takes a byte order mark for a character of the text, which is written back. */
export const keepingMark: TextReading = { decode: decodeMarked, limit: largest }

/** As many links as Linux follows before it calls them a loop. */
const MAX_LINKS = 40

/**
 * Reads a UTF-8 text file through its symbolic links. A missing file, also one a link in an existing folder points at,
 * has no text; the null device is empty. Throws a Refusal for a folder, named pipe, socket or other device, a link loop,
 * a dangling link whose folder is missing, an unreadable file, and bytes that are not UTF-8 without byte order mark.
 */
export async function readTextFile(
  path: string,
  files: FileSystem = nodeFiles,
  reading: TextReading = plain,
): Promise<FileSnapshot> {
  const { decode, limit } = reading
  try {
    const { target, stats } = await followLinks(path, files)
    if (stats === undefined) return { path, target, text: undefined }
    if (await isNullDevice(stats, files)) return { path, target, text: '', discards: true }
    const kind = specialKind(stats)
    if (kind)
      throw refuseFile(
        'file-not-regular',
        path,
        target,
        `is a ${kind}; expected a file`,
        'move it away, then run this again',
      )
    const { bytes, mode, uid, gid, nlink } = await readAll(target, limit, files)
    return {
      path,
      target,
      text: decode(bytes, path),
      mode: mode & 0o7777,
      owner: { uid, gid },
      links: nlink,
      ...(reading === plain ? {} : { reading }),
    }
  } catch (cause) {
    throw fileTrouble(cause, 'read', path)
  }
}

/** True for a pipe, socket or device, which a program that only opens and reads may wait for. Never throws. */
export async function mayHoldUp(path: string, files: FileSystem = nodeFiles): Promise<boolean> {
  const stats = await files.stat(path).catch(() => undefined)
  if (!stats || stats.isFile() || stats.isDirectory()) return false
  return !(await isNullDevice(stats, files))
}

/** Where a path leads. Folders are resolved by the system; only the last part is followed here, as it may not exist. */
async function followLinks(path: string, files: FileSystem): Promise<{ target: string; stats: Stats | undefined }> {
  let next = path
  for (let links = 0; links <= MAX_LINKS; links += 1) {
    const folder = await ifExists(files.realpath(dirname(next)))
    if (folder === undefined) {
      if (links === 0)
        return { target: join(await futurePlace(dirname(next), files), basename(next)), stats: undefined }
      const hint = `create ${dirname(next)} or remove the link`
      throw refuseFile('file-dangling-link', path, next, 'points into a folder that does not exist', hint)
    }
    const place = join(folder, basename(next))
    const stats = await ifExists(files.lstat(place))
    if (!stats?.isSymbolicLink()) return { target: place, stats }
    const link = await files.readlink(place)
    next = isAbsolute(link) ? link : `${folder}/${link}`
  }
  throw refuseFile('file-eloop', path, path, 'is a symbolic link loop', 'remove the link or point it at a real file')
}

/** Where a folder that does not exist will be, once the folders below the nearest existing one are made. */
async function futurePlace(folder: string, files: FileSystem): Promise<string> {
  const place = await ifExists(files.realpath(folder))
  return place ?? join(await futurePlace(dirname(folder), files), basename(folder))
}

const SPECIAL: readonly (readonly [(stats: Stats) => boolean, string])[] = [
  [(stats) => stats.isDirectory(), 'folder'],
  [(stats) => stats.isFIFO(), 'named pipe'],
  [(stats) => stats.isSocket(), 'socket'],
  [(stats) => stats.isBlockDevice() || stats.isCharacterDevice(), 'device'],
]

function specialKind(stats: Stats): string | undefined {
  return SPECIAL.find(([is]) => is(stats))?.[1]
}

// People name it where a program should read no file at all.
async function isNullDevice(stats: Stats, files: FileSystem): Promise<boolean> {
  if (!stats.isCharacterDevice()) return false
  const device = await ifExists(files.stat('/dev/null'))
  return device?.isCharacterDevice() === true && device.rdev === stats.rdev
}

async function readAll(
  target: string,
  limit: number,
  files: FileSystem,
): Promise<{ bytes: Buffer } & Pick<Stats, 'mode' | 'uid' | 'gid' | 'nlink'>> {
  // A pipe put there since must not hold us up, nor a link lead elsewhere.
  const { bytes, stats } = await readBytes(target, { limit, noLinks: true }, files)
  const { mode, uid, gid, nlink } = stats
  return { bytes, mode, uid, gid, nlink }
}
