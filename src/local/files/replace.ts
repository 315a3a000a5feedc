import { dirname } from 'node:path'
import { type Diagnostic, warning } from '../../model/diagnostic.ts'
import { type Backup, backUp } from './backup.ts'
import type { Machine } from './disk.ts'
import { type FileSnapshot, readTextFile } from './file.ts'
import { install, NEW_FILE } from './install.ts'
import { notReplaceable, octal } from './replaceable.ts'
import { runningRivals } from './temporary.ts'
import { fileTrouble, refuseFile } from './trouble.ts'

/** What replacing a file did. */
export interface Replaced {
  /** False when the file had the text already and nothing was touched. */
  readonly written: boolean
  /** Path of the copy of the content before the change, when this call made it. */
  readonly backup?: string
  readonly warnings: readonly Diagnostic[]
}

/** How to replace a file: the machine to do it on, and how content that is not all ours is to be kept first. */
export interface ReplaceOptions {
  readonly machine: Machine
  readonly backup: Backup | false
  /** Permission bits of a file that does not exist yet; readable by the owner only when left out. */
  readonly newMode?: number
}

const NEW_FOLDER = 0o700

/**
 * Replaces the content of a file in one step: whoever reads it sees the old text or the new one, also after a power
 * failure. Links stay links; mode, owner, access control list and extended attributes stay. The same text touches nothing,
 * no text makes no file. Throws a Refusal, with the file as it was, when the file is read-only or changed since the snapshot,
 * when another run is writing it, when something of it would be lost, and when the system does not allow it.
 */
export async function replaceTextFile(
  snapshot: FileSnapshot,
  text: string,
  options: ReplaceOptions,
): Promise<Replaced> {
  if (text === (snapshot.text ?? '')) return { written: false, warnings: [] }
  const { machine, newMode } = options
  const { path, target } = snapshot
  const reason = notReplaceable(snapshot)
  if (reason) throw reason
  try {
    if (snapshot.text === undefined) await machine.files.mkdir(dirname(target), { recursive: true, mode: NEW_FOLDER })
    let backup: string | undefined
    const content = { text, like: snapshot, ...(newMode === undefined ? {} : { newMode }) }
    const mode = await install(target, content, machine, async (temporary) => {
      await mayTakePlace(snapshot, temporary, machine)
      if (options.backup) backup = await backUp(snapshot, options.backup, machine)
    })
    const warnings = [...hardLinkWarning(snapshot), ...modeWarning(snapshot, mode, newMode)]
    return { written: true, ...(backup === undefined ? {} : { backup }), warnings }
  } catch (cause) {
    throw fileTrouble(cause, 'write', path, target)
  }
}

/**
 * Does all that replacing a file takes but the last step, so that what would go wrong is known beforehand; the file stays as it is. Throws
 * as replacing it would.
 */
export async function rehearseReplacing(snapshot: FileSnapshot, text: string, machine: Machine): Promise<void> {
  if (text === (snapshot.text ?? '')) return
  const { path, target } = snapshot
  const reason = notReplaceable(snapshot)
  if (reason) throw reason
  const rehearsed = new Error('rehearsed')
  try {
    await install(target, { text, like: snapshot }, machine, async (temporary) => {
      await mayTakePlace(snapshot, temporary, machine)
      throw rehearsed
    })
  } catch (cause) {
    if (cause !== rehearsed) throw fileTrouble(cause, 'write', path, target)
  }
}

async function mayTakePlace(snapshot: FileSnapshot, temporary: string, machine: Machine): Promise<void> {
  await takeTurn(snapshot, temporary, machine)
  await refuseChanged(snapshot, machine)
}

const POLL = 20
const PATIENCE = 10_000

/**
 * Makes sure that no other run compares and renames at the same time. Each run shows a temporary file before it looks
 * for those of others, so of two at least one sees the other; the one whose name sorts first waits, the other gives up.
 * Nothing is left to release: the rename takes the temporary file away.
 */
async function takeTurn(snapshot: FileSnapshot, own: string, machine: Machine): Promise<void> {
  for (let waited = 0; ; waited += POLL) {
    const running = await runningRivals(snapshot.target, own, machine)
    const [first] = running
    if (first === undefined) return
    if (waited >= PATIENCE || running.some((other) => other.path < own)) {
      const found = `is being written by another run (process ${first.pid} on ${first.host})`
      const hint = `wait for it, then run this again; if there is no such run, delete ${first.path}`
      throw refuseFile('file-busy', snapshot.path, snapshot.target, found, hint)
    }
    await machine.pause(POLL)
  }
}

async function refuseChanged(snapshot: FileSnapshot, machine: Machine): Promise<void> {
  const now = await readTextFile(snapshot.path, machine.files, snapshot.reading)
  const same = (['text', 'target', 'mode'] as const).every((part) => now[part] === snapshot[part])
  if (same && now.owner?.uid === snapshot.owner?.uid && now.owner?.gid === snapshot.owner?.gid) return
  const hint = 'run this again to plan from the current file'
  throw refuseFile('file-changed', snapshot.path, snapshot.target, 'changed since it was read', hint)
}

function hardLinkWarning(snapshot: FileSnapshot): Diagnostic[] {
  if ((snapshot.links ?? 1) < 2) return []
  const hint = 'the other names keep the old content; link them again, or use symbolic links'
  return [
    warning('file-hard-links', `${snapshot.path} had several names (hard links) and is now a separate file`, {
      hint,
    }),
  ]
}

function modeWarning({ path, text }: FileSnapshot, mode: number, newMode = NEW_FILE): Diagnostic[] {
  if (text !== undefined || mode === newMode) return []
  const message = `${path} was created with mode ${octal(mode)} instead of ${octal(newMode)}: its file system does not store permissions`
  const hint = 'keep the file on a file system that does, or check its mount options for who can read it'
  return [warning('file-mode-not-kept', message, { hint })]
}
