import { spawnSync } from 'node:child_process'
import { lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Backup, backupPlaces } from '../../../src/local/files/backup.ts'
import { thisMachine } from '../../../src/local/files/disk.ts'
import { Refusal } from '../../../src/model/diagnostic.ts'
import { removedAtEnd } from '../../support/at-end.ts'

/** The machine the tests run on. */
export const machine = thisMachine(process)

/** True where permission bits bind nobody, so that tests of them need another user. */
export const isRoot = process.getuid?.() === 0

if (!isRoot) process.stderr.write('skipped: what happens to files of other users (only root can make them)\n')

/** A new empty folder, removed after the tests of the file. */
export function newFolder(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'sso-reconcile-'))
  return removedAtEnd(folder)
}

/** Backups beside the file, as long as nothing speaks against that. */
export function backupsOf(home: string, holds: readonly string[] = []): Backup {
  return { ...backupPlaces({}, home), holds }
}

/** Everything in a folder: path, kind, mode and content, so that two folders can be compared. */
export function inventory(folder: string, below = ''): string[] {
  return readdirSync(join(folder, below))
    .sort()
    .flatMap((name) => {
      const path = join(below, name)
      const stats = lstatSync(join(folder, path))
      const mode = (stats.mode & 0o7777).toString(8)
      if (stats.isSymbolicLink()) return [`${path} -> ${readlinkSync(join(folder, path)).replace(folder, '')}`]
      if (stats.isDirectory()) return [`${path}/ ${mode}`, ...inventory(folder, path)]
      return [`${path} ${mode} ${JSON.stringify(readFileSync(join(folder, path), 'utf8'))}`]
    })
}

/** The codes of the refusal a promise ends with; empty when it succeeds. */
export async function refused(promise: Promise<unknown>): Promise<string[]> {
  try {
    await promise
    return []
  } catch (cause) {
    if (cause instanceof Refusal) return cause.diagnostics.map((one) => one.code)
    throw cause
  }
}

/** Number of a process that has ended. */
export function deadProcess(): number {
  return spawnSync(process.execPath, ['-e', '']).pid
}
