import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs'
import * as nodeFiles from 'node:fs/promises'

/** A file that is open for reading, as `node:fs/promises` gives it. */
export interface Opened {
  readonly fd: number
  stat(): Promise<Stats>
  read(into: Buffer, offset: number, length: number, position: null): Promise<{ readonly bytesRead: number }>
  close(): Promise<void>
}

/** What opens files. */
export interface Opener {
  open(path: string, flags: number): Promise<Opened>
}

/**
 * Opens files and waits for the disk meanwhile, for what everything else waits for too: to load the part of Node.js that reads in the
 * background takes longer than to read a manifest.
 */
export const waiting: Opener = {
  async open(path, flags) {
    const fd = openSync(path, flags)
    return {
      fd,
      stat: async () => fstatSync(fd),
      read: async (...given) => ({ bytesRead: readSync(fd, ...given) }),
      close: async () => closeSync(fd),
    }
  },
}

/** How a file is to be read. */
export interface ByteReading {
  /** Bytes beyond which it is refused, before anything is made of it. */
  readonly limit: number
  /** Open nothing that is a link by now. */
  readonly noLinks?: true
  /** Throws where the open file is not the one that was meant. Nothing was read from it yet. */
  readonly check?: (handle: Opened, stats: Stats) => Promise<void>
}

/**
 * Reads a regular file, and judges the one that was opened: what its path leads to may have changed since somebody looked. Waits for
 * nothing. Throws the system's error, or one with the code `EISDIR`, `ENOTFILE` or `EFBIG` (more bytes than the limit).
 */
export async function readBytes(
  path: string,
  { limit, noLinks, check }: ByteReading,
  files: Opener = nodeFiles,
): Promise<{ readonly bytes: Buffer; readonly stats: Stats }> {
  // Opening a named pipe would wait for somebody who writes to it.
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | (noLinks ? constants.O_NOFOLLOW : 0)
  const handle = await files.open(path, flags)
  try {
    const stats = await handle.stat()
    mustBeFile(stats)
    await check?.(handle, stats)
    return { bytes: await upTo(limit, stats.size, handle), stats }
  } finally {
    await handle.close()
  }
}

/** Throws an error with the code `EISDIR` or `ENOTFILE` for what is no regular file. */
export function mustBeFile(stats: Stats): void {
  if (stats.isDirectory()) throw failure('EISDIR', 'is a folder')
  if (!stats.isFile()) throw failure('ENOTFILE', 'is not a regular file')
}

/** An error like one of the system's. */
export function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code })
}

// Its size is not believed: a file may grow while it is read, and those of /proc say that they are empty.
async function upTo(limit: number, size: number, handle: Opened): Promise<Buffer> {
  if (size > limit) throw tooLarge()
  const parts: Buffer[] = []
  for (let total = 0; total <= limit; ) {
    const part = Buffer.allocUnsafe(Math.min(1 << 20, limit + 1 - total))
    const { bytesRead } = await handle.read(part, 0, part.length, null)
    if (bytesRead === 0) return Buffer.concat(parts)
    parts.push(part.subarray(0, bytesRead))
    total += bytesRead
  }
  throw tooLarge()
}

function tooLarge(): Error {
  return failure('EFBIG', 'is too large')
}
