import type { FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { errorCode, ifExists, type Machine } from './disk.ts'

/** A file of another process of this tool that writes the same target, or what a killed one left behind. */
export interface Rival {
  readonly path: string
  readonly running: boolean
  readonly pid: number
  readonly host: string
}

/** Longer than any write takes, in milliseconds: an older temporary file was left by a killed process. */
const ABANDONED = 60_000

/** Temporary files this process has now; one with our process number that is not among them is a leftover. */
const inUse = new Set<string>()

/**
 * Creates an empty file beside `target`, readable by the owner only. Its name carries the target, the host and the
 * process, so that others see who is about to replace the target and leftovers of killed processes can be told apart.
 */
export async function createTemporary(target: string, machine: Machine): Promise<{ path: string; handle: FileHandle }> {
  for (let n = 0; ; n += 1) {
    const path = join(dirname(target), `${prefix(target)}${encodeURIComponent(machine.host)}~${machine.pid}~${n}.tmp`)
    if (inUse.has(path)) continue
    inUse.add(path)
    try {
      return { path, handle: await machine.files.open(path, 'wx', 0o600) }
    } catch (cause) {
      inUse.delete(path)
      if (errorCode(cause) !== 'EEXIST') throw cause
    }
  }
}

/** Removes a temporary file of ours that was not renamed. */
export async function dropTemporary(path: string, machine: Machine): Promise<void> {
  await ifExists(machine.files.unlink(path))
  inUse.delete(path)
}

/** Says that a temporary file of ours has become the target. */
export function releaseTemporary(path: string): void {
  inUse.delete(path)
}

/** The temporary files others are writing for the target of `own`; those that killed runs left are removed. */
export async function runningRivals(target: string, own: string, machine: Machine): Promise<Rival[]> {
  const others = await rivals(target, own, machine)
  for (const left of others.filter((other) => !other.running)) await ifExists(machine.files.unlink(left.path))
  return others.filter((other) => other.running)
}

async function rivals(target: string, own: string, machine: Machine): Promise<Rival[]> {
  const folder = dirname(target)
  const start = prefix(target)
  const now = (await machine.files.stat(own)).mtimeMs
  const found: Rival[] = []
  for (const name of await machine.files.readdir(folder)) {
    const path = join(folder, name)
    const [, host, pid] = /^(.*)~(\d+)~\d+\.tmp$/.exec(name.startsWith(start) ? name.slice(start.length) : '') ?? []
    if (path === own || host === undefined || pid === undefined) continue
    const stats = await ifExists(machine.files.lstat(path))
    if (!stats?.isFile()) continue
    const process = { host, pid: Number(pid) }
    found.push({ path, ...process, running: isHeld(path, process, now - stats.mtimeMs, machine) })
  }
  return found
}

function isHeld(path: string, process: { host: string; pid: number }, age: number, machine: Machine): boolean {
  if (inUse.has(path)) return true
  if (age > ABANDONED) return false
  if (process.host !== encodeURIComponent(machine.host)) return true
  return process.pid !== machine.pid && machine.isRunning(process.pid)
}

function prefix(target: string): string {
  return `.${basename(target)}.sso-reconcile~`
}
