import { fstatSync, statSync, writeSync } from 'node:fs'
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
