import * as fs from 'node:fs/promises'
import { hostname } from 'node:os'
import { copyAttributes } from './attributes.ts'

/** The file operations this folder uses, so that tests can stop or fail any one of them. */
export type FileSystem = Pick<
  typeof fs,
  'lstat' | 'stat' | 'readlink' | 'realpath' | 'open' | 'rename' | 'unlink' | 'mkdir' | 'readdir'
>

/** What writing files needs to know of the machine it runs on. */
export interface Machine {
  readonly files: FileSystem
  /** Process number and host name; they make the names of temporary files ours and tell whose others are. */
  readonly pid: number
  readonly host: string
  /** True when the process runs on this host, whoever it belongs to. */
  readonly isRunning: (pid: number) => boolean
  readonly pause: (milliseconds: number) => Promise<void>
  /** Gives a file what else another has besides content; false where something would be lost. Never throws. */
  readonly copyAttributes: (from: string, to: string) => Promise<boolean>
}

/** The machine this program runs on. `pid` and `kill` are those of `process`. */
export function thisMachine(process: { pid: number; kill: (pid: number, signal: 0) => unknown }): Machine {
  return {
    files: fs,
    pid: process.pid,
    host: hostname(),
    isRunning: (pid) => isRunning(process, pid),
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    copyAttributes,
  }
}

function isRunning(process: { kill: (pid: number, signal: 0) => unknown }, pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return errorCode(cause) === 'EPERM'
  }
}

/** The system's code of a failed file operation, such as `ENOENT`. */
export function errorCode(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined
}

/** Undefined where the operation fails because something does not exist. */
export async function ifExists<T>(operation: Promise<T>): Promise<T | undefined> {
  try {
    return await operation
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined
    throw cause
  }
}
