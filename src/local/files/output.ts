import { constants, fstatSync, openSync, statSync, writeSync } from 'node:fs'
import { devNull } from 'node:os'
import { errorCode } from './disk.ts'

/** How long a device that takes nothing for the moment is tried again, in steps of some milliseconds. */
const STEPS = 500
const STEP = 10

/**
 * True for an open file or device that takes what is written while the program waits, such as a file on a disk; false for terminals,
 * pipes and sockets, and for what cannot be told. `isTerminal`: it is a terminal.
 */
export function takesAtOnce(descriptor: number, isTerminal: boolean): boolean {
  try {
    const stats = fstatSync(descriptor)
    return !isTerminal && (stats.isFile() || stats.isCharacterDevice() || stats.isBlockDevice())
  } catch {
    return false
  }
}

/** False for what cannot be a terminal: files, pipes, sockets, and the device that takes everything. */
export function mayBeTerminal(descriptor: number): boolean {
  try {
    const stats = fstatSync(descriptor)
    return stats.isCharacterDevice() && stats.rdev !== statSync(devNull).rdev
  } catch {
    return true
  }
}

/**
 * Another way into a pipe, which never waits: what is open already is shared with other programs, and to change how it waits would change it
 * for them. Undefined for what is no pipe, and where the system has no such way.
 */
export function wayIntoPipe(descriptor: number): number | undefined {
  try {
    if (!fstatSync(descriptor).isFIFO()) return undefined
    return openSync(`/proc/self/fd/${descriptor}`, constants.O_WRONLY | constants.O_NONBLOCK)
  } catch {
    return undefined
  }
}

/** Writes as much to a pipe as it takes without waiting, and gives the rest. Throws the system's error where nobody reads any more. */
export function writeSome(way: number, bytes: Buffer): Buffer {
  for (let from = 0; from < bytes.length; ) {
    try {
      from += writeSync(way, bytes, from)
    } catch (cause) {
      if (errorCode(cause) !== 'EAGAIN') throw cause
      return bytes.subarray(from)
    }
  }
  return bytes.subarray(bytes.length)
}

/**
 * Writes a text to an open file, whole. The system may take a part of it only, as where a disk gets full, and a stream of Node leaves the
 * rest out without a word. Throws the system's error.
 */
export function writeWhole(descriptor: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8')
  for (let [from, tries] = [0, 0]; from < bytes.length; ) {
    try {
      from += writeSync(descriptor, bytes, from)
    } catch (cause) {
      if (errorCode(cause) !== 'EAGAIN' || ++tries > STEPS) throw cause
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STEP)
    }
  }
}
