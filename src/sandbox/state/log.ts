import {
  closeSync,
  constants,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'

/** An append-only file of lines, replaced as a whole now and then. Knows bytes and lines, not what they mean. */
export interface Log {
  /** True when another file has taken the place of the one that is open. */
  replaced(): boolean
  /** Opens the file at the path anew and starts again at its first line. */
  reopen(): void
  /** Complete lines that have been appended since the last call, by this process or another. */
  tail(): readonly string[]
  /** Appends one line and returns when it is on the disk. */
  append(line: string): void
  /** Bytes read so far. */
  readonly size: number
  close(): void
}

/** Opens an existing file as a log. */
export function openLog(file: string): Log {
  let fd = openSync(file, constants.O_RDWR | constants.O_APPEND)
  let offset = 0
  const tail = (): readonly string[] => {
    const bytes = readFrom(fd, offset)
    const end = bytes.lastIndexOf(10) + 1
    offset += end
    return bytes.toString('utf8', 0, end).split('\n').filter(Boolean)
  }
  return {
    get size() {
      return offset
    },
    replaced: () => {
      const [ours, there] = [fstatSync(fd), statSync(file)]
      return ours.ino !== there.ino || ours.dev !== there.dev
    },
    reopen: () => {
      closeSync(fd)
      fd = openSync(file, constants.O_RDWR | constants.O_APPEND)
      offset = 0
    },
    tail,
    append: (line) => {
      // The leading line break ends what a killed process may have left half written.
      const bytes = Buffer.from(`\n${line}\n`)
      const written = writeSync(fd, bytes)
      if (written !== bytes.length) throw new Error(`${file}: only ${written} of ${bytes.length} bytes were written`)
      fdatasyncSync(fd)
    },
    close: () => closeSync(fd),
  }
}

/** Makes the file with this text unless it exists; of several processes one wins. Never seen half written. */
export function createOnce(file: string, text: string, unique: string): void {
  const temporary = `${file}.${unique}.tmp`
  writeDurably(temporary, text)
  try {
    linkSync(temporary, file)
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause
  } finally {
    unlinkSync(temporary)
  }
  syncFolder(dirname(file))
}

/** Puts a file with this text in the place of the file in one step. */
export function replaceFile(file: string, text: string, unique: string): void {
  const temporary = `${file}.${unique}.tmp`
  writeDurably(temporary, text)
  renameSync(temporary, file)
  syncFolder(dirname(file))
}

function readFrom(fd: number, offset: number): Buffer {
  const bytes = Buffer.alloc(Math.max(0, fstatSync(fd).size - offset))
  let filled = 0
  while (filled < bytes.length) {
    const count = readSync(fd, bytes, filled, bytes.length - filled, offset + filled)
    if (count === 0) break
    filled += count
  }
  return bytes.subarray(0, filled)
}

function writeDurably(file: string, text: string): void {
  const fd = openSync(file, 'w', 0o600)
  try {
    const bytes = Buffer.from(text)
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

function syncFolder(folder: string): void {
  // Windows cannot open a folder; there the file system journals the rename.
  if (process.platform === 'win32') return
  const fd = openSync(folder, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}
